import { z } from 'zod';
import type { HeldPhoto } from '../photos/held-photos.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';

/** Something for the queue: kept until it has said that it has it. */
export interface Parcel {
  /** Its own, the same at every try, so that it makes one thing at the queue however often it is sent (rule C-02). */
  readonly key: string;
  /** `null`: a new contact, under `key`. Otherwise more about the contact of that key. */
  readonly contact: string | null;
  /** JSON, the same at every try; empty for a photo. */
  readonly body: string;
  /** A photo of the contact, which lies in a file of its own. */
  readonly photo?: HeldPhoto | undefined;
}

/** How one try to hand something over ended. */
export type Handed =
  | { readonly kind: 'received'; readonly ref: string }
  /** The queue is away or busy: the same again, not before `afterMs`. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }
  /** The contact was closed meanwhile: nothing can be added to it. */
  | { readonly kind: 'closed' }
  /** The queue will never take it as it is. */
  | { readonly kind: 'refused'; readonly why: string };

/** What the queue says of itself, for honest waiting times. */
export interface QueueStatus {
  readonly waiting: { readonly chat: number; readonly longestMs: number };
  /** Online reports that nobody has looked at, and how long the last ones waited for that (`null`: nobody can say); `null` from an older queue. */
  readonly reports: {
    readonly waiting: number;
    readonly longestMs: number;
    readonly lookedAtMs: number | null;
  } | null;
  readonly openDesks: number;
  readonly emergencyLoad: boolean;
}

/** One line from our side of a chat, numbered without gaps. */
export interface OurLine {
  readonly n: number;
  readonly at: Instant;
  readonly from: 'handler' | 'system';
  readonly text: string;
  readonly lang: string | null;
}

/** How a chat stands at the queue. */
export interface ChatAtQueue {
  /** `away`: called to something else, or their desk is out of reach. */
  readonly handler: 'waiting' | 'here' | 'away' | 'colleague';
  /** Its place among the chats that wait, from 1; `null` when it is not waiting, or not known. */
  readonly position: number | null;
  readonly typing: boolean;
  readonly lines: readonly OurLine[];
  readonly ended: { readonly reason: string } | null;
  /** Changes with everything here but the lines; empty from a queue that gives none. */
  readonly stamp: string;
}

/** The one way to the queue: HTTP at its intake, as the source whose key we hold. */
export interface QueueDoor {
  hand(parcel: Parcel, stop: AbortSignal): Promise<Handed>;
  /** `null` when the queue is away, or an older one that does not say. */
  status(stop: AbortSignal): Promise<QueueStatus | null>;
  /**
   * What is new of a chat after line `after`: at once when there is a line or `since` is not its stamp any more, or when something happens, or
   * after `waitMs`. `unknown`: no such chat, or a queue that has no such door. `later`: the queue is away.
   */
  chat(
    key: string,
    asked: { readonly after: number; readonly since: string; readonly waitMs: number },
    stop: AbortSignal,
  ): Promise<ChatAtQueue | 'unknown' | 'later'>;
}

/** How long one try may take. Milliseconds. */
const PATIENCE_MS = 10_000;

const answerSchema = z.object({
  ref: z.string().optional(),
  error: z.object({ field: z.string() }).optional(),
});

const statusSchema: z.ZodType<QueueStatus> = z.object({
  waiting: z.object({ chat: z.int().nonnegative(), longestMs: z.number().nonnegative() }),
  reports: z
    .object({
      waiting: z.int().nonnegative(),
      longestMs: z.number().nonnegative(),
      lookedAtMs: z.number().nonnegative().nullable(),
    })
    .nullable()
    .default(null),
  openDesks: z.int().nonnegative(),
  emergencyLoad: z.boolean(),
});

const chatSchema: z.ZodType<ChatAtQueue> = z.object({
  handler: z.enum(['waiting', 'here', 'away', 'colleague']),
  position: z.int().nonnegative().nullable().default(null),
  typing: z.boolean().default(false),
  lines: z.array(
    z.object({
      n: z.int().positive(),
      at: z.number().transform(asInstant),
      from: z.enum(['handler', 'system']),
      text: z.string(),
      lang: z.string().nullable().default(null),
    }),
  ),
  ended: z.object({ reason: z.string() }).nullable().default(null),
  stamp: z.string().default(''),
});

export function createQueueDoor(options: {
  readonly queue: string;
  readonly key: string;
  /** The bytes of a photo; `null` when they are not there any more. Left out, there are none. */
  readonly photo?: (photo: HeldPhoto) => Promise<Buffer | null>;
}): QueueDoor {
  const headers = { authorization: `Bearer ${options.key}` };
  const intake = `${options.queue}/intake`;

  async function ask(path: string, patienceMs: number, stop: AbortSignal): Promise<Response> {
    return fetch(`${intake}/${path}`, {
      headers,
      signal: AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]),
    });
  }

  return {
    async hand({ key, contact, body, photo }, stop) {
      const about = photo === undefined ? 'updates' : 'attachments';
      const path = contact === null ? 'contacts' : `contacts/${encodeURIComponent(contact)}/${about}`;
      const bytes = photo === undefined ? null : ((await options.photo?.(photo)) ?? null);
      if (photo !== undefined && bytes === null) return { kind: 'refused', why: 'the photo is not there' };
      try {
        const response = await fetch(`${intake}/${path}`, {
          method: 'POST',
          headers: {
            ...headers,
            'content-type': photo === undefined ? 'application/json' : `image/${photo.kind}`,
            'idempotency-key': key,
          },
          body: bytes === null ? body : new Uint8Array(bytes),
          signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
        });
        return handedOf(response, await response.text());
      } catch (error) {
        return { kind: 'later', why: reasonOf(error), afterMs: 0 };
      }
    },

    async status(stop) {
      try {
        const response = await ask('status', 3_000, stop);
        const parsed = statusSchema.safeParse(response.ok ? await response.json() : await drained(response));
        return parsed.success ? parsed.data : null;
      } catch {
        return null;
      }
    },

    async chat(key, { after, since, waitMs }, stop) {
      try {
        const path = `chats/${encodeURIComponent(key)}?after=${after}&wait=${waitMs}&since=${encodeURIComponent(since)}`;
        const response = await ask(path, waitMs + PATIENCE_MS, stop);
        if (response.status === 404) {
          await drained(response);
          return 'unknown';
        }
        const parsed = chatSchema.safeParse(response.ok ? await response.json() : await drained(response));
        return parsed.success ? parsed.data : 'later';
      } catch {
        return 'later';
      }
    },
  };
}

/** Reads what nobody needs, so that the connection can be used again. */
async function drained(response: Response): Promise<undefined> {
  await response.text();
  return undefined;
}

function handedOf(response: Response, text: string): Handed {
  const answer = answerSchema.safeParse(jsonOf(text));
  if (response.ok) {
    // Only an answer of the queue's own counts: what stands between may say 200 as well.
    if (!answer.success || answer.data.ref === undefined)
      return { kind: 'later', why: 'not the queue', afterMs: 1_000 };
    return { kind: 'received', ref: answer.data.ref };
  }
  const field = answer.data?.error?.field ?? '';
  const why = `${response.status} ${field}`.trim();
  if (response.status === 409 && field === 'contact') return { kind: 'closed' };
  // A key that is not right is mended by whoever runs the programs; nothing of the public's is given up for it.
  const isFinal = [400, 404, 409, 413, 415, 422].includes(response.status) && answer.success;
  if (isFinal) return { kind: 'refused', why };
  return { kind: 'later', why, afterMs: 1_000 * Number(response.headers.get('retry-after') ?? 0) || 0 };
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  return typeof cause === 'string' ? cause : (error as Error).name;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
