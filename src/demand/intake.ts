import { unreachable } from '../shared/lib/assert.ts';

/** How one try to hand something over ended. */
export type Answer =
  /** The queue has it. `ref` is what handlers call the contact; empty for an update. */
  | { readonly kind: 'received'; readonly ref: string }
  /** The queue is away or busy: the same again, not before `afterMs`. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }
  /** The contact was closed meanwhile: nothing can be added to it. */
  | { readonly kind: 'closed' }
  /** The queue will never take it as it is. */
  | { readonly kind: 'refused'; readonly why: string };

/** Where to hand over, and as whom. */
export interface IntakeAddress {
  /** `http://127.0.0.1:8181` */
  readonly queue: string;
  /** The source's key. */
  readonly key: string;
}

/** What is handed over: a contact, an update of one, or an event of a call. */
export interface Parcel {
  /** Its own, the same at every try: so it is kept once however often it is sent (rule C-02). */
  readonly key: string;
  /** By which of the intake's doors. `update`: to the contact of a key. `call`: an event of telephony, which names its call itself. */
  readonly to:
    | { readonly kind: 'contact' }
    | { readonly kind: 'update'; readonly contactKey: string }
    | { readonly kind: 'call' };
  /** JSON, the same at every try. */
  readonly body: string;
}

/** How long one try may take. Milliseconds. */
const PATIENCE_MS = 10_000;

/** Hands one parcel over, once. It counts as received only when the queue has said so (rule C-01). */
export async function handOver(intake: IntakeAddress, parcel: Parcel, stop: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(`${intake.queue}/intake/${pathOf(parcel)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${intake.key}`,
        'content-type': 'application/json',
        'idempotency-key': parcel.key,
      },
      body: parcel.body,
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const answer = await readAnswer(response);
    if (response.ok) return { kind: 'received', ref: answer.ref ?? '' };
    const field = answer.error?.field ?? '';
    const why = `${response.status} ${field}`.trim();
    if (response.status === 409 && field === 'contact') return { kind: 'closed' };
    const isFinal =
      response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
    if (isFinal) return { kind: 'refused', why };
    return { kind: 'later', why, afterMs: 1_000 * Number(response.headers.get('retry-after') ?? 0) || 0 };
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    return { kind: 'later', why: typeof cause === 'string' ? cause : (error as Error).name, afterMs: 0 };
  }
}

function pathOf({ to }: Parcel): string {
  switch (to.kind) {
    case 'contact':
      return 'contacts';
    case 'update':
      return `contacts/${encodeURIComponent(to.contactKey)}/updates`;
    case 'call':
      return 'telephony/events';
    default:
      return unreachable(to);
  }
}

interface AnswerBody {
  readonly ref?: string;
  readonly error?: { readonly field?: string };
}

/** The answer's body. What stands between may answer without JSON; its status then says enough. */
async function readAnswer(response: Response): Promise<AnswerBody> {
  const text = await response.text();
  try {
    return (JSON.parse(text) as AnswerBody | null) ?? {};
  } catch (error) {
    // An answer that counts as received must be one of the queue's own.
    if (response.ok) throw error;
    return {};
  }
}

/** How long to wait before the next try: at random up to a bound that doubles, 200 ms to 5 s. Milliseconds. */
export function backOffMs(tries: number, random: () => number): number {
  return 50 + random() * Math.min(5_000, 200 * 2 ** Math.min(tries, 10));
}
