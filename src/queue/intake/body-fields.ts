import { z } from 'zod';
import { locationMethods, WIDEST_LOCATION, type Location } from '../../shared/domain/location.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { isCleanText } from '../storable-text.ts';

/** What a source is told about a body that cannot be kept: the field, never its value. */
export interface BodyRefusal {
  readonly field: string;
  readonly problem: string;
  readonly whatToDo: string;
}

/** The farthest a JavaScript date reaches. Milliseconds. */
const FARTHEST = 8.64e15;

const notClean = 'holds a control character, or half a character';
export const text = (limit: number) => z.string().max(limit).refine(isCleanText, notClean);
export const words = (limit: number) => text(limit).refine((value) => value.trim() !== '', 'is empty');

/** Words of any length that fit a frame: `limit` is of bytes as they are escaped in JSON. */
export const longText = (limit: number) =>
  z
    .string()
    .refine((value) => Buffer.byteLength(JSON.stringify(value)) - 2 <= limit, `is longer than ${limit} bytes`)
    .refine(isCleanText, notClean);

export const instant: z.ZodType<Instant> = z
  .union([z.int(), z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))], 'is not a time')
  .refine((value) => Math.abs(value) <= FARTHEST, 'is not a time')
  .transform(asInstant)
  .describe('Milliseconds since 1970 UTC, or ISO 8601 with an offset.');

export const language = z
  .string()
  .max(35)
  .refine((tag) => canonicalLanguage(tag) !== undefined, 'is not a language tag')
  .transform((tag) => canonicalLanguage(tag) ?? null);

/** Where, without the time when it was found. */
export const place = z.object({
  method: z.enum(locationMethods),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusMetres: z
    .number()
    .nonnegative()
    .max(WIDEST_LOCATION, `is wider than ${WIDEST_LOCATION} metres, which no method says: leave it out`)
    .nullish(),
  place: words(160).nullish(),
});

/** A place as it was found at an instant. */
export function locationAt(found: z.infer<typeof place>, at: Instant): Location {
  const { method, latitude, longitude, radiusMetres, place: inWords } = found;
  return { method, latitude, longitude, radiusMetres: radiusMetres ?? null, place: inWords ?? null, at };
}

/** English or unknown is `null`; `undefined` is not a language tag at all. */
function canonicalLanguage(tag: string): string | null | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical === undefined || /^en\b/.test(canonical) ? null : canonical;
  } catch {
    return undefined;
  }
}

/** The first thing that is wrong with a body. `thing`: what the source wanted to tell. */
export function refusalOf(json: unknown, error: z.ZodError, thing: string): BodyRefusal {
  const issue = error.issues[0];
  if (issue === undefined || issue.path.length === 0) {
    return {
      field: 'body',
      problem: 'is not an object',
      whatToDo: `Send one JSON object with the fields of a ${thing}.`,
    };
  }
  const field = issue.path.join('.');
  const isMissing = valueAt(json, issue.path) === undefined;
  const problem = isMissing ? 'is missing' : problemOf(issue);
  return { field, problem, whatToDo: `Correct ${field} and send the ${thing} again, under the same key.` };
}

function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is not a ${issue.expected}`;
    case 'too_big':
      return issue.origin === 'string'
        ? `is longer than ${issue.maximum} characters`
        : `is more than ${issue.maximum}`;
    case 'too_small':
      return `is less than ${issue.minimum}`;
    case 'invalid_value':
      return `is none of: ${issue.values.map(String).join(', ')}`;
    case 'custom':
    case 'invalid_union':
      return issue.message;
    default:
      return 'cannot be used';
  }
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[name] : undefined,
    json,
  );
}

/** Fields that this version does not know are not kept, and the answer says so, without their names. */
export function unknownFieldWarnings(json: unknown, known: object): readonly string[] {
  const unknown = Object.keys(json as object).filter((name) => !Object.hasOwn(known, name));
  return unknown.length === 0
    ? []
    : [`${unknown.length} fields of the body are not known here and were not kept`];
}
