import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyContact } from '../../../../tests/harness/arbitraries.ts';
import { aCall, aContact, anActor, anId, aRationale, testStart } from '../../../../tests/harness/builders.ts';
import { anyWords } from '../../../../tests/harness/drawn-words.ts';
import { aLook } from '../../../../tests/harness/record-acts.ts';
import type { HandOver } from '../call.ts';
import type { Contact, Grade } from '../contact.ts';
import type { Happening } from '../event.ts';
import { asCommandId, asFence } from '../ids.ts';
import { apply } from '../lifecycle.ts';
import { later } from '../time.ts';
import { emptyEntry, type TriageEntry } from '../triage/entry.ts';
import { blankClosing } from './closing-record.ts';
import { openDuties } from './parts.ts';

const by = anActor();
const at = later(testStart, 90_000);
const happens = (contact: Contact, what: Happening): Contact =>
  apply(contact, { contact: contact.id, rev: contact.rev + 1, at, by, what });
const rings = (contact: Contact, handOver: HandOver): Contact => {
  const what = { kind: 'call', call: aCall({ handOver, answeredAt: testStart }) } as const;
  return apply(contact, { contact: contact.id, rev: contact.rev + 1, at, by: null, what });
};
const link = asCommandId(anId(0xc1));
const owned = { kind: 'owned', by, since: testStart } as const;
const testContact = aContact({ ownership: owned, fence: asFence(1) });

/** What a contact was told and what was written in it: everything but its links and what follows from them. */
const ownWords = ({ rev: _r, links: _l, due: _d, flags: _f, duties: _u, marks: _m, ...words }: Contact) =>
  words;

it('Y-07: by which versions it was decided stands with a grade, an incident, a crime, an attempt and a closing; a second person’s word brings its own', () => {
  const policies = { triage: 'triage-2026-11-6', categories: 'categories-2026-11-3' };
  const graded = {
    kind: 'graded',
    grading: link,
    grade: 'G2',
    reason: 'risk',
    due: testContact.due,
  } as const;
  const given = happens(testContact, { ...graded, rationale: null, tellCaller: false, policies });
  const asked = happens(given, {
    ...{ kind: 'grade-asked', grading: link, grade: 'G4', reason: 'calm' },
    ...{ rationale: aRationale(), policies: { triage: 'triage-of-then' } },
  });
  const agreed = happens(asked, {
    ...{ kind: 'grade-answered', grading: link, agreed: true, reason: 'read', due: testContact.due },
    policies,
  });
  const opened = happens(agreed, {
    ...{ kind: 'incident-opened', incident: link, ref: '2026-11-18/0001', provisionalRef: '' },
    ...{ category: 'PS-DOM', policies },
  });
  const crime = { kind: 'recorded', offence: 'Assault', offenceClass: 'PS-VIO' } as const;
  const recorded = happens(opened, {
    kind: 'crime-decided',
    crime: link,
    decision: crime,
    ref: null,
    policies,
  });
  const tried = { safe: 'yes', way: 'voice', result: 'no-answer', words: '' } as const;
  const rung = happens(recorded, { kind: 'tried', attempt: link, tried, policies: { markers: 'markers-1' } });
  const record = { ...blankClosing, crime };
  const ended = { kind: 'closed', outcome: 'resolved', reason: 'done', record, crimeRef: null } as const;
  const closed = happens(rung, { ...ended, closing: link, policies });
  expect(closed).toMatchObject({
    gradings: [{ policies }, { grade: 'G4', policies }],
    incident: { policies },
    attempts: [{ policies: { markers: 'markers-1' } }],
    closing: { policies },
    crime: { policies: { categories: policies.categories } },
  });
  expect([asked.asked?.policies, recorded.crime?.policies]).toEqual([{ triage: 'triage-of-then' }, policies]);
  // Nothing is claimed of what no policy decided, or was decided before it stood there.
  const before = happens(testContact, { ...graded, rationale: null, tellCaller: false });
  expect(before.gradings[0]).not.toHaveProperty('policies');
});

describe('two contacts that belong together', () => {
  const anyPair = fc.tuple(anyContact, anyContact).filter(([one, two]) => one.id !== two.id);
  const bothEnds = (child: Contact, parent: Contact, fact: string, raises: boolean) => {
    const as = 'same-incident';
    const found = raises ? ['injury'] : [];
    return {
      child: happens(child, {
        kind: 'linked',
        link,
        as,
        parent: { contact: parent.id, ref: parent.ref },
        fact,
        found,
      }),
      parent: happens(parent, {
        kind: 'joined',
        link,
        as,
        child: { contact: child.id, ref: child.ref },
        fact,
        found,
        due: raises ? parent.due : null,
      }),
    };
  };

  it('C-22: both keep all their own words and stay as open as they were', () => {
    always(
      fc.property(anyPair, anyWords, fc.boolean(), ([child, parent], fact, raises) => {
        const linked = bothEnds(child, parent, fact, raises);
        expect([ownWords(linked.child), ownWords(linked.parent)]).toEqual([
          ownWords(child),
          ownWords(parent),
        ]);
        expect([linked.child.links.at(-1), linked.parent.links.at(-1)]).toMatchObject([
          { id: link, side: 'child', other: { contact: parent.id }, fact, parted: null },
          { id: link, side: 'parent', other: { contact: child.id }, fact, parted: null },
        ]);
      }),
    );
  });

  it('C-23: parting leaves no link in force at either end, and takes nothing else away', () => {
    always(
      fc.property(anyPair, anyWords, fc.boolean(), ([child, parent], fact, raises) => {
        const linked = bothEnds(child, parent, fact, raises);
        for (const one of [linked.child, linked.parent]) {
          const parted = happens(one, { kind: 'parted', link, reason: 'another street' });
          expect(parted.links.filter((each) => each.parted === null)).toEqual([]);
          expect(parted.links).toMatchObject([
            { id: link, fact, parted: { reason: 'another street', by, at } },
          ]);
          expect({ ...parted, links: [], rev: 0 }).toEqual({ ...one, links: [], rev: 0 });
        }
      }),
    );
  });

  it('C-24, C-25: what weighs raises the parent: earlier due, to be looked at first, the risk to be looked at again', () => {
    const parent = aContact({ ownership: owned });
    const due = { ...parent.due, at: later(parent.due.at, -60_000) };
    const child = { contact: aContact({ seq: 2 }).id, ref: 'CON-20261122-000002' };
    const joined = {
      kind: 'joined',
      link,
      as: 'same-incident',
      child,
      fact: 'a knife',
      found: ['weapon'],
    } as const;
    const raised = happens(parent, { ...joined, due });
    expect([raised.due, raised.flags.lookFirst, raised.marks.duties]).toEqual([due, true, ['re-thrive']]);
    expect(raised.ownership).toEqual(parent.ownership);
    const plain = happens(parent, { ...joined, found: [], due: null });
    expect([plain.due, plain.flags.lookFirst, plain.marks.duties]).toEqual([parent.due, false, []]);
  });

  it('C-24, T-17: the duty says that the caller rang again, or that something was added where there are words for it', () => {
    const parent = aContact({ ownership: owned });
    const child = { contact: aContact({ seq: 2 }).id, ref: 'CON-20261122-000002' };
    const because = (as: 'same-caller' | 'repeat', fact: string, found: readonly string[]) =>
      happens(parent, { kind: 'joined', link, as, child, fact, found, due: parent.due }).duties[0]?.because;
    expect([
      because('same-caller', ' ', []),
      because('same-caller', 'a knife', []),
      because('same-caller', '', ['weapon']),
      because('repeat', '', []),
    ]).toEqual(['caller-rang-back', 'linked-adds-facts', 'linked-adds-facts', 'linked-adds-facts']);
  });
});

describe('duties', () => {
  const steps = [
    'lost',
    'back',
    'look',
    'lower',
    'higher',
    'ask',
    'agree',
    'refuse',
    'tell',
    'join',
  ] as const;

  /** What happens next; `null` when it cannot. */
  function next(contact: Contact, step: (typeof steps)[number]): Happening | null {
    const id = asCommandId(anId(contact.rev));
    const asking = { grading: id, grade: 'G4', reason: 'left', rationale: aRationale() } as const;
    const { due, asked } = contact;
    const child = { contact: aContact({ seq: 2 }).id, ref: 'CON-20261122-000002' };
    switch (step) {
      case 'lost':
        return { kind: 'call', call: aCall({ handOver: 'caller-dropped' }) };
      case 'back':
        return { kind: 'call', call: aCall({ handOver: 'connected' }) };
      case 'look':
        return { kind: 'triaged', triage: id, entry: aLook };
      case 'lower':
        return { kind: 'graded', ...asking, due, tellCaller: true };
      case 'higher':
        return { kind: 'graded', ...asking, grade: 'G1', rationale: null, due, tellCaller: false };
      case 'ask':
        return { kind: 'grade-asked', ...asking };
      case 'agree':
      case 'refuse': {
        const agreed = step === 'agree';
        if (asked === null) return null;
        return { kind: 'grade-answered', grading: asked.id, agreed, reason: 'x', due: agreed ? due : null };
      }
      case 'tell': {
        const open = openDuties(contact).find(({ kind }) => kind === 'tell-caller');
        return open === undefined ? null : { kind: 'discharged', duty: open.id, words: 'told her' };
      }
      case 'join':
        return { kind: 'joined', link: id, as: 'repeat', child, fact: '', found: [], due };
    }
  }

  it('C-25: none is lost: each that was ever open is open still, or was done by exactly one event', () => {
    const start = aContact({ channel: '999-voice', ownership: owned, grade: 'G1' });
    let done = 0;
    always(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30, size: 'max' }), (history) => {
        let before = start;
        for (const step of history) {
          const what = next(before, step);
          if (what === null) continue;
          const contact = what.kind === 'call' ? rings(before, what.call.handOver) : happens(before, what);
          const kept = contact.duties.slice(0, before.duties.length);
          expect(kept.map(({ id }) => id)).toEqual(before.duties.map(({ id }) => id));
          // What was done stays as it was done; what was open is open, or done by this event and nobody else.
          for (const [n, was] of before.duties.entries()) {
            if (was.done !== null) expect(kept[n]).toEqual(was);
            else if (kept[n]?.done !== null) done += 1;
          }
          const waits = openDuties(contact).some(({ kind }) => kind === 'agree');
          expect(waits).toBe(contact.asked !== null);
          before = contact;
        }
        const ids = before.duties.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
    expect(done).toBeGreaterThan(100);
  });

  it('R-17: the caller is to be told until the grade is again the one they believe; yet another level ends nothing', () => {
    const grades = (...given: readonly Grade[]) =>
      given.reduce(
        (contact, grade, n) =>
          happens(contact, {
            kind: 'graded',
            grading: asCommandId(anId(0xd0 + n)),
            grade,
            reason: `for ${grade}`,
            due: contact.due,
            rationale: null,
            tellCaller: contact.grade !== null && grade > contact.grade,
          }),
        aContact({ ownership: owned }),
      );
    const told = (...given: readonly Grade[]) =>
      grades(...given)
        .duties.filter(({ kind }) => kind === 'tell-caller')
        .map(({ believes, done }) => [believes, done?.words ?? null]);
    expect([
      told('G1', 'G3'),
      told('G1', 'G3', 'G2'),
      told('G1', 'G3', 'G5', 'G4'),
      told('G1', 'G3', 'G2', 'G1'),
      told('G2', 'G4', 'G1', 'G2'),
    ]).toEqual([[['G1', null]], [['G1', null]], [['G1', null]], [['G1', 'for G1']], [['G2', 'for G2']]]);
  });

  it('C-25: of one kind no more than one is open: one thing to do is one line on the screen', () => {
    const parent = aContact({ ownership: owned });
    const child = { contact: aContact({ seq: 2 }).id, ref: 'CON-20261122-000002' };
    const raise = (n: number) =>
      ({
        kind: 'joined',
        link: asCommandId(anId(n)),
        as: 'repeat',
        child,
        fact: '',
        found: [],
        due: parent.due,
      }) as const;
    const twice = happens(happens(parent, raise(1)), raise(2));
    expect([twice.links.length, twice.duties.map(({ id }) => id)]).toEqual([2, ['re-thrive@1']]);
    const looked = happens(twice, { kind: 'triaged', triage: asCommandId(anId(3)), entry: aLook });
    const again = happens(looked, raise(4));
    expect([looked.marks.duties, again.duties.map(({ id }) => id)]).toEqual([
      [],
      ['re-thrive@1', 're-thrive@2'],
    ]);
  });
});

describe('a line that is lost', () => {
  const emergency = (over: Partial<Contact>): Contact => aContact({ channel: '999-voice', ...over });
  const looked: Partial<Contact> = {
    triage: [{ id: asCommandId(anId(1)), entry: aLook, by, at: testStart }],
  };

  it.each<[string, Contact, string[]]>([
    ['after the risk was looked at', emergency({ ownership: owned, ...looked }), ['re-thrive']],
    ['after a grade was given', emergency({ ownership: owned, grade: 'G2' }), ['re-thrive']],
    ['before anybody looked at it', emergency({ ownership: owned }), []],
    [
      'after it was closed',
      emergency({ ownership: { kind: 'closed', by, since: testStart }, ...looked }),
      [],
    ],
  ])('C-25: %s asks for a new look only where there was one', (_when, contact, duties) => {
    expect(rings(contact, 'caller-dropped').marks.duties).toEqual(duties);
  });

  it('C-08, C-25: it must be rung back, and the same loss told twice asks once', () => {
    const lost = rings(emergency({ ownership: owned, ...looked }), 'caller-dropped');
    const looksAgain = happens(lost, { kind: 'triaged', triage: asCommandId(anId(3)), entry: aLook });
    const toldAgain = rings(looksAgain, 'caller-dropped');
    expect([lost.channelState, lost.callBackDue, toldAgain.marks.duties]).toEqual(['dropped', true, []]);
  });

  it('TE-02: each hand-over is a state of the line, and ends no duty to ring back', () => {
    const lost = rings(emergency({ ownership: owned }), 'caller-dropped');
    const states = (['connected', 'held', 'transferred', 'ended'] as const).map((handOver) => {
      const { channelState, callBackDue, call } = rings(lost, handOver);
      return [channelState, callBackDue, call?.handOver];
    });
    expect(states).toEqual([
      ['connected', true, 'connected'],
      ['connected', true, 'held'],
      ['ended', true, 'transferred'],
      ['ended', true, 'ended'],
    ]);
  });
});

describe('what changes hands, and who says not to come', () => {
  const looked = aContact({ ownership: owned, grade: 'G1' });
  const because = (contact: Contact) => openDuties(contact).map((duty) => [duty.kind, duty.because]);
  const look = (n: number, answers: TriageEntry['answers']): Happening => ({
    kind: 'triaged',
    triage: asCommandId(anId(n)),
    entry: { ...emptyEntry, answers },
  });

  it('T-17: given back after its risk was looked at, it is to be looked at again by whoever has it next, until they have', () => {
    const released = happens(looked, { kind: 'released' });
    expect(because(released)).toEqual([['re-thrive', 'shift-change']]);
    expect(released.marks.duties).toEqual(['re-thrive']);
    const taken = happens(released, { kind: 'claimed', fence: asFence(released.fence + 1) });
    expect(because(taken)).toEqual([['re-thrive', 'shift-change']]);
    expect(because(happens(taken, look(1, { hurt: { kind: 'no' } })))).toEqual([]);
    const freed = happens(looked, { kind: 'freed', fence: asFence(looked.fence + 1), reason: 'gone home' });
    expect(because(freed)).toEqual([['re-thrive', 'shift-change']]);
  });

  it('T-17: a chat that is lost or left is to be looked at again, and so is one whose person is back; so is a call that comes in once more', () => {
    const line = (contact: Contact, state: Contact['channelState']): Contact =>
      apply(contact, {
        contact: contact.id,
        rev: contact.rev + 1,
        at,
        by: null,
        what: { kind: 'line', state },
      });
    const chat = (state: Contact['channelState']) => ({ ...looked, channelState: state });
    expect([
      because(line(chat('active'), 'dropped')),
      because(line(chat('active'), 'left-by-exit')),
      because(line(chat('left-by-exit'), 'dropped')),
      because(line(chat('left-by-exit'), 'active')),
      because(line(chat('active'), 'ended')),
      because(line({ ...chat('active'), grade: null }, 'dropped')),
    ]).toEqual([
      [['re-thrive', 'line-dropped']],
      [['re-thrive', 'line-dropped']],
      [],
      [['re-thrive', 'caller-rang-back']],
      [],
      [],
    ]);
    const ended = aCall({ handOver: 'connected', answeredAt: testStart, endedAt: later(testStart, 1_000) });
    expect(because(rings({ ...looked, call: ended }, 'offered'))).toEqual([
      ['re-thrive', 'caller-rang-back'],
    ]);
  });

  it('T-17: what nobody has looked at yet has nothing to look at again', () => {
    expect(because(happens(aContact({ ownership: owned }), { kind: 'released' }))).toEqual([]);
  });

  it('T-17: the first “do not come” opens the duty in the very look that says it; the next look settles it', () => {
    const said = happens(looked, look(1, { 'do-not-come': { kind: 'yes' } }));
    expect(because(said)).toEqual([['re-thrive', 'do-not-come']]);
    const asked = happens(said, look(2, { 'do-not-come': { kind: 'yes' }, 'talk-freely': { kind: 'yes' } }));
    expect(because(asked)).toEqual([]);
    expect(because(happens(looked, look(3, { 'do-not-come': { kind: 'no' } })))).toEqual([]);
  });
});
