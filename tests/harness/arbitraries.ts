import fc from 'fast-check';
import { channels } from '../../src/shared/domain/channel.ts';
import { NOTE_LIMIT, REASON_LIMIT, type Act, type Command } from '../../src/shared/domain/command.ts';
import {
  channelStates,
  closeOutcomes,
  grades,
  type Actor,
  type Contact,
  type Ownership,
} from '../../src/shared/domain/contact.ts';
import { asCommandId, asContactId, asFence } from '../../src/shared/domain/ids.ts';
import type { DecisionPolicy } from '../../src/shared/domain/decision-policy.ts';
import { later, type Instant } from '../../src/shared/domain/time.ts';
import { aContact, aCommand, anActor, anId, aPolicy, carryOut, testStart, type Outcome } from './builders.ts';
import { actWords, anyInstant, anyWords, orNull } from './drawn-words.ts';
import { anyChatAct } from './chat-arbitraries.ts';
import { aimed, anyClosingRecord, anyRationale, anyRecordAct } from './record-arbitraries.ts';
import { triagePolicy } from './triage-policy.ts';

export { anyInstant, anyWords };

/** By which histories are decided: with everything that makes a lower grade wait for a second person. */
export const historyPolicy: DecisionPolicy = { ...aPolicy(), triage: triagePolicy };

/**
 * Values for properties. Instants and arrival numbers are drawn from few, so that ties, the hard cases of an order,
 * are common.
 */

/**
 * Tries a property many times. A failure says which seed to put into the environment to see it again:
 * `FCR_SEED=… npm run test:unit`.
 */
export function always<T>(property: fc.IProperty<T>, { runs = 300 }: Tries = {}): void {
  report(fc.check(property, parameters(runs)));
}

/** The same for a property that must wait. */
export async function alwaysEventually<T>(
  property: fc.IAsyncProperty<T>,
  { runs = 300 }: Tries = {},
): Promise<void> {
  report(await fc.check(property, parameters(runs)));
}

interface Tries {
  readonly runs?: number;
}

function parameters(runs: number): { numRuns: number; seed?: number } {
  const seed = process.env['FCR_SEED'];
  return { numRuns: runs, ...(seed ? { seed: Number(seed) } : {}) };
}

function report<T>(details: fc.RunDetails<T>): void {
  if (!details.failed) return;
  throw new Error(`FCR_SEED=${details.seed} shows this again.\n${fc.defaultReportMessage(details) ?? ''}`, {
    cause: details.errorInstance,
  });
}

/** Four desks, as many as a race needs. */
export const anyActor: fc.Arbitrary<Actor> = fc
  .integer({ min: 1, max: 4 })
  .map((deskNumber) => anActor({ deskNumber }));

const reason = actWords(REASON_LIMIT);

export const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>({ kind: 'claim' }) },
  { weight: 2, arbitrary: fc.constant<Act>({ kind: 'release' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('note' as const),
      text: actWords(NOTE_LIMIT),
      happenedAt: fc.constantFrom(null, testStart),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('grade' as const),
      grade: fc.constantFrom(...grades, null),
      reason,
      rationale: fc.option(anyRationale, { nil: undefined }),
      undoes: fc.constantFrom(undefined, undefined, undefined, true as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('promote' as const), reason }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('demote' as const), reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('close' as const),
      outcome: fc.constantFrom(...closeOutcomes),
      reason,
      record: anyClosingRecord,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), reason }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('free' as const), reason }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'consult' }) },
  { weight: 8, arbitrary: anyRecordAct },
  { weight: 4, arbitrary: anyChatAct },
);

const anyOwnership: fc.Arbitrary<Ownership> = fc.oneof(
  fc.record({ kind: fc.constant('waiting' as const), since: anyInstant }),
  fc.record({
    kind: fc.constantFrom('owned' as const, 'link-lost' as const),
    by: anyActor,
    since: anyInstant,
  }),
  fc.record({ kind: fc.constant('verify' as const), lastOwner: anyActor, since: anyInstant }),
  fc.record({ kind: fc.constant('closed' as const), by: anyActor, since: anyInstant }),
);

const anyFlags = fc.record({ vulnerable: fc.boolean(), repeat: fc.boolean(), lookFirst: fc.boolean() });

/** A contact of any channel, in any state that its three state fields can say. */
export const anyContact: fc.Arbitrary<Contact> = fc
  .record({
    channel: fc.constantFrom(...channels),
    receivedAt: anyInstant,
    seq: fc.integer({ min: 0, max: 3 }),
    id: fc.integer({ min: 1, max: 500 }).map((n) => asContactId(anId(n))),
    rev: fc.integer({ min: 1, max: 40 }),
    fence: fc.integer({ min: 0, max: 9 }).map(asFence),
    ownership: anyOwnership,
    flags: anyFlags,
    grade: orNull(fc.constantFrom(...grades)),
    bandSince: anyInstant,
    raised: orNull(fc.constantFrom('A' as const, 'B' as const)),
    channelState: fc.constantFrom(...channelStates),
    work: fc.constantFrom('open', 'parked', 'wrap-up'),
    title: anyWords,
    place: orNull(anyWords),
    language: fc.constantFrom(null, 'pl', 'cy'),
    account: anyWords,
    claimedReceivedAt: orNull(anyInstant),
    caller: fc.record({ name: orNull(anyWords), number: orNull(anyWords), address: orNull(anyWords) }),
  })
  .map(({ raised, bandSince, ...facts }) => {
    const contact = aContact(facts);
    const band = raised ?? contact.band;
    return { ...contact, band, bandSince: band === 'A' ? bandSince : contact.receivedAt };
  });

/** Contacts of one inbox: no two with the same id. */
export const anyInbox: fc.Arbitrary<Contact[]> = fc.uniqueArray(anyContact, {
  maxLength: 25,
  selector: ({ id }) => id,
});

/** One command of a history. `lag`: how many ownerships behind its desk's copy was. */
export interface Step {
  readonly by: Actor;
  readonly act: Act;
  readonly lag: number;
  readonly gapMs: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  by: anyActor,
  act: anyAct,
  lag: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) },
  ),
  gapMs: fc.integer({ min: 0, max: 3 * 86_400_000 }),
});

export interface Turn extends Outcome {
  readonly before: Contact;
  readonly command: Command;
  readonly by: Actor;
  readonly at: Instant;
}

/** A contact and what several desks ask of it, one after another, each decided on the true state. */
export interface History {
  readonly start: Contact;
  readonly steps: readonly Step[];
}

export const anyHistory: fc.Arbitrary<History> = fc.record({
  start: fc.oneof(
    anyContact,
    fc.constantFrom(...channels).map((channel) => aContact({ channel })),
  ),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 30, size: 'max' }),
});

/** Carries a history out at the queue. */
export function turnsOf({ start, steps }: History): Turn[] {
  const turns: Turn[] = [];
  let before = start;
  let at = later(start.receivedAt, 1_000);
  for (const [index, { by, act, lag, gapMs }] of steps.entries()) {
    at = later(at, gapMs);
    const command = aCommand({
      on: before,
      act: aimed(act, before),
      id: asCommandId(anId(0xc1000 + index)),
      fence: asFence(Math.max(0, before.fence - lag)),
    });
    const outcome = carryOut(before, command, { by, at, policy: historyPolicy });
    turns.push({ ...outcome, before, command, by, at });
    before = outcome.contact;
  }
  return turns;
}
