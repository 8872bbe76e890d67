import { z } from 'zod';
import type { Act } from '../domain/command.ts';
import { chatEnds, handlerEnds, type Chat, type SafeContactVersion } from '../domain/chat/chat.ts';
import { DETAIL_LIMIT, sendingFaults, type Sending } from '../domain/outbound/sending.ts';
import { REACH_LIMIT, reachWays, sentWays, shutBecause, type SafeReach } from '../domain/outbound/reach.ts';
import { cannotTakes, type Colleague } from '../domain/chat/colleague.ts';
import { deskStatusKinds } from '../domain/desk-status.ts';
import { roles } from '../domain/role.ts';
import { offerGones } from '../domain/chat/hand-over.ts';
import { FORM_LIMITS, type ReportForm } from '../domain/chat/report-form.ts';
import type { Actor } from '../domain/contact.ts';
import type { Happening } from '../domain/event.ts';
import {
  actorSchema,
  commandIdSchema,
  contactIdSchema,
  decidedBySchema,
  deskIdSchema,
  handlerIdSchema,
  fenceSchema,
  instantSchema,
  whole,
} from './basic-schemas.ts';
import { languageTagSchema, lineInLanguageSchema } from './language-schemas.ts';

/** Parsers of a conversation in writing, and of a public form (docs/spec/chat.md). */

const words = z.string();
const doneShape = { by: actorSchema, at: instantSchema };
const reachedSchema = z.object({ n: whole, at: instantSchema });

export const chatEndSchema = z.enum(chatEnds);

export const chatSchema: z.ZodType<Chat> = z.object({
  replies: z.array(
    z.object({
      id: commandIdSchema,
      n: z.int().positive(),
      after: whole,
      text: words,
      canned: words.nullable(),
      ...doneShape,
    }),
  ),
  delivered: reachedSchema,
  seen: reachedSchema,
  end: z.object({ reason: chatEndSchema, at: instantSchema }).nullable(),
  exit: z.object({ at: instantSchema, checked: z.object({ ...doneShape, words }).nullable() }).nullable(),
  earlier: z.object({ contact: contactIdSchema, ref: words, owner: actorSchema.nullable() }).nullable(),
  handOvers: z
    .array(
      z.object({
        id: commandIdSchema,
        to: actorSchema.nullable(),
        words,
        until: instantSchema,
        fence: fenceSchema,
        ended: z.object({ how: z.enum(['taken', 'declined', 'withdrawn']), words, ...doneShape }).nullable(),
        ...doneShape,
      }),
    )
    .optional(),
});

/** Somebody signed in, as a line of an answer to a desk (rule CH-16). */
export const colleagueSchema: z.ZodType<Colleague> = z.object({
  actor: actorSchema,
  name: words,
  role: z.enum(roles),
  status: z.enum(deskStatusKinds),
  chats: whole,
  hasRisk: z.boolean(),
});

const reachShape = { way: z.enum(reachWays), to: words.max(REACH_LIMIT), neutral: z.boolean() };
const reachSchema = z.object(reachShape) satisfies z.ZodType<SafeReach>;

export const formSchema: z.ZodType<ReportForm> = z.object({
  kind: words.max(FORM_LIMITS.kind),
  answers: z
    .array(
      z.object({
        id: words.max(FORM_LIMITS.id),
        question: words.max(FORM_LIMITS.question),
        answer: words.max(FORM_LIMITS.answer),
      }),
    )
    .max(FORM_LIMITS.answers),
  reach: reachSchema.optional(),
});

const carriedShape = { fault: z.enum(sendingFaults).nullable(), detail: words.max(DETAIL_LIMIT) };
const wayOutShape = { way: z.enum(sentWays), to: words.max(REACH_LIMIT), neutral: z.boolean() };

const safeShape = {
  way: words,
  times: words,
  codeWord: words,
  doNotRing: z.boolean(),
  sharedDevice: z.boolean(),
  reach: reachSchema.optional(),
};
const safeSchema = z.object(safeShape);

/** What a contact has of it; one that was stored before there was such a thing has none. */
export const chatPartsShape = {
  chat: chatSchema.nullable().default(null),
  form: formSchema.nullable().default(null),
  safeContacts: z
    .array(
      z.object({ id: commandIdSchema, ...safeShape, ...doneShape }) satisfies z.ZodType<SafeContactVersion>,
    )
    .default([]),
  languageChosen: languageTagSchema.nullable().default(null),
  translations: z.array(lineInLanguageSchema).default([]),
  sendings: z
    .array(
      z.object({
        id: commandIdSchema,
        ...wayOutShape,
        ...doneShape,
        carried: z.object({ ...carriedShape, at: instantSchema }).nullable(),
      }) satisfies z.ZodType<Sending>,
    )
    .default([]),
};

type Shapes<Union extends { readonly kind: string }, Kind extends Union['kind']> = {
  readonly [K in Kind]: z.ZodType<Extract<Union, { kind: K }>>;
};

const strictActorSchema: z.ZodType<Actor> = z.strictObject({
  desk: deskIdSchema,
  deskNumber: whole,
  handler: handlerIdSchema,
});

/** Strict, like every act (rule L-05). */
export const chatActShapes: Shapes<
  Act,
  | 'reply'
  | 'check-exit'
  | 'end-chat'
  | 'park'
  | 'resume'
  | 'safe-contact'
  | 'choose-language'
  | 'send-reference'
  | 'offer-chat'
  | 'answer-offer'
  | 'withdraw-offer'
> = {
  'offer-chat': z.strictObject({ kind: z.literal('offer-chat'), to: strictActorSchema, words }),
  'answer-offer': z.strictObject({
    kind: z.literal('answer-offer'),
    offer: commandIdSchema,
    accepted: z.boolean(),
    words,
  }),
  'withdraw-offer': z.strictObject({ kind: z.literal('withdraw-offer'), offer: commandIdSchema }),
  reply: z.strictObject({ kind: z.literal('reply'), text: words, canned: words.max(60).nullable() }),
  'check-exit': z.strictObject({ kind: z.literal('check-exit'), words }),
  'end-chat': z.strictObject({ kind: z.literal('end-chat'), reason: z.enum(handlerEnds) }),
  park: z.strictObject({ kind: z.literal('park'), because: z.literal('emergency') }),
  resume: z.strictObject({ kind: z.literal('resume') }),
  'safe-contact': z.strictObject({
    kind: z.literal('safe-contact'),
    safe: z.strictObject({ ...safeShape, reach: z.strictObject(reachShape).optional() }),
  }),
  'choose-language': z.strictObject({
    kind: z.literal('choose-language'),
    code: languageTagSchema.max(20).nullable(),
  }),
  'send-reference': z.strictObject({ kind: z.literal('send-reference'), ...wayOutShape }),
};

export const chatHappeningShapes: Shapes<
  Happening,
  | 'replied'
  | 'reached'
  | 'exit-checked'
  | 'chat-ended'
  | 'parked'
  | 'resumed'
  | 'safe-contact-agreed'
  | 'language-chosen'
  | 'reference-ordered'
  | 'carried'
  | 'chat-offered'
  | 'taken-over'
  | 'offer-declined'
  | 'offer-withdrawn'
> = {
  'chat-offered': z.object({
    kind: z.literal('chat-offered'),
    policies: decidedBySchema,
    offer: commandIdSchema,
    to: actorSchema,
    words,
    until: instantSchema,
  }),
  'taken-over': z.object({ kind: z.literal('taken-over'), offer: commandIdSchema, fence: fenceSchema }),
  'offer-declined': z.object({ kind: z.literal('offer-declined'), offer: commandIdSchema, words }),
  'offer-withdrawn': z.object({ kind: z.literal('offer-withdrawn'), offer: commandIdSchema }),
  replied: z.object({
    kind: z.literal('replied'),
    reply: commandIdSchema,
    n: z.int().positive(),
    text: words,
    canned: words.nullable(),
  }),
  reached: z.object({ kind: z.literal('reached'), upTo: whole, how: z.enum(['delivered', 'seen']) }),
  'exit-checked': z.object({ kind: z.literal('exit-checked'), words }),
  'chat-ended': z.object({ kind: z.literal('chat-ended'), reason: z.enum(handlerEnds) }),
  parked: z.object({ kind: z.literal('parked'), because: z.literal('emergency') }),
  resumed: z.object({ kind: z.literal('resumed') }),
  'language-chosen': z.object({ kind: z.literal('language-chosen'), code: languageTagSchema.nullable() }),
  'reference-ordered': z.object({
    kind: z.literal('reference-ordered'),
    sending: commandIdSchema,
    ...wayOutShape,
  }),
  carried: z.object({ kind: z.literal('carried'), sending: commandIdSchema, ...carriedShape }),
  'safe-contact-agreed': z.object({
    kind: z.literal('safe-contact-agreed'),
    agreed: commandIdSchema,
    safe: safeSchema,
  }),
};

/** Why a line does not go out, each with its sentence in the window. */
export const chatRefusals = [
  z.object({ code: z.literal('left-by-exit') }),
  z.object({ code: z.literal('chat-over'), end: chatEndSchema.nullable() }),
  z.object({ code: z.literal('not-a-chat') }),
  z.object({ code: z.literal('nothing-to-check') }),
  z.object({ code: z.literal('no-safe-way'), because: z.enum(shutBecause) }),
  z.object({ code: z.literal('not-that-way'), way: z.enum(sentWays) }),
  z.object({ code: z.literal('not-recorded') }),
  z.object({ code: z.literal('sent-already'), at: instantSchema }),
  z.object({ code: z.literal('cannot-take'), to: actorSchema, because: z.enum(cannotTakes), n: whole }),
  z.object({ code: z.literal('offer-gone'), because: z.enum(offerGones), by: actorSchema.nullable() }),
] as const;
