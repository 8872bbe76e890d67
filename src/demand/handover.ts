import type { ContactTemplate } from './first-contacts.ts';

/** How a try ended. */
export type Handed =
  | { readonly kind: 'received'; readonly ref: string }
  /** The queue is away or busy: the same again later. */
  | { readonly kind: 'later'; readonly why: string }
  /** The queue will never take it as it is. */
  | { readonly kind: 'refused'; readonly why: string };

export interface IntakeAddress {
  /** `http://127.0.0.1:8181/intake` */
  readonly url: string;
  readonly key: string;
}

/** Hands one contact over, once. It counts as received only when the queue has said so (rule C-01). */
export async function handOver(
  intake: IntakeAddress,
  contact: { readonly key: string; readonly receivedAt: number; readonly template: ContactTemplate },
  signal: AbortSignal,
): Promise<Handed> {
  const { weight: _, ...body } = contact.template;
  try {
    const response = await fetch(`${intake.url}/contacts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${intake.key}`,
        'content-type': 'application/json',
        'idempotency-key': contact.key,
      },
      body: JSON.stringify({ ...body, receivedAt: contact.receivedAt }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    const answer = (await response.json()) as {
      readonly ref?: string;
      readonly error?: { readonly field?: string };
    };
    if (response.ok) return { kind: 'received', ref: answer.ref ?? '' };
    const isFinal =
      response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
    const why = `${response.status} ${answer.error?.field ?? ''}`.trim();
    return { kind: isFinal ? 'refused' : 'later', why };
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    return { kind: 'later', why: typeof cause === 'string' ? cause : (error as Error).name };
  }
}

/** How long to wait before the next try: at random up to a bound that doubles, 200 ms to 5 s. Milliseconds. */
export function backOffMs(tries: number, random: () => number): number {
  return 50 + random() * Math.min(5_000, 200 * 2 ** Math.min(tries, 10));
}
