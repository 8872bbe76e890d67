import { z } from 'zod';
import {
  channel,
  duration,
  flags,
  languageTag,
  lineState,
  lineTold,
  location,
  messageFrom,
  name,
  rowText,
  words,
} from './fields.ts';

/** Which contact of the scenario an update is about; without it, the one that arrived last. */
const about = words.optional();

const contactSchema = z.strictObject({
  /** What other steps call it, when there are several. */
  name: words.optional(),
  channel,
  title: rowText,
  place: rowText.nullable(),
  language: languageTag.nullable().default(null),
  caller: z
    .strictObject({
      name: words.nullable().default(null),
      number: words.nullable().default(null),
      address: words.nullable().default(null),
    })
    .default({ name: null, number: null, address: null }),
  account: words,
  flags: flags.default({}),
  state: lineState.exclude(['left-by-exit']).nullable().default(null),
  /** The telephone's side, for those who ring: without it, what a number tells of its line. */
  call: z.strictObject({ ...lineTold, takenFor: words.optional() }).optional(),
});

const callEvents = [
  'ring',
  'queued',
  'operator',
  'answer',
  'hold',
  'resume',
  'transfer',
  'end',
  'drop',
  'particulars',
] as const;

const stepFields = {
  contact: contactSchema,
  location: z.strictObject({ of: about, ...location }),
  message: z.strictObject({
    of: about,
    text: words,
    language: languageTag.nullable().default(null),
    from: messageFrom.default('public'),
  }),
  line: z.strictObject({ of: about, state: lineState }),
  /** What the exchange tells of the call: what has happened to it, or only more of its line (`particulars`). */
  call: z
    .strictObject({
      of: about,
      event: z.enum(callEvents),
      state: z.enum(['on-line', 'left']).optional(),
      to: words.optional(),
      ...lineTold,
    })
    .refine(({ event, to }) => (event === 'transfer') === (to !== undefined), {
      path: ['to'],
      error: 'stands with a transfer, and only there',
    })
    .refine(({ event, state }) => event === 'operator' || state === undefined, {
      path: ['state'],
      error: 'stands with operator alone',
    }),
  /** Another scenario begins now: the same event as others see it. */
  start: z.string().regex(/^[A-Z]\d{2}$/, 'is not the id of a scenario such as E05'),
};
const kinds = ['contact', 'location', 'message', 'line', 'call', 'start'] as const;

/** Who a step is played for; without it, for both. */
export const audiences = ['demand', 'training'] as const;
export type Audience = (typeof audiences)[number];

/** One thing that happens: when, counted from the scenario's start, and exactly one of the kinds. */
export const stepSchema = z
  .strictObject({
    after: duration,
    ...z.strictObject(stepFields).partial().shape,
    /** From version 2 on: a trainee hears it from the person instead, or the public's day does without it. */
    only: z.enum(audiences).optional(),
    /** From version 2 on: a moment that what is expected can be counted from. */
    cue: name.optional(),
  })
  .refine((step) => kinds.filter((kind) => step[kind] !== undefined).length === 1, {
    error: `must hold exactly one of: ${kinds.join(', ')}`,
  });
