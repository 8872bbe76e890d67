import policyFile from '../../resources/policy/seed/service-levels.json' with { type: 'json' };
import { servicePolicySchema, type Person } from '../../src/shared/contract/schemas.ts';
import type { Call } from '../../src/shared/domain/call.ts';
import { channelFacts } from '../../src/shared/domain/channel.ts';
import type { Act, Command } from '../../src/shared/domain/command.ts';
import { summaryOf, type Actor, type Contact, type ContactSummary } from '../../src/shared/domain/contact.ts';
import type { DecisionPolicy } from '../../src/shared/domain/decision-policy.ts';
import type { ContactEvent } from '../../src/shared/domain/event.ts';
import { asCommandId, asContactId, asDeskId, asFence, asHandlerId } from '../../src/shared/domain/ids.ts';
import { apply, decide, type Decision } from '../../src/shared/domain/lifecycle.ts';
import { blankClosing, type ClosingRecord } from '../../src/shared/domain/record/closing-record.ts';
import { noParts } from '../../src/shared/domain/record/parts.ts';
import { rowMarksOf } from '../../src/shared/domain/record/row-marks.ts';
import type { Rationale } from '../../src/shared/domain/triage/rationale.ts';
import { dueOf, type ServicePolicy } from '../../src/shared/domain/service-level.ts';
import { asInstant, later, type Instant } from '../../src/shared/domain/time.ts';

/**
 * Builders: each makes one whole, consistent value and takes only what the test is about. They make nothing up at
 * random: two calls with the same arguments are equal.
 */

/** When things happen in tests, unless a test says otherwise: a Sunday in November, 14:00 in Hertfordshire. */
export const testStart: Instant = asInstant(Date.UTC(2026, 10, 22, 14, 0));

/** A UUID that shows its number at the end, so that a failing comparison can be read. */
export const anId = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** The policy file that ships, read as the program reads it. */
export function aPolicy(over: Partial<ServicePolicy> = {}): ServicePolicy {
  return { ...servicePolicySchema.parse(policyFile), ...over };
}

/** A handler at a desk. The desk's id and the handler follow from the desk's number. */
export function anActor(over: Partial<Actor> = {}): Actor {
  const deskNumber = over.deskNumber ?? 1;
  return {
    desk: asDeskId(anId(0xd0000 + deskNumber)),
    deskNumber,
    handler: asHandlerId(`handler-${deskNumber}`),
    ...over,
  };
}

/** Whoever works at desk 1. */
export function aPerson(over: Partial<Person> = {}): Person {
  return { handler: anActor().handler, name: 'Sam Okafor', role: 'handler', ...over };
}

/**
 * A contact, by default a 101 call that waits. Band, call-back, due instant, fence, gradings and closing follow from
 * what is given, unless they are given themselves.
 */
export function aContact(over: Partial<Contact> = {}): Contact {
  const channel = over.channel ?? '101-voice';
  const facts = channelFacts[channel];
  const receivedAt = over.receivedAt ?? testStart;
  const flags = over.flags ?? { vulnerable: false, repeat: false, lookFirst: false };
  const grade = over.grade ?? null;
  const ownership = over.ownership ?? { kind: 'waiting', since: receivedAt };
  const seq = over.seq ?? 1;
  const closed = ownership.kind === 'closed' ? ownership : null;
  const reason = 'told by the caller';
  const contact: Omit<Contact, 'marks'> = {
    ...noParts,
    id: asContactId(anId(seq)),
    ref: `CON-20261122-${String(seq).padStart(6, '0')}`,
    channel,
    receivedAt,
    seq,
    rev: 1,
    fence: asFence(ownership.kind === 'waiting' ? 0 : 1),
    band: facts.emergency ? 'A' : 'B',
    bandSince: receivedAt,
    due: dueOf({ channel, grade, flags, receivedAt }, aPolicy()),
    ownership,
    channelState: facts.callBack ? 'dropped' : facts.live ? 'ringing' : 'queued',
    work: 'open',
    callBackDue: facts.callBack && closed === null,
    title: 'Noise from the flat above',
    place: 'Fretherne Road, Welwyn Garden City',
    language: null,
    flags,
    grade,
    enteredAt: later(receivedAt, 40),
    claimedReceivedAt: null,
    source: 'telephony',
    caller: { name: 'Robin Marsh', number: '01707 960001', address: '12 Fretherne Road' },
    account: 'They have been at it since ten.',
    provisionalRef: null,
    paperLog: null,
    locations: [],
    messages: [],
    notes: [],
    gradings:
      grade === null
        ? []
        : [{ id: asCommandId(anId(0xc0f00)), grade, reason, rationale: null, by: anActor(), at: receivedAt }],
    bandChanges: [],
    closing:
      closed === null
        ? null
        : { outcome: 'no-reply', reason, record: aClosingRecord(), by: closed.by, at: closed.since },
    ...over,
  };
  return { marks: rowMarksOf(contact), ...contact };
}

/** What the record asks of a hang-up: the least there is. */
export function aClosingRecord(over: Partial<ClosingRecord> = {}): ClosingRecord {
  return { ...blankClosing, category: 'AD-MSG', result: 'Nobody answered', ...over };
}

/** Closing a contact whose caller is gone, with its record whole. */
export function aClosing(over: Partial<Extract<Act, { kind: 'close' }>> = {}): Act {
  const record = aClosingRecord();
  return { kind: 'close', outcome: 'no-reply', reason: 'Nobody answered', record, ...over };
}

/** Why a grade may be lower, all of it that is asked. */
export function aRationale(over: Partial<Rationale> = {}): Rationale {
  return {
    information: 'The neighbour saw him leave',
    risk: 'He may come back tonight',
    policy: '',
    options: 'Keep it at G1 and send the next car',
    decision: 'A visit in the morning: she is with her sister',
    ...over,
  };
}

/** The summary of `aContact`. */
export function aSummary(over: Partial<Contact> = {}): ContactSummary {
  return summaryOf(aContact(over));
}

/** What a test says of a command: the contact as its handler saw it, the act, and what is unusual. */
export interface CommandWishes extends Partial<Command> {
  readonly on?: ContactSummary;
  readonly act: Act;
}

/** A command given on sight of the contact `on`: under its fence, at its revision. */
export function aCommand({ on = aContact(), ...over }: CommandWishes): Command {
  return {
    id: asCommandId(anId(0xc0001)),
    contact: on.id,
    fence: on.fence,
    baseRev: on.rev,
    by: anActor().handler,
    ...over,
  };
}

/** What came of one command: the decision, the event (if it changed anything) and the contact after it. */
export interface Outcome {
  readonly decision: Decision;
  readonly event: ContactEvent | null;
  readonly contact: Contact;
}

/** Decides a command and applies its event, as the queue does in one transaction. */
export function carryOut(
  contact: Contact,
  command: Command,
  {
    by = anActor(),
    at = later(contact.receivedAt, 60_000),
    policy = aPolicy(),
  }: { readonly by?: Actor; readonly at?: Instant; readonly policy?: DecisionPolicy } = {},
): Outcome {
  const decision = decide(contact, command, by, policy, at);
  if (decision.kind === 'refused' || decision.what === null) return { decision, event: null, contact };
  const event = { contact: contact.id, rev: contact.rev + 1, at, by, what: decision.what };
  return { decision, event, contact: apply(contact, event) };
}

/** An emergency call as its exchange tells it when it is presented. */
export function aCall(over: Partial<Call> = {}): Call {
  return {
    id: 'call-1',
    handOver: 'offered',
    line: 'mobile',
    subscriber: null,
    network: null,
    cell: null,
    marks: [],
    operatorHeard: null,
    waited: null,
    recording: null,
    otherAgency: null,
    offeredAt: testStart,
    answeredAt: null,
    endedAt: null,
    asOf: testStart,
    claimedAt: null,
    ...over,
  };
}
