import { z } from 'zod';
import { callMarks, lineTypes } from '../../domain/call.ts';
import { channelStates } from '../../domain/contact.ts';
import { locationMethods } from '../../domain/location.ts';
import { durationMs } from '../../domain/duration.ts';
import { usedChannels } from '../../domain/channel.ts';

/** Fields that the files of demand and of training have in common. */

export const words = z.string().refine((text) => text.trim() !== '', 'is empty');

/** What something of a file is called in the same file: a cue, a person's fact, a point to score. */
export const name = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'is not a name such as place-read-back');

/** `17s`, `1h30m`. Read as milliseconds. */
export const duration = z
  .string()
  .refine((text) => durationMs(text) !== null, 'is not a length of time such as 17s, 3m or 1h30m')
  .transform((text) => durationMs(text) ?? 0);

export const languageTag = z
  .string()
  .refine((tag) => /^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(tag), 'is not a language tag such as pl');

export const channel = z.enum(usedChannels);
export const lineState = z.enum(channelStates);
export const messageFrom = z.enum(['public', 'assistant']);

export const flags = z.strictObject({
  vulnerable: z.boolean().optional(),
  repeat: z.boolean().optional(),
  lookFirst: z.boolean().optional(),
});

/** Title and place: what a row shows (rule C-11). */
export const rowText = words.refine((text) => text.length <= 160, 'is longer than 160 characters');

export const location = {
  method: z.enum(locationMethods),
  latitude: z.number().min(51.5).max(52.2),
  longitude: z.number().min(-0.8).max(0.3),
  radiusMetres: z.number().positive().nullable().default(null),
  place: rowText.nullable().default(null),
};

const seconds = z.int().min(0).max(86_400);

/** What the exchange tells of a line; what is left out it does not know. */
export const lineTold = {
  line: z.enum(lineTypes).optional(),
  subscriber: z
    .strictObject({ name: words.nullable().default(null), address: words.nullable().default(null) })
    .optional(),
  network: words.optional(),
  cell: rowText.optional(),
  marks: z.array(z.enum(callMarks)).optional(),
  operatorHeard: words.optional(),
  waited: z.strictObject({ menu: seconds.default(0), queue: seconds.default(0) }).optional(),
};

/** Files of this version. Another is a form that this program does not know. */
export const version = z.number().refine((one) => one === 1, 'is not the version that is known here, 1');
