import { z } from 'zod';
import type { HandedMail } from './handed-mail.ts';

/** How one try to hand something over ended. */
export type Handed =
  /** The queue has it durably: now, or since an earlier try. */
  | { readonly kind: 'received' }
  /** The queue is away or busy: the same again. */
  | { readonly kind: 'later'; readonly why: string }
  /** It will never be taken as it is. */
  | { readonly kind: 'refused'; readonly why: string };

/** The one way to the queue: HTTP at its intake, as the source whose key we hold. */
export interface QueueDoor {
  hand(mail: HandedMail, stop: AbortSignal): Promise<Handed>;
}

/** What was answered; status 0: nothing was. `field`: what was wrong. */
interface Answered {
  readonly status: number;
  readonly field: string;
}

const answerSchema = z.object({ error: z.object({ field: z.string() }).optional() });

/** How long one try may take. Milliseconds. */
const PATIENCE_MS = 10_000;

export function createQueueDoor({ queue, key }: { readonly queue: string; readonly key: string }): QueueDoor {
  async function post(
    path: string,
    idempotencyKey: string,
    body: object,
    stop: AbortSignal,
  ): Promise<Answered> {
    try {
      const response = await fetch(`${queue}/intake/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': idempotencyKey,
        },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const read = answerSchema.safeParse(await response.json().catch(() => null));
      return { status: response.status, field: read.data?.error?.field ?? '' };
    } catch {
      return { status: 0, field: '' };
    }
  }

  return {
    async hand({ key: own, contact, answers }, stop) {
      if (answers !== null) {
        const path = `references/${answers.ref}/messages`;
        const answer = await post(path, own, answers.message, stop);
        // Not here, closed or full: the words are a contact of their own then.
        const takesNoMore = answer.status === 404 || answer.status === 413 || isClosed(answer);
        if (!takesNoMore) return handedOf(answer);
      }
      return handedOf(await post('contacts', own, contact, stop));
    },
  };
}

/** Why nothing more can be handed over just now: the queue is away. */
export const NO_ANSWER = 'no answer';

const isClosed = ({ status, field }: Answered): boolean => status === 409 && field === 'contact';

function handedOf({ status, field }: Answered): Handed {
  if (status === 200 || status === 201) return { kind: 'received' };
  // The key is made of the words: what stands under it is this very e-mail, delivered once more.
  if (status === 409 && field === 'Idempotency-Key') return { kind: 'received' };
  const isForEver = status === 400 || status === 413 || status === 415 || status === 422;
  return { kind: isForEver ? 'refused' : 'later', why: status === 0 ? NO_ANSWER : String(status) };
}
