import { z } from 'zod';
import { channels } from '../../shared/domain/channel.ts';
import type { ChannelState } from '../../shared/domain/contact.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { Arrival } from '../../shared/domain/arrival.ts';
import { isCleanText } from '../storable-text.ts';

/** The public's own words, as escaped in JSON: with its frame it must fit a desk's limit. Bytes of UTF-8. */
export const ACCOUNT_LIMIT = 40_000;

/** What a source is told about a body that cannot be kept: the field, never its value. */
export interface BodyRefusal {
  readonly field: string;
  readonly problem: string;
  readonly whatToDo: string;
}

export type ParsedBody =
  | { readonly ok: true; readonly arrival: Arrival; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: BodyRefusal };

/** The farthest a JavaScript date reaches. Milliseconds. */
const FARTHEST = 8.64e15;

const notClean = 'holds a control character, or half a character';
const text = (limit: number) => z.string().max(limit).refine(isCleanText, notClean);
const words = (limit: number) => text(limit).refine((value) => value.trim() !== '', 'is empty');

const instant: z.ZodType<Instant> = z
  .union([z.int(), z.iso.datetime({ offset: true }).transform((value) => Date.parse(value))], 'is not a time')
  .refine((value) => Math.abs(value) <= FARTHEST, 'is not a time')
  .transform(asInstant);

const language = z
  .string()
  .max(35)
  .refine((tag) => canonicalLanguage(tag) !== undefined, 'is not a language tag')
  .transform((tag) => canonicalLanguage(tag) ?? null);

const channelStates = [
  'ringing',
  'connected',
  'queued',
  'active',
  'delivered',
  'ended',
  'dropped',
] as const satisfies readonly ChannelState[];

const callerSchema = z.object({
  name: text(160).nullish(),
  number: text(40).nullish(),
  address: text(300).nullish(),
});

const flagsSchema = z.object({
  vulnerable: z.boolean().default(false),
  repeat: z.boolean().default(false),
  lookFirst: z.boolean().default(false),
});

const bodySchema = z.object({
  channel: z.enum(channels),
  receivedAt: instant.nullish(),
  title: words(160),
  place: words(160).nullish(),
  language: language.nullish(),
  caller: callerSchema.nullish(),
  account: z
    .string()
    .refine(
      (value) => Buffer.byteLength(JSON.stringify(value)) - 2 <= ACCOUNT_LIMIT,
      `is longer than ${ACCOUNT_LIMIT} bytes`,
    )
    .refine(isCleanText, notClean),
  flags: flagsSchema.nullish(),
  channelState: z.enum(channelStates).nullish(),
});

/** Reads one contact as a source sends it. Fields this version does not know are not kept, and the answer says so. */
export function parseContactBody(json: unknown): ParsedBody {
  const parsed = bodySchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error) };
  const body = parsed.data;
  const { name, number, address } = body.caller ?? {};
  const arrival: Arrival = {
    channel: body.channel,
    receivedAt: body.receivedAt ?? null,
    title: body.title,
    place: body.place ?? null,
    language: body.language ?? null,
    caller: { name: name ?? null, number: number ?? null, address: address ?? null },
    account: body.account,
    flags: body.flags ?? { vulnerable: false, repeat: false, lookFirst: false },
    channelState: body.channelState ?? null,
  };
  return { ok: true, arrival, warnings: unknownFieldWarnings(json) };
}

function unknownFieldWarnings(json: unknown): readonly string[] {
  const unknown = Object.keys(json as object).filter((name) => !Object.hasOwn(bodySchema.shape, name));
  return unknown.length === 0
    ? []
    : [`${unknown.length} fields of the body are not known here and were not kept`];
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

function refusalOf(json: unknown, error: z.ZodError): BodyRefusal {
  const issue = error.issues[0];
  if (issue === undefined || issue.path.length === 0) {
    return {
      field: 'body',
      problem: 'is not an object',
      whatToDo: 'Send one JSON object with the fields of a contact.',
    };
  }
  const field = issue.path.join('.');
  const isMissing = valueAt(json, issue.path) === undefined;
  const problem = isMissing ? 'is missing' : problemOf(issue);
  return { field, problem, whatToDo: `Correct ${field} and send the contact again, under the same key.` };
}

function problemOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `is not a ${issue.expected}`;
    case 'too_big':
      return `is longer than ${issue.maximum} characters`;
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
