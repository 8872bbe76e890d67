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
import { later, type Instant } from '../../src/shared/domain/time.ts';
import { aContact, aCommand, anActor, anId, carryOut, testStart, type Outcome } from './builders.ts';

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

export const anyInstant: fc.Arbitrary<Instant> = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((minutes) => later(testStart, minutes * 60_000)),
  fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 }).map((ms) => later(testStart, ms)),
);

/** Words as people type them: any script, emoji, right to left, quotes, mark-up. */
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
  fc.constantFrom(
    'He is back',
    '"><img src=x onerror=alert(1)>',
    'זה דחוף',
    '👮🏽‍♀️ at the door',
    '__proto__',
    '\u0000',
  ),
);

/** Words as an act may carry them: mostly fit, sometimes blank or too long. */
const actWords = (limit: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: anyWords },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', '\t\n') },
    { weight: 1, arbitrary: fc.constantFrom('x'.repeat(limit), 'x'.repeat(limit + 1)) },
  );

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
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen' as const), reason }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('free' as const), reason }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'consult' }) },
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
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

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
      act,
      id: asCommandId(anId(0xc1000 + index)),
      fence: asFence(Math.max(0, before.fence - lag)),
    });
    const outcome = carryOut(before, command, { by, at });
    turns.push({ ...outcome, before, command, by, at });
    before = outcome.contact;
  }
  return turns;
}
