import { z } from 'zod';
import { handlerIdSchema, instantSchema } from '../../shared/contract/basic-schemas.ts';
import { deskStatusSchema, personSchema } from '../../shared/contract/schemas.ts';
import { asHandlerId, type HandlerId } from '../../shared/domain/ids.ts';

/** What of signing in outlives the program. All instants are by this desk's clock. */

/** Stands for whoever worked here before desks asked who it is; the first who signs in takes their work over. */
export const nobodyNamed: HandlerId = asHandlerId('-');

const count = z.int().nonnegative();

/** A PIN's hash with the salt and the parameters it was made with, so that these may change later. */
export const pinHashSchema = z.object({
  salt: z.string(),
  hash: z.string(),
  cost: count,
  blockSize: count,
  parallel: count,
});
export type PinHash = z.infer<typeof pinHashSchema>;

export const wrongPinsSchema = z.object({
  /** When the latest were typed. */
  at: z.array(instantSchema),
  /** How many waits they have led to in a row: each is twice as long as the one before. */
  waits: count,
  waitUntil: instantSchema.nullable(),
});
/** Wrong PINs of one person on this desk (rules ). */
export type WrongPins = z.infer<typeof wrongPinsSchema>;

export const knownPersonSchema = z.object({
  person: personSchema,
  /** Until when they may sign in here without the queue (rule A-06). */
  until: instantSchema,
  pin: pinHashSchema,
  wrong: wrongPinsSchema,
});
/** Somebody who has signed in at this desk. */
export type KnownPerson = z.infer<typeof knownPersonSchema>;

export const keptSessionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('signed-out'),
    because: z.enum(['expired', 'revoked']).nullable(),
    /** Whose words still come from a window that has not noticed yet; `null` before the first sign-in. */
    last: handlerIdSchema.nullable(),
  }),
  z.object({
    kind: z.literal('signed-in'),
    person: personSchema,
    /** The queue's word for this sign-in; `null` when it was made without the queue. */
    token: z.string().nullable(),
    until: instantSchema,
    locked: z.boolean(),
    status: deskStatusSchema,
    /** The status that the lock has put away, to come back with the PIN; `null` when there is none. */
    statusBefore: deskStatusSchema.nullable(),
  }),
]);
/** Who works here, across restarts of the program. */
export type KeptSession = z.infer<typeof keptSessionSchema>;
export type KeptSignIn = Extract<KeptSession, { kind: 'signed-in' }>;

export const nobodyYet: KeptSession = { kind: 'signed-out', because: null, last: null };
