import { unreachable } from '../shared/lib/assert.ts';
import type { Answer, Parcel } from './parcel.ts';

/** Where to hand over, and as whom. */
export interface IntakeAddress {
  /** `http://127.0.0.1:8181` */
  readonly queue: string;
  /** The source's key. */
  readonly key: string;
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
