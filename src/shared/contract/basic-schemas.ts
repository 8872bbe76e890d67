import { z } from 'zod';
import type { Actor } from '../domain/contact.ts';
import type {
  CommandId,
  ContactId,
  DeskId,
  Fence,
  HandlerId,
  Incarnation,
  Lsn,
  StoreEpoch,
} from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';
import { must } from '../lib/assert.ts';

/** Parsers of ids, instants and persons: what every other parser of the contract is made of. */

/** A schema whose plain output is marked as the branded type it stands for. */
export const branded = <T>(schema: z.ZodType): z.ZodType<T> => schema as unknown as z.ZodType<T>;

/**
 * The union of a table of shapes, one for each kind: a variant of the domain without its shape does not compile, and one
 * shape too many does not either.
 */
export function oneOf<T>(shapes: Readonly<Record<string, z.ZodType>>): z.ZodType<T> {
  const [first, ...others] = Object.values(shapes) as unknown as readonly z.core.$ZodTypeDiscriminable[];
  return z.discriminatedUnion('kind', [
    must(first, 'shape of a union'),
    ...others,
  ]) as unknown as z.ZodType<T>;
}

/**
 * How the parts of a value are read. What a handler asks for is read strictly: an act nobody knows all of is not done by half. What is on
 * the record already passes over fields that a newer program added (rule L-05).
 */
export type ObjectReader = typeof z.object;
export const asked: ObjectReader = z.strictObject as unknown as ObjectReader;
export const recorded: ObjectReader = z.object;

/** A count. */
export const whole = z.int().nonnegative();

export const contactIdSchema = branded<ContactId>(z.uuid());
export const deskIdSchema = branded<DeskId>(z.uuid());
export const handlerIdSchema = branded<HandlerId>(z.string().min(1).max(32));
export const commandIdSchema = branded<CommandId>(z.uuid());
export const incarnationSchema = branded<Incarnation>(z.uuid());
export const storeEpochSchema = branded<StoreEpoch>(z.uuid());
export const lsnSchema = branded<Lsn>(whole);
export const fenceSchema = branded<Fence>(whole);
export const instantSchema = branded<Instant>(z.int());

export const actorSchema: z.ZodType<Actor> = z.object({
  desk: deskIdSchema,
  deskNumber: whole,
  handler: handlerIdSchema,
});

/** Versions of policies by name, on what a policy decided (rule Y-07). */
export const decidedBySchema = z.record(z.string().max(60), z.string().max(80)).optional();
