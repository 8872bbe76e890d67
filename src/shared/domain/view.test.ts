import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyAct, anyActor, anyContact, historyPolicy } from '../../../tests/harness/arbitraries.ts';
import {
  aClosing,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  aRationale,
  carryOut,
  testStart,
} from '../../../tests/harness/builders.ts';
import { loggedContact } from './arrival.ts';
import type { Act } from './command.ts';
import { summaryOf, type Contact } from './contact.ts';
import { asCommandId, asContactId, asFence, asHandlerId } from './ids.ts';
import { later } from './time.ts';
import { emptyEntry } from './triage/entry.ts';
import { assume, rowOf, view, type Undecided } from './view.ts';

const me = anActor({ deskNumber: 1 });
const other = anActor({ deskNumber: 2 });
const policy = aPolicy();
const keptAt = later(testStart, 30_000);
const mine = aContact({ ownership: { kind: 'owned', by: me, since: testStart }, fence: asFence(2), rev: 5 });

/** The `n`th command given on this desk, on sight of `on`. */
const undecided = (n: number, act: Act, on: Contact = mine): Undecided => ({
  command: aCommand({ on, act, id: asCommandId(anId(n)) }),
  keptAt,
});

const anyUndecided = (on: Contact): fc.Arbitrary<Undecided[]> =>
  fc
    .array(
      fc.tuple(anyAct, fc.integer({ min: 0, max: 2 })).map(([act, lag]) => ({ act, lag })),
      { maxLength: 8 },
    )
    .map((wishes) =>
      wishes.map(({ act, lag }, index) => {
        const { command } = undecided(index + 1, act, on);
        return { command: { ...command, fence: asFence(Math.max(0, on.fence - lag)) }, keptAt };
      }),
    );

const anyFold = anyContact.chain((base) => fc.tuple(fc.constant(base), anyUndecided(base), anyActor));

describe('what the handler sees', () => {
  it('X-04: with nothing undecided it is the copy itself', () => {
    always(
      fc.property(anyContact, anyActor, (base, by) => {
        expect(view(base, [], by, policy)).toEqual({ contact: base, pending: [], keptHere: new Set() });
      }),
    );
  });

  it('X-05: ownership, fence, band and revision are the queue’s, whatever this desk has asked for', () => {
    always(
      fc.property(anyFold, ([base, asked, by]) => {
        const { ownership, fence, band, bandSince, rev, closing } = view(base, asked, by, policy).contact;
        expect({ ownership, fence, band, bandSince, rev, closing }).toEqual({
          ownership: base.ownership,
          fence: base.fence,
          band: base.band,
          bandSince: base.bandSince,
          rev: base.rev,
          closing: base.closing,
        });
      }),
    );
  });

  it('X-05: a claim is marked as asked for and never shown as won', () => {
    const waiting = aContact({ channel: '999-voice' });
    const { contact, pending, keptHere } = view(
      waiting,
      [undecided(1, { kind: 'claim' }, waiting)],
      me,
      policy,
    );
    expect({ contact, pending, keptHere }).toEqual({
      contact: waiting,
      pending: [{ id: anId(1), kind: 'claim', keptAt, doubt: null }],
      keptHere: new Set(),
    });
  });

  it('X-04: undecided grades and notes are folded in the order they were given', () => {
    const asked = [
      undecided(1, { kind: 'grade', grade: 'G4', reason: 'first thought' }),
      undecided(2, { kind: 'note', text: 'She has called back', happenedAt: null }),
      undecided(3, { kind: 'grade', grade: 'G1', reason: 'he is at the door' }),
      undecided(4, { kind: 'note', text: 'Line open, shouting heard', happenedAt: null }),
    ];
    const seen = view(mine, asked, me, policy);
    expect({
      grade: seen.contact.grade,
      gradings: seen.contact.gradings.map(({ grade }) => grade),
      notes: seen.contact.notes.map(({ text }) => text),
      pending: seen.pending.map(({ id, kind, doubt }) => [id, kind, doubt]),
      keptHere: [...seen.keptHere],
    }).toEqual({
      grade: 'G1',
      gradings: ['G4', 'G1'],
      notes: ['She has called back', 'Line open, shouting heard'],
      pending: [
        [anId(1), 'grade', null],
        [anId(2), 'note', null],
        [anId(3), 'grade', null],
        [anId(4), 'note', null],
      ],
      keptHere: [1, 2, 3, 4].map(anId),
    });
  });

  it('X-04: commands on other contacts, and readings, leave no mark on this one', () => {
    const elsewhere = aContact({ id: asContactId(anId(99)) });
    const asked = [
      undecided(1, { kind: 'note', text: 'of another call', happenedAt: null }, elsewhere),
      undecided(2, { kind: 'consult' }),
    ];
    expect(view(mine, asked, me, policy)).toEqual({ contact: mine, pending: [], keptHere: new Set() });
  });

  it('X-04: folding changes neither the copy nor the commands, so it can be made again', () => {
    always(
      fc.property(anyFold, ([base, asked, by]) => {
        const before = structuredClone({ base, asked });
        const first = view(base, asked, by, policy);
        expect(view(base, asked, by, policy)).toEqual(first);
        expect({ base, asked }).toEqual(before);
      }),
    );
  });

  it('X-07: everything asked for here is pending until the queue has said so', () => {
    always(
      fc.property(anyFold, ([base, asked, by]) => {
        const { pending, keptHere } = view(base, asked, by, policy);
        const ids = asked
          .filter(({ command }) => command.act.kind !== 'consult')
          .map(({ command }) => command.id);
        expect(pending.map(({ id }) => id)).toEqual(ids);
        expect(ids).toEqual(expect.arrayContaining([...keptHere]));
      }),
    );
  });
});

describe('what the desk assumes while the queue has not answered', () => {
  it.each([
    ['only the targets', policy],
    ['all that the queue has', historyPolicy],
  ])(
    'X-04: with %s at hand it is the contact as the queue would leave it, if nothing else happened',
    (_what, at) => {
      always(
        fc.property(anyFold, ([base, asked, by]) => {
          const atQueue = asked.reduce(
            (contact, { command }) =>
              carryOut(contact, command, { by: { ...by, handler: command.by }, at: keptAt, policy: at })
                .contact,
            base,
          );
          expect(assume(base, asked, by, at)).toEqual(atQueue);
        }),
      );
    },
  );

  it('X-05: a grade given right after a claim is not in doubt, and the contact is still shown as nobody’s', () => {
    const waiting = aContact({ channel: '101-voice' });
    const claim = undecided(1, { kind: 'claim' }, waiting);
    const claimed = assume(waiting, [claim], me, policy);
    const grade = undecided(2, { kind: 'grade', grade: 'G2', reason: 'he has been drinking' }, claimed);
    const { contact, pending } = view(waiting, [claim, grade], me, policy);
    expect([pending.map(({ kind, doubt }) => [kind, doubt]), contact.grade, contact.ownership]).toEqual([
      [
        ['claim', null],
        ['grade', null],
      ],
      'G2',
      waiting.ownership,
    ]);
  });
});

describe('when the queue answers', () => {
  /** What a handler writes, and sees at once as the queue will have it. */
  const words: readonly Act[] = [
    { kind: 'note', text: 'He has left by the back', happenedAt: null },
    { kind: 'grade', grade: 'G2', reason: 'weapon seen' },
    { kind: 'triage', entry: { ...emptyEntry, callType: 'domestic' } },
    {
      kind: 'place',
      spot: { words: 'Bridge Road, Stevenage', detail: 'flat 3', point: null, readBack: true },
    },
    { kind: 'attempt', attempt: { safe: 'yes', way: 'voice', result: 'answered', words: '' } },
    { kind: 'hear', sound: { what: 'tap', means: 'yes', words: '' } },
    { kind: 'incident', category: 'AS-NUI', provisionalRef: 'PROV-7KQ4TX' },
    { kind: 'crime', decision: { kind: 'recorded', offence: 'Burglary', offenceClass: 'CR-BDW' } },
    {
      kind: 'pass',
      passed: { to: 'Ambulance', takenBy: null, theirRef: null, stayedOn: true, pack: 'man, 60, not awake' },
    },
  ];

  it.each(words)('X-04: $kind that was folded and then received gives the same contact', (act) => {
    const asked = undecided(1, act);
    const folded = view(mine, [asked], me, policy).contact;
    const received = carryOut(mine, asked.command, { by: me, at: keptAt }).contact;
    expect(folded).toEqual({ ...received, rev: mine.rev });
    expect(folded).not.toEqual(mine);
  });

  it.each(words)(
    'X-03: $kind that has been received is shown once, while its command is in the outbox',
    (act) => {
      const asked = undecided(1, act);
      const received = carryOut(mine, asked.command, { by: me, at: later(keptAt, 700) }).contact;
      expect(view(received, [asked], me, policy)).toEqual({
        contact: received,
        pending: [],
        keptHere: new Set(),
      });
    },
  );

  it('C-29: a lower grade that waits for a second person is shown as asked, and the earlier one stands', () => {
    const start = { ...mine, grade: 'G1', flags: { ...mine.flags, vulnerable: true } } as const;
    const asked = undecided(
      1,
      { kind: 'grade', grade: 'G4', reason: 'he has left', rationale: aRationale() },
      start,
    );
    const { contact, pending } = view(start, [asked], me, historyPolicy);
    expect([contact.grade, contact.asked?.grade, contact.marks.duties, pending[0]?.doubt]).toEqual([
      'G1',
      'G4',
      ['agree', 're-thrive'],
      null,
    ]);
  });

  const taken = aContact({
    ownership: { kind: 'owned', by: other, since: testStart },
    fence: asFence(3),
    rev: 9,
  });
  it.each<[string, Act, object | null]>([
    [
      'X-05: a claim of what a colleague has by now',
      { kind: 'claim' },
      { code: 'taken', by: other, since: testStart },
    ],
    [
      'C-06: a grade under a fence that is over',
      { kind: 'grade', grade: 'G1', reason: 'x' },
      { code: 'fenced', by: other },
    ],
    ['C-06: a closing under a fence that is over', aClosing(), { code: 'fenced', by: other }],
    ['C-10: a note under a fence that is over', { kind: 'note', text: 'late words', happenedAt: null }, null],
  ])('%s stays pending, with what the queue will say to it', (_title, act, doubt) => {
    const { pending } = view(taken, [undecided(1, act, mine)], me, policy);
    expect(pending).toEqual([{ id: anId(1), kind: act.kind, keptAt, doubt }]);
  });

  it('C-10: words kept here after somebody else took the contact are shown, and shown as late', () => {
    const { contact } = view(
      taken,
      [undecided(1, { kind: 'note', text: 'late words', happenedAt: null }, mine)],
      me,
      policy,
    );
    expect(contact.notes).toEqual([
      { id: anId(1), text: 'late words', by: me, at: keptAt, happenedAt: null, late: true },
    ]);
  });

  it('C-11: the row of a view carries the summary and what is pending, and nothing personal', () => {
    const seen = view(mine, [undecided(1, { kind: 'note', text: 'words', happenedAt: null })], me, policy);
    expect(rowOf(seen)).toEqual({ summary: summaryOf(mine), pending: seen.pending });
  });
});

describe('a contact that only this desk knows', () => {
  const act = {
    kind: 'log',
    channel: '101-voice',
    receivedAt: testStart,
    title: 'Bicycle taken from the station',
    place: null,
    language: null,
    caller: { name: null, number: null, address: null },
    account: '',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    paperLog: null,
    provisionalRef: 'PROV-K7M2QX',
  } as const;
  const numbers = { id: mine.id, ref: act.provisionalRef, seq: 0, source: 'desk' };
  const provisional = { ...loggedContact(act, numbers, me, keptAt, policy), rev: 0 };
  const asked = [
    undecided(1, act, provisional),
    undecided(2, { kind: 'note', text: 'He described the lock', happenedAt: null }, provisional),
    undecided(3, aClosing(), provisional),
  ];

  it('P-03: it is marked as kept here, once, and takes what is done on it', () => {
    const { contact, pending } = view(provisional, asked, me, policy);
    expect(pending.map(({ kind, doubt }) => [kind, doubt])).toEqual([
      ['log', null],
      ['note', null],
      ['close', null],
    ]);
    expect([contact.rev, contact.ref, contact.notes.length]).toEqual([0, 'PROV-K7M2QX', 1]);
  });

  it('P-04: the queue comes to the same contact, but for number, reference and revision', () => {
    const first = { ...loggedContact(act, { ...numbers, ref: 'CON-1', seq: 41 }, me, keptAt, policy) };
    const atQueue = asked
      .slice(1)
      .reduce((contact, { command }) => carryOut(contact, command, { by: me, at: keptAt }).contact, first);
    const here = assume(provisional, asked, me, policy);
    expect({ ...here, ref: 'CON-1', seq: 41, rev: 3 }).toEqual(atQueue);
  });

  it('P-03: as soon as the queue’s own is here, its command is no longer waited for', () => {
    const received = { ...provisional, rev: 1, ref: 'CON-1' };
    expect(view(received, asked.slice(0, 1), me, policy).pending).toEqual([]);
  });
});

describe('what an earlier handler of this desk left unsent', () => {
  it('A-08: it is shown in the name of the one who wrote it', () => {
    const before = asHandlerId('4000');
    const note = undecided(1, { kind: 'note', text: 'Rang twice', happenedAt: null });
    const { contact } = view(mine, [{ ...note, command: { ...note.command, by: before } }], me, policy);
    expect(contact.notes.map(({ by }) => by)).toEqual([{ ...me, handler: before }]);
  });
});
