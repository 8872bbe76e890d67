import { z } from 'zod';
import type { Arrival } from '../../shared/domain/arrival.ts';
import { HOUR, later, MINUTE, type Instant } from '../../shared/domain/time.ts';
import { referenceIn, writtenTitle } from '../../shared/domain/written-title.ts';
import {
  instant,
  longText,
  refusalOf,
  text,
  unknownFieldWarnings,
  words,
  type BodyRefusal,
} from './body-fields.ts';
import { MESSAGE_LIMIT, type Tiding } from './update-body.ts';

/** Older than this no gateway brings a text: somebody plays one again (rule MX-14). Milliseconds. */
const OLDEST_TEXT_MS = 7 * 24 * HOUR;
/** A gateway's clock may be ahead by so much. Milliseconds. */
const AHEAD_MS = 5 * MINUTE;

/** One text message as a gateway tells it. */
export const textBodySchema = z.object({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,150}$/, 'is not 1 to 150 printable ASCII characters without a space')
    .describe('The gateway’s own id of this text: the same id makes one contact, however often it comes.'),
  from: words(40).describe('The sender’s number.'),
  to: text(40).nullish().describe('Our number that it was sent to.'),
  text: longText(MESSAGE_LIMIT)
    .refine((value) => value.trim() !== '', 'is empty')
    .describe(`Plain text of at most ${MESSAGE_LIMIT} bytes as escaped in JSON.`),
  sentAt: instant.describe(
    'When it was sent, by the gateway’s clock. One that is more than seven days old, or ahead of us, is refused.',
  ),
});

export type ParsedText =
  | {
      readonly ok: true;
      readonly key: string;
      /** The reference that stands in its words, or `null`. */
      readonly answers: string | null;
      readonly message: Extract<Tiding, { kind: 'message' }>;
      readonly arrival: Arrival;
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly refusal: BodyRefusal };

/** Reads one text as a gateway tells it, with what it would be as a contact and as a message on one. */
export function parseTextBody(json: unknown, now: Instant): ParsedText {
  const parsed = textBodySchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error, 'text') };
  const { id, from, text: said, sentAt } = parsed.data;
  if (sentAt < later(now, -OLDEST_TEXT_MS) || sentAt > later(now, AHEAD_MS))
    return {
      ok: false,
      refusal: {
        field: 'sentAt',
        problem: 'is more than seven days ago, or ahead of the queue’s clock',
        whatToDo: 'Send the time at which the text was sent; one from so long ago is not taken.',
      },
    };
  return {
    ok: true,
    key: `text ${id}`,
    answers: referenceIn(said),
    message: {
      kind: 'message',
      message: { from: 'public', text: `Text from ${from}:\n${said}`, language: null, at: sentAt },
    },
    arrival: {
      channel: 'text',
      receivedAt: sentAt,
      title: writtenTitle(said, 'Text message'),
      place: null,
      language: null,
      caller: { name: null, number: from, address: null },
      account: said,
      flags: { vulnerable: false, repeat: false, lookFirst: false },
      channelState: null,
      location: null,
      call: null,
    },
    warnings: unknownFieldWarnings(json, textBodySchema.shape),
  };
}
