import { z } from 'zod';
import { CALL_ID_LIMIT, callMarks, lineTypes } from '../../../shared/domain/call.ts';
import { titleOfCall, type CallEvent, type Particulars } from '../../../shared/domain/call-events.ts';
import type { Channel } from '../../../shared/domain/channel.ts';
import type { Caller, Flags } from '../../../shared/domain/contact.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import {
  instant,
  language,
  longText,
  refusalOf,
  text,
  unknownFieldWarnings,
  words,
  type BodyRefusal,
} from '../body-fields.ts';
import { ACCOUNT_LIMIT } from '../contact-body.ts';

/** Doors that a telephone exchange opens. */
export const callChannels = [
  '999-voice',
  '999-silent',
  '999-dropped',
  '999-bsl',
  'crash-alert',
  '999-relay',
  '999-text',
  '101-voice',
  '101-relay',
  'partner-line',
] as const satisfies readonly Channel[];
export type CallChannel = (typeof callChannels)[number];

/** What a telephone on a desk is doing, as its exchange says. */
export const extensionStates = [
  'ready',
  'ringing',
  'talking',
  'hold',
  'conference',
  'wrap-up',
  'not-ready',
  'logged-off',
] as const;
export type ExtensionState = (typeof extensionStates)[number];

/** What a call is as it is offered, beside what belongs to its line. */
export interface Offer {
  readonly channel: CallChannel;
  readonly title: string;
  readonly place: string | null;
  readonly language: string | null;
  readonly caller: Caller;
  /** What somebody who listens already has written down; empty when nobody does. */
  readonly account: string;
  readonly flags: Flags;
}

/** One thing that an exchange tells, parsed at the queue's door. */
export type TelephonyEvent =
  /** The first ring of a call: its number in the call is 1. */
  | { readonly kind: 'offer'; readonly callId: string; readonly offer: Offer; readonly ring: CallEvent }
  /** `n`: its number in the call; the same again is the same event. */
  | {
      readonly kind: 'call';
      readonly callId: string;
      readonly n: number;
      readonly event: CallEvent;
      readonly extension: string | null;
    }
  | {
      readonly kind: 'agent';
      readonly extension: string;
      readonly state: ExtensionState;
      readonly at: Instant;
    };

export type ParsedTelephonyEvent =
  | { readonly ok: true; readonly event: TelephonyEvent; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: BodyRefusal };

/** Under which key the queue keeps an event of a call (rule TE-04). */
export const eventKey = (callId: string, n: number): string => `call:${callId}#${n}`;

const HOURS_24 = 86_400;
/** Instants beyond are kept nowhere. */
const lastKept = Date.UTC(2200, 0, 1);

const at = instant.refine((value) => value >= 0 && value < lastKept, 'is not a time that can be kept');
const callId = z
  .string()
  .refine(
    (value) => /^[\x21-\x7e]+$/.test(value) && value.length <= CALL_ID_LIMIT,
    `is not 1 to ${CALL_ID_LIMIT} printable ASCII characters without a space`,
  );
const later = z.int().min(2).max(1_000_000);
const extension = words(40);
const agency = words(120);

const particulars = {
  line: z.enum(lineTypes).nullish(),
  subscriber: z.object({ name: text(160).nullish(), address: text(300).nullish() }).nullish(),
  network: words(80).nullish(),
  cell: words(160).nullish(),
  marks: z.array(z.enum(callMarks)).max(callMarks.length).nullish(),
  operatorHeard: words(1_000).nullish(),
  waited: z
    .object({ menu: z.int().min(0).max(HOURS_24).default(0), queue: z.int().min(0).max(HOURS_24).default(0) })
    .nullish(),
  recording: words(200).nullish(),
};

const said = z.object({
  title: words(160).nullish(),
  place: words(160).nullish(),
  language: language.nullish(),
  name: text(160).nullish(),
  address: text(300).nullish(),
  account: longText(ACCOUNT_LIMIT).nullish(),
  flags: z
    .object({
      vulnerable: z.boolean().default(false),
      repeat: z.boolean().default(false),
      lookFirst: z.boolean().default(false),
    })
    .nullish(),
});

/** An event of a call that has rung before, with what the exchange may add to any of them. */
const one = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.object({ event: z.literal(name), callId, n: later, at, ...particulars, ...shape });

const shapes = {
  ring: z
    .object({
      event: z.literal('ring'),
      callId,
      n: z.int().min(1).max(1_000_000),
      at,
      ...particulars,
      channel: z.enum(callChannels).optional(),
      number: text(40).nullish(),
      zone: words(160).nullish(),
      takenFor: agency.nullish(),
      said: said.nullish(),
    })
    // Without it there is no row to show. Offered again, the call has its channel.
    .refine(({ n, channel }) => n > 1 || channel !== undefined, { path: ['channel'], error: 'is missing' }),
  queued: one('queued', {}),
  operator: one('operator', { state: z.enum(['on-line', 'left']).default('on-line') }),
  answer: one('answer', { extension: extension.nullish() }),
  hold: one('hold', {}),
  resume: one('resume', {}),
  transfer: one('transfer', { to: agency }),
  end: one('end', {}),
  drop: one('drop', {}),
  particulars: one('particulars', {}),
  agent: z.object({ event: z.literal('agent'), extension, state: z.enum(extensionStates), at }),
} as const;

/** One event as an exchange’s connector sends it. */
export const telephonyEventSchema = z.discriminatedUnion(
  'event',
  [
    shapes.ring,
    shapes.queued,
    shapes.operator,
    shapes.answer,
    shapes.hold,
    shapes.resume,
    shapes.transfer,
    shapes.end,
    shapes.drop,
    shapes.particulars,
    shapes.agent,
  ],
  `is none of: ${Object.keys(shapes).join(', ')}`,
);
type Body = z.infer<typeof telephonyEventSchema>;
type Ring = z.infer<typeof shapes.ring>;

/** Reads one event as an exchange's connector sends it. Fields this version does not know are not kept, and the answer says so. */
export function parseTelephonyEvent(json: unknown): ParsedTelephonyEvent {
  const parsed = telephonyEventSchema.safeParse(json);
  if (!parsed.success) return { ok: false, refusal: refusalOf(json, parsed.error, 'event') };
  const warnings = unknownFieldWarnings(json, shapes[parsed.data.event].shape);
  return { ok: true, event: eventOf(parsed.data), warnings };
}

function eventOf(body: Body): TelephonyEvent {
  if (body.event === 'agent')
    return { kind: 'agent', extension: body.extension, state: body.state, at: body.at };
  const event = callEventOf(body);
  if (body.event === 'ring' && body.n === 1 && body.channel !== undefined) {
    return { kind: 'offer', callId: body.callId, offer: offerOf(body, body.channel), ring: event };
  }
  const answeredBy = body.event === 'answer' ? (body.extension ?? null) : null;
  return { kind: 'call', callId: body.callId, n: body.n, event, extension: answeredBy };
}

function callEventOf(body: Exclude<Body, { event: 'agent' }>): CallEvent {
  const common = { at: body.at, told: particularsOf(body) };
  switch (body.event) {
    case 'ring':
      return { ...common, kind: 'ring', takenFor: body.takenFor ?? null };
    case 'transfer':
      return { ...common, kind: 'transfer', to: body.to };
    case 'operator':
      return { ...common, kind: body.state === 'left' ? 'operator-left' : 'operator-on-line' };
    case 'queued':
    case 'answer':
    case 'hold':
    case 'resume':
    case 'end':
    case 'drop':
    case 'particulars':
      return { ...common, kind: body.event };
    default:
      return unreachable(body);
  }
}

function particularsOf(body: Exclude<Body, { event: 'agent' }>): Particulars {
  const { line, subscriber, network, cell, marks, operatorHeard, waited, recording } = body;
  const [name, address] = [blankIsNull(subscriber?.name), blankIsNull(subscriber?.address)];
  return {
    line: line ?? null,
    subscriber: name === null && address === null ? null : { name, address },
    network: network ?? null,
    cell: cell ?? null,
    marks: marks ?? null,
    operatorHeard: operatorHeard ?? null,
    waited: waited ?? null,
    recording: recording ?? null,
  };
}

const blankIsNull = (value: string | null | undefined): string | null =>
  value === null || value === undefined || value.trim() === '' ? null : value;

function offerOf(ring: Ring, channel: CallChannel): Offer {
  const heard = ring.said ?? {};
  return {
    channel,
    title: heard.title ?? titleOfCall(channel, ring.line ?? 'unknown'),
    place: heard.place ?? ring.zone ?? null,
    language: heard.language ?? null,
    caller: { name: heard.name ?? null, number: ring.number ?? null, address: heard.address ?? null },
    account: heard.account ?? '',
    flags: heard.flags ?? { vulnerable: false, repeat: false, lookFirst: false },
  };
}
