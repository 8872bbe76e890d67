import { z } from 'zod';
import type { CallEvent } from '../../shared/domain/call-events.ts';
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
  /** What an exchange tells of a call: by its own door, never in the body of an update (rule TE-01). */
  | { readonly kind: 'call'; readonly callId: string; readonly event: CallEvent };

export type ParsedUpdate =
  | { readonly ok: true; readonly tiding: Tiding; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: BodyRefusal };

const shapes = {
  location: z.object({ kind: z.literal('location'), at: instant, location: place }),
  message: z.object({
    kind: z.literal('message'),
    at: instant,
    text: longText(MESSAGE_LIMIT).refine((value) => value.trim() !== '', 'is empty'),
    language: language.nullish(),
    from: z.enum(['public', 'assistant']).default('public'),
  }),
  line: z.object({ kind: z.literal('line'), at: instant, state: z.enum(channelStates) }),
} as const;
const updateSchema = z.discriminatedUnion(
  'kind',
  [shapes.location, shapes.message, shapes.line],
  'is none of: location, message, line',
);

/** Reads one update as a source sends it. Fields this version does not know are not kept, and the answer says so. */
export function parseUpdateBody(json: unknown): ParsedUpdate {
  const parsed = updateSchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error, 'update') };
  const update = parsed.data;
  const warnings = unknownFieldWarnings(json, shapes[update.kind].shape);
  return { ok: true, tiding: tidingOf(update), warnings };
}

function tidingOf(update: z.infer<typeof updateSchema>): Tiding {
  switch (update.kind) {
    case 'location':
      return { kind: 'location', location: locationAt(update.location, update.at) };
    case 'message': {
      const { from, text, language: tag, at } = update;
      return { kind: 'message', message: { from, text, language: tag ?? null, at } };
    }
    case 'line':
      return { kind: 'line', state: update.state };
  }
}
