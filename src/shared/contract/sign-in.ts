import { z } from 'zod';
import { realms } from './realm.ts';
import { deskIdSchema, handlerIdSchema, instantSchema } from './basic-schemas.ts';
import { personSchema } from './schemas.ts';

/**
 * How a handler signs in: `POST /sign-in` at the queue's own address, before the link. The answer's token is what HELLO
 * carries. `POST /sign-off` with the token as bearer ends it. The rules are in docs/spec/access.md.
 */

/** A PIN: digits only, so that it can be typed blind. Its length is the queue's to decide; this bounds what is hashed. */
export const pinSchema = z.string().regex(/^\d{4,12}$/);

export const signInRequestSchema = z.strictObject({
  desk: deskIdSchema,
  realm: z.enum(realms),
  handler: handlerIdSchema,
  pin: pinSchema,
});
export type SignInRequest = z.infer<typeof signInRequestSchema>;

export const signedInSchema = z.object({
  token: z.string().min(20).max(200),
  person: personSchema,
  /** Until when the token, and signing in without the queue, holds. Each greeting of the desk moves it on. */
  until: instantSchema,
});
export type SignedIn = z.infer<typeof signedInSchema>;

/** Why not. Never says whether the number or the PIN was wrong. */
export const signInRefusalSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wrong'), attemptsLeft: z.int().nonnegative() }),
  z.object({ code: z.literal('too-many'), retryAfterMs: z.int().positive() }),
  z.object({ code: z.literal('other-realm'), realm: z.enum(realms) }),
  z.object({ code: z.literal('bad-request') }),
]);
export type SignInRefusal = z.infer<typeof signInRefusalSchema>;

/** How long a sign-in holds after the queue last saw the desk with it (rule A-06). Milliseconds. */
export const SIGN_IN_HOLDS_MS = 12 * 3_600_000;
