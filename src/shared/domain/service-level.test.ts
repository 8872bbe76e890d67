import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import policyFile from '../../../resources/policy/seed/service-levels.json' with { type: 'json' };
import { always, anyContact, anyHistory, anyInstant, turnsOf } from '../../../tests/harness/arbitraries.ts';
import {
  aCommand,
  aContact,
  anActor,
  aPolicy,
  carryOut,
  testStart,
} from '../../../tests/harness/builders.ts';
import type { Channel } from './channel.ts';
import { channelFacts, channels } from './channel.ts';
import type { Flags, Grade } from './contact.ts';
import { apply } from './lifecycle.ts';
import { clockState, dueOf, serviceClasses } from './service-level.ts';
import { asInstant, HOUR, later, MINUTE, SECOND, type Instant } from './time.ts';

const policy = aPolicy();
const none: Flags = { vulnerable: false, repeat: false, lookFirst: false };

describe('due instants', () => {
  /** From received to due, with the policy that ships: ordinary · vulnerable · vulnerable and repeat · look first. */
  const DAY = 24 * HOUR;
  const emergency = [10 * SECOND, 10 * SECOND, 10 * SECOND, -HOUR];
  const call = [90 * SECOND, -30 * SECOND, -150 * SECOND, -HOUR];
  const day = [DAY, DAY - HOUR, DAY - 2 * HOUR, -HOUR];
  const expected: Record<Channel, readonly number[]> = {
    '999-voice': emergency,
    '999-silent': emergency,
    '999-dropped': emergency,
    '999-bsl': emergency,
    'crash-alert': emergency,
    '999-relay': emergency,
    '999-text': emergency,
    '101-voice': call,
    '101-relay': call,
    'web-chat': [MINUTE, -MINUTE, -3 * MINUTE, -HOUR],
    'online-report': [15 * MINUTE, 5 * MINUTE, -5 * MINUTE, -HOUR],
    text: [15 * MINUTE, 15 * MINUTE - HOUR, 15 * MINUTE - 2 * HOUR, -HOUR],
    'e-mail': day,
    'social-message': [HOUR, 0, -HOUR, -HOUR],
    'partner-line': [30 * SECOND, 30 * SECOND, 30 * SECOND, -HOUR],
    'front-counter': day,
    video: [5 * MINUTE, 5 * MINUTE, 5 * MINUTE, -HOUR],
  };

  it('K-01, K-02, O-07: each channel is due after its target, less one allowance per reason', () => {
    const marks: readonly Flags[] = [
      none,
      { ...none, vulnerable: true },
      { ...none, vulnerable: true, repeat: true },
      { ...none, lookFirst: true },
    ];
    const after = (channel: Channel) =>
      marks.map(
        (flags) => dueOf({ channel, grade: null, flags, receivedAt: testStart }, policy).at - testStart,
      );
    expect(Object.fromEntries(channels.map((channel) => [channel, after(channel)]))).toEqual(expected);
  });

  it('K-01, K-08: the due instant, its target and its allowances add up, so that the row can say why', () => {
    always(
      fc.property(anyContact, (contact) => {
        const { at, targetMs, allowances } = dueOf(contact, policy);
        const taken = allowances.reduce((sum, { ms }) => sum + ms, 0);
        const { band, bandSince, receivedAt } = contact;
        const isMade = band === 'A' && !channelFacts[contact.channel].emergency;
        expect(at).toBe((isMade ? bandSince : receivedAt) + targetMs - taken);
      }),
    );
  });

  it('K-02: an allowance of nothing is not given as a reason', () => {
    const flags: Flags = { ...none, vulnerable: true, repeat: true };
    const reasons = (channel: Channel) =>
      dueOf({ channel, grade: null, flags, receivedAt: testStart }, policy).allowances;
    expect([reasons('999-voice'), reasons('101-voice')]).toEqual([
      [],
      [
        { because: 'vulnerable', ms: 2 * MINUTE },
        { because: 'repeat', ms: 2 * MINUTE },
      ],
    ]);
  });

  it('K-03: a report is due for its scan; its first grade makes it due 24 hours after receipt, however late that is', () => {
    const by = anActor();
    const report = aContact({ channel: 'online-report', ownership: { kind: 'owned', by, since: testStart } });
    const graded = (contact: typeof report, grade: Grade, at: Instant) =>
      carryOut(contact, aCommand({ on: contact, act: { kind: 'grade', grade, reason: 'by risk' } }), {
        by,
        at,
      }).contact;
    const first = graded(report, 'G4', later(testStart, 40 * MINUTE));
    const second = graded(first, 'G1', later(testStart, 30 * HOUR));
    expect([report, first, second].map(({ due }) => [due.at - testStart, due.targetMs])).toEqual([
      [15 * MINUTE, 15 * MINUTE],
      [24 * HOUR, 24 * HOUR],
      [24 * HOUR, 24 * HOUR],
    ]);
  });

  it('K-04: a due instant carries the version of the policy it was computed from', () => {
    always(
      fc.property(anyContact, fc.string({ minLength: 1 }), (contact, version) => {
        expect(dueOf(contact, { ...policy, version }).policy).toBe(version);
      }),
    );
  });

  it('K-04, K-08: over any history a due instant moves only when a report is graded or a person makes something an emergency, or none, never because time passed', () => {
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, event, contact } of turnsOf(history)) {
          const { channel, band } = contact;
          const isMade = band === 'A' && !channelFacts[channel].emergency;
          const isGraded = event?.what.kind === 'graded' && (channel === 'online-report' || isMade);
          const isOtherBand = event?.what.kind === 'promoted' || event?.what.kind === 'demoted';
          if (!isGraded && !isOtherBand) expect(contact.due).toEqual(before.due);
        }
      }),
    );
  });

  it('K-04: on the nights when the clocks change, 24 hours are 24 hours', () => {
    const nights = [
      '2026-10-25T00:30:00Z',
      '2026-10-24T23:30:00Z',
      '2027-03-28T00:30:00Z',
      '2027-03-27T12:00:00Z',
    ];
    const hours = nights.map((night) => {
      const receivedAt = asInstant(Date.parse(night));
      const { at } = dueOf({ channel: 'online-report', grade: 'G3', flags: none, receivedAt }, policy);
      return (at - receivedAt) / HOUR;
    });
    expect(hours).toEqual([24, 24, 24, 24]);
  });
});

describe('what a person made an emergency', () => {
  const promote = { kind: 'promote', reason: 'a knife is in his hand' } as const;
  const demote = { kind: 'demote', reason: 'a toy' } as const;
  const by = anActor();
  const at = later(testStart, 5 * MINUTE);

  it.each(['101-voice', 'web-chat', 'online-report', 'e-mail', 'front-counter'] as const)(
    'K-08: %s counts as an emergency from that moment, and as before once it is none any more',
    (channel) => {
      const contact = aContact({ channel, flags: { ...none, lookFirst: true } });
      const before = dueOf(contact, policy);
      const made = carryOut({ ...contact, due: before }, aCommand({ act: promote }), { by, at }).contact;
      expect(made.due).toEqual({
        at: later(at, policy.targetMs.emergency),
        targetMs: policy.targetMs.emergency,
        allowances: [],
        policy: policy.version,
      });
      const regraded = dueOf({ ...made, grade: 'G2' }, policy);
      expect(regraded).toEqual(made.due);
      const command = aCommand({ on: made, act: demote });
      expect(carryOut(made, command, { by, at: later(at, SECOND) }).contact.due).toEqual(before);
    },
  );

  it('K-08: an emergency by its own door keeps the clock of when it rang', () => {
    const rang = aContact({ channel: '999-voice' });
    expect(dueOf({ ...rang, bandSince: later(testStart, HOUR) }, policy)).toEqual(dueOf(rang, policy));
  });

  it('K-08: of one that was promoted before this was kept the clock stays', () => {
    const contact = aContact({ channel: '101-voice' });
    const what = { kind: 'promoted', reason: 'x' } as const;
    const event = { contact: contact.id, rev: contact.rev + 1, at, by, what };
    expect(apply(contact, event).due).toEqual(contact.due);
  });
});

describe('how a clock stands', () => {
  const due = dueOf({ channel: 'online-report', grade: null, flags: none, receivedAt: testStart }, policy);
  const quarter = due.targetMs / 4;
  it.each([
    ['running', 'on arrival', -due.targetMs, due.targetMs],
    ['running', 'a millisecond before its last quarter', -quarter - 1, quarter + 1],
    ['soon', 'from its last quarter on', -quarter, quarter],
    ['soon', 'at the due instant itself', 0, 0],
    ['over', 'a millisecond later', 1, 1],
    ['over', 'and a day later', 24 * HOUR, 24 * HOUR],
  ] as const)('K-05: a clock is "%s" %s', (kind, _when, fromDue, ms) => {
    expect(clockState(due, later(due.at, fromDue))).toEqual({ kind, ms });
  });

  it('K-05: a clock only ever goes from running to soon to over', () => {
    const stages = ['running', 'soon', 'over'];
    always(
      fc.property(anyContact, anyInstant, fc.nat(), (contact, now, ms) => {
        const [first, then] = [clockState(contact.due, now), clockState(contact.due, later(now, ms))];
        expect(stages.indexOf(then.kind)).toBeGreaterThanOrEqual(stages.indexOf(first.kind));
      }),
    );
  });
});

describe('the policy that ships', () => {
  it('K-06: it has a version, an owner and a date of review that lies after the version', () => {
    const { version, owner, review } = policyFile;
    expect({ version, owner, review }).toEqual({
      version: expect.stringMatching(/^service-levels-\d{4}-\d{2}-\d+$/),
      owner: expect.stringMatching(/\S/),
      review: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
    expect(review > version.slice('service-levels-'.length)).toBe(true);
  });

  it('K-06: it has a target and an allowance for every class, and for no other', () => {
    const classes = [...serviceClasses].sort();
    expect([Object.keys(policyFile.targetMs).sort(), Object.keys(policyFile.allowanceMs).sort()]).toEqual([
      classes,
      classes,
    ]);
  });
});
