import policy from '../../../resources/policy/seed/service-levels.json';
import triageSeed from '../../../resources/policy/seed/triage.json';
import markersSeed from '../../../resources/policy/seed/markers.json';
import { triagePolicySchema } from '../../shared/contract/policy/triage.ts';
import { markerKindsPolicySchema } from '../../shared/contract/policy/markers.ts';
import { channelFacts, type Channel } from '../../shared/domain/channel.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { Actor, Contact, Flags } from '../../shared/domain/contact.ts';
import { asContactId, asDeskId, asFence, asHandlerId } from '../../shared/domain/ids.ts';
import { blankClosing, type ClosingRecord } from '../../shared/domain/record/closing-record.ts';
import { noParts } from '../../shared/domain/record/parts.ts';
import { rowMarksOf } from '../../shared/domain/record/row-marks.ts';
import { dueOf } from '../../shared/domain/service-level.ts';
import type { DecisionPolicy } from '../../shared/domain/decision-policy.ts';
import type { Role } from '../../shared/domain/role.ts';
import { asInstant } from '../../shared/domain/time.ts';
import type { Person } from '../../shared/contract/schemas.ts';

/** The seed policies by which acts are decided, as the queue serves them. */
export const testPolicy: DecisionPolicy = {
  ...policy,
  triage: triagePolicySchema.parse(triageSeed),
  markerKinds: markerKindsPolicySchema.parse(markersSeed),
};

/** The instant at which tests and the demo begin: 14:05:00 on 22 November 2026. */
export const START = asInstant(Date.UTC(2026, 10, 22, 14, 5, 0));

/** A UUID with a number in it. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const anActor = (deskNumber: number, handler = `H${1_000 + deskNumber}`): Actor => ({
  desk: asDeskId(uuid(900_000 + deskNumber)),
  deskNumber,
  handler: asHandlerId(handler),
});

/** People with an account, one for each role; the first is at the desk unless a test says otherwise. */
export const people: Readonly<Record<Role, Person & { readonly pin: string }>> = {
  handler: { handler: asHandlerId('1001'), name: 'Sam Okafor', role: 'handler', pin: '246810' },
  trainee: { handler: asHandlerId('2001'), name: 'Leo Hartley', role: 'trainee', pin: '135790' },
  mentor: { handler: asHandlerId('3001'), name: 'Ruth Ellery', role: 'mentor', pin: '975310' },
  'team-leader': { handler: asHandlerId('4001'), name: 'Nadia Brandt', role: 'team-leader', pin: '864200' },
};

export interface ContactOptions extends Partial<Omit<Contact, 'flags' | 'due' | 'id' | 'ref'>> {
  readonly flags?: Partial<Flags>;
  /** Makes id, reference and arrival number. */
  readonly n: number;
  readonly channel: Channel;
}

/** A contact with its due instant computed as the queue does. */
export function aContact({ n, flags, ...options }: ContactOptions): Contact {
  const { channel } = options;
  const receivedAt = options.receivedAt ?? asInstant(START - 60_000);
  const allFlags = { vulnerable: false, repeat: false, lookFirst: false, ...flags };
  const grade = options.grade ?? null;
  const emergency = channelFacts[channel].emergency;
  const contact: Omit<Contact, 'marks'> = {
    ...noParts,
    id: asContactId(uuid(n)),
    ref: `CON-20261122-${String(n).padStart(6, '0')}`,
    seq: n,
    rev: 1,
    fence: asFence(0),
    band: emergency ? 'A' : 'B',
    bandSince: receivedAt,
    ownership: { kind: 'waiting', since: receivedAt },
    channelState: channel === 'web-chat' ? 'queued' : channelFacts[channel].live ? 'ringing' : 'delivered',
    work: 'open',
    callBackDue: channelFacts[channel].callBack,
    title: `Contact ${n}`,
    place: 'Welwyn Garden City',
    language: null,
    enteredAt: receivedAt,
    claimedReceivedAt: null,
    source: 'test',
    caller: { name: null, number: null, address: null },
    account: '',
    provisionalRef: null,
    paperLog: null,
    locations: [],
    messages: [],
    notes: [],
    gradings: [],
    bandChanges: [],
    closing: null,
    ...options,
    receivedAt,
    grade,
    flags: allFlags,
    due: dueOf({ channel, grade, flags: allFlags, receivedAt }, testPolicy),
  };
  return { marks: rowMarksOf(contact), ...contact };
}

/** What the record asks of a hang-up: the least there is. */
export const aClosingRecord = (): ClosingRecord => ({
  ...blankClosing,
  category: 'AD-MSG',
  result: 'Nobody answered',
});

/** Closing with its record whole. */
export function aClosing(over: Partial<Extract<Act, { kind: 'close' }>> = {}): Act {
  return { kind: 'close', outcome: 'no-reply', reason: 'Nobody answered', record: aClosingRecord(), ...over };
}
