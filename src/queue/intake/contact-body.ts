import { z } from 'zod';
import type { Arrival } from '../../shared/domain/arrival.ts';
import { FORM_LIMITS, type ReportForm } from '../../shared/domain/chat/report-form.ts';
import { REACH_LIMIT, reachWays } from '../../shared/domain/outbound/reach.ts';
import { channels } from '../../shared/domain/channel.ts';
import { channelStates } from '../../shared/domain/contact.ts';
import {
  instant,
  language,
  locationAt,
  longText,
  place,
  refusalOf,
  text,
  unknownFieldWarnings,
  words,
  type BodyRefusal,
} from './body-fields.ts';

/** The public's own words, as escaped in JSON: with its frame it must fit a desk's limit. Bytes of UTF-8. */
export const ACCOUNT_LIMIT = 40_000;

export type ParsedBody =
  | { readonly ok: true; readonly arrival: Arrival; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: BodyRefusal };

const callerSchema = z.object({
  name: text(160).nullish(),
  number: text(40).nullish(),
  address: text(300).nullish(),
});

const flagsSchema = z.object({
  vulnerable: z.boolean().default(false),
  repeat: z.boolean().default(false),
  lookFirst: z.boolean().default(false).describe('You found words that a person should look at first.'),
});

/** One contact as a source sends it. Its descriptions are the intake’s published ones. */
export const contactBodySchema = z.object({
  channel: z
    .enum(channels)
    .describe('The door it came by. It decides, with nothing else, whether it is an emergency.'),
  receivedAt: instant
    .nullish()
    .describe('When it was sent or rang. A time that cannot be is replaced by the queue’s, with a warning.'),
  title: words(160).describe(
    'What it is about, in the few words a row shows. No name, number or house number.',
  ),
  place: words(160).nullish().describe('The area in words, as a row shows it. No house number.'),
  language: language.nullish().describe('BCP 47. English, or not known: left out.'),
  caller: callerSchema.nullish(),
  account: longText(ACCOUNT_LIMIT).describe(
    `The public’s own words, plain text; "" when there are none. At most ${ACCOUNT_LIMIT} bytes of UTF-8 as escaped in JSON.`,
  ),
  flags: flagsSchema.nullish(),
  channelState: z
    .enum(channelStates)
    .nullish()
    .describe('Left out: what is usual for the channel: ringing, queued, delivered.'),
  location: place.extend({ at: instant }).nullish(),
  form: z
    .object({
      kind: words(FORM_LIMITS.kind),
      answers: z
        .array(
          z.object({
            id: words(FORM_LIMITS.id),
            question: words(FORM_LIMITS.question),
            answer: longText(FORM_LIMITS.answer * 4).refine(
              (value) => value.length <= FORM_LIMITS.answer,
              `is longer than ${FORM_LIMITS.answer} characters`,
            ),
          }),
        )
        .max(FORM_LIMITS.answers),
      reach: z
        .object({
          way: z.enum(reachWays),
          to: text(REACH_LIMIT).describe('An address or a number; "" where nothing is to be sent.'),
          neutral: z.boolean().default(false).describe('Nothing that comes to them may show who it is from.'),
        })
        .nullish()
        .describe('How the person said that they may be reached. Nothing is sent to them by any other way.'),
    })
    .nullish()
    .describe(
      'A form of the public’s pages, as it was filled in: shown beside the record, typed again by nobody.',
    ),
  browser: z
    .string()
    .regex(/^[\w-]{16,128}$/, 'is not a digest of 16 to 128 letters, digits, - and _')
    .nullish()
    .describe(
      'A digest of address and browser, so that whoever left by the safety exit can be known again within 30 minutes.',
    ),
});

const formOf = ({
  kind,
  answers,
  reach,
}: NonNullable<z.infer<typeof contactBodySchema>['form']>): ReportForm => ({
  kind,
  answers,
  ...(reach ? { reach } : {}),
});

/** Reads one contact as a source sends it. Fields this version does not know are not kept, and the answer says so. */
export function parseContactBody(json: unknown): ParsedBody {
  const parsed = contactBodySchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error, 'contact') };
  const body = parsed.data;
  const { name, number, address } = body.caller ?? {};
  const { location } = body;
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
    location: location === null || location === undefined ? null : locationAt(location, location.at),
    call: null,
    ...(body.form ? { form: formOf(body.form) } : {}),
    ...(body.browser ? { browser: body.browser } : {}),
  };
  return { ok: true, arrival, warnings: unknownFieldWarnings(json, contactBodySchema.shape) };
}
