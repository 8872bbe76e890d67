import { z } from 'zod';
import type { CallEvent } from '../../shared/domain/call-events.ts';
import type { ChatEnd } from '../../shared/domain/chat/chat.ts';
import { channelStates, type ChannelState, type Message } from '../../shared/domain/contact.ts';
import type { Location } from '../../shared/domain/location.ts';
import {
  instant,
  language,
  locationAt,
  longText,
  place,
  refusalOf,
  unknownFieldWarnings,
  type BodyRefusal,
} from './body-fields.ts';

/** One message, as escaped in JSON. Bytes of UTF-8. */
export const MESSAGE_LIMIT = 16_000;

/** What a source tells of a contact later (rules C-16, C-17). A message gets its key from the request. */
export type Tiding =
  | { readonly kind: 'location'; readonly location: Location }
  | { readonly kind: 'message'; readonly message: Omit<Message, 'key'> }
  | { readonly kind: 'line'; readonly state: ChannelState }
  /** Our lines up to this number are in the browser, or on the screen (rule CH-03). */
  | { readonly kind: 'reached'; readonly upTo: number; readonly how: 'delivered' | 'seen' }
  /** The person's page is gone, and how (rules CH-07, CH-09). */
  | { readonly kind: 'left'; readonly end: ChatEnd }
  /** The page of a lost line is there again. */
  | { readonly kind: 'back' }
  /** Told on at once, and kept nowhere (rule CH-05). */
  | { readonly kind: 'typing' }
  /** What an exchange tells of a call: by its own door, never in the body of an update (rule TE-01). */
  | { readonly kind: 'call'; readonly callId: string; readonly event: CallEvent };

export type ParsedUpdate =
  | { readonly ok: true; readonly tiding: Tiding; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: BodyRefusal };

/** How a person, or the assistant before a handler, can end a chat: what a handler does is no source's to tell. */
const publicEnds = [
  'ended-by-public',
  'quick-exit',
  'connection-lost',
  'assistant-answered',
  'left-before-handler',
] as const satisfies readonly ChatEnd[];

const shapes = {
  location: z
    .object({ kind: z.literal('location'), at: instant, location: place })
    .describe('Where the person is, as it was found at `at`. Each takes its place by that time.'),
  message: z
    .object({
      kind: z.literal('message'),
      at: instant,
      text: longText(MESSAGE_LIMIT).refine((value) => value.trim() !== '', 'is empty'),
      language: language.nullish(),
      from: z.enum(['public', 'assistant']).default('public'),
    })
    .describe(`A line of the conversation, plain text of at most ${MESSAGE_LIMIT} bytes as escaped in JSON.`),
  line: z
    .object({ kind: z.literal('line'), at: instant, state: z.enum(channelStates) })
    .describe('How the line stands.'),
  typing: z
    .object({ kind: z.literal('typing'), at: instant.nullish() })
    .describe('Told on at once, kept nowhere.'),
  seen: z
    .object({
      kind: z.literal('seen'),
      at: instant.nullish(),
      upTo: z.int().min(1).max(100_000),
      how: z.enum(['delivered', 'seen']).default('seen'),
    })
    .describe('The desk’s lines up to this number are in the browser, or on its screen.'),
  left: z
    .object({
      kind: z.literal('left'),
      at: instant.nullish(),
      reason: z.enum(publicEnds).default('ended-by-public'),
    })
    .describe(
      'The person’s page is gone, and how. quick-exit: by the safety exit; nobody writes, rings or e-mails until it is checked.',
    ),
  back: z
    .object({ kind: z.literal('back'), at: instant.nullish() })
    .describe('The page of a lost line is there again.'),
} as const;
/** One update as a source sends it. */
export const updateBodySchema = z.discriminatedUnion(
  'kind',
  [shapes.location, shapes.message, shapes.line, shapes.typing, shapes.seen, shapes.left, shapes.back],
  'is none of: location, message, line, typing, seen, left, back',
);

/** Reads one update as a source sends it. Fields this version does not know are not kept, and the answer says so. */
export function parseUpdateBody(json: unknown): ParsedUpdate {
  const parsed = updateBodySchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error, 'update') };
  const update = parsed.data;
  const warnings = unknownFieldWarnings(json, shapes[update.kind].shape);
  return { ok: true, tiding: tidingOf(update), warnings };
}

function tidingOf(update: z.infer<typeof updateBodySchema>): Tiding {
  switch (update.kind) {
    case 'location':
      return { kind: 'location', location: locationAt(update.location, update.at) };
    case 'message': {
      const { from, text, language: tag, at } = update;
      return { kind: 'message', message: { from, text, language: tag ?? null, at } };
    }
    case 'line':
      return { kind: 'line', state: update.state };
    case 'seen':
      return { kind: 'reached', upTo: update.upTo, how: update.how };
    case 'left':
      return { kind: 'left', end: update.reason };
    case 'back':
    case 'typing':
      return { kind: update.kind };
  }
}
