import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { anyWords } from '../../../../tests/harness/drawn-words.ts';
import {
  shippedLinking,
  shippedMarkerKinds,
  shippedRiskWords,
} from '../../../../tests/harness/assist-data.ts';
import { shippedCategories } from '../../../../tests/harness/record-policy.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { aLook, linking, recordActs } from '../../../../tests/harness/record-acts.ts';
import { compileLinking } from '../assist/link-traits.ts';
import { compileRiskWords } from '../assist/risk-words.ts';
import { NOTE_LIMIT, REASON_LIMIT, type Act } from '../command.ts';
import type { Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { asCommandId, asContactId, asFence, type CommandId } from '../ids.ts';
import { apply } from '../lifecycle.ts';
import { later } from '../time.ts';
import { emptyEntry, ENTRY_LIMIT } from '../triage/entry.ts';
import { emptyMethane, METHANE_LIMIT, type MethaneReport } from '../triage/major-incident.ts';
import { counterActOf } from '../undo.ts';
import { standingAttempts, type MarkerOnRecord, type Passed, type TriedCallBack } from './parts.ts';

const mine = anActor();
const at = later(testStart, 90_000);
const owned = aContact({
  channel: '999-dropped',
  ownership: { kind: 'owned', by: mine, since: testStart },
  fence: asFence(1),
});
const whole: DecisionPolicy = {
  ...aPolicy(),
  categories: shippedCategories(),
  markerKinds: shippedMarkerKinds(),
};

const after = (contact: Contact, act: Act, policy: DecisionPolicy = whole): Contact =>
  carryOut(contact, aCommand({ on: contact, act }), { by: mine, at, policy }).contact;
const answer = (contact: Contact, act: Act, policy: DecisionPolicy = whole) => {
  const { decision } = carryOut(contact, aCommand({ on: contact, act }), { by: mine, at, policy });
  return decision.kind === 'refused' ? decision.refusal : (decision.what?.kind ?? null);
};

describe('ringing back', () => {
  const tried = (over: Partial<TriedCallBack>): Act => ({
    kind: 'attempt',
    attempt: { safe: 'yes', way: 'voice', result: 'no-answer', words: '', ...over },
  });

  it('C-20, C-08: only an answer ends the duty to ring back; every attempt stays on the record', () => {
    const once = after(owned, tried({}));
    const twice = after(once, tried({ way: 'text', result: 'answered' }));
    expect([once.callBackDue, twice.callBackDue, twice.attempts.map(({ result }) => result)]).toEqual([
      true,
      false,
      ['no-answer', 'answered'],
    ]);
  });

  it.each<[string, Partial<TriedCallBack>, object | string]>([
    [
      'by voice where it is not safe',
      { safe: 'no', words: 'he is there' },
      { code: 'not-whole', field: 'safe' },
    ],
    ['by text where it is not safe', { safe: 'no', way: 'text', words: 'her code word' }, 'tried'],
    [
      'not at all, without a word of why',
      { way: 'none', result: 'not-rung', words: ' ' },
      { code: 'text-missing' },
    ],
    ['without a word where nobody knows if it is safe', { safe: 'not-known' }, { code: 'text-missing' }],
    ['where nobody knows, with the reason', { safe: 'not-known', words: 'no answer on the third' }, 'tried'],
    [
      'with an answer, by no way',
      { way: 'none', result: 'answered' },
      { code: 'not-whole', field: 'result' },
    ],
    ['not at all, by voice', { result: 'not-rung' }, { code: 'not-whole', field: 'result' }],
    [
      'not at all, by no way, with the reason',
      { safe: 'no', way: 'none', result: 'not-rung', words: 'x' },
      'tried',
    ],
  ])('C-20: rung %s', (_what, over, expected) => {
    expect(answer(owned, tried(over))).toEqual(expected);
  });
});

describe('ringing back where a marker says that a bell may hurt', () => {
  const marked = (kind: string): Contact => {
    const marker: MarkerOnRecord = {
      id: 'MK-0101',
      kind,
      concerns: 'Former partner',
      source: 'Case conference of 3 September',
      setAt: '2026-09-03',
      reviewBy: '2027-09-03',
      owner: 'Head of Public Protection',
      note: '',
      matchedBy: ['same-number'],
    };
    return { ...owned, markers: [marker] };
  };
  const rung = (over: Partial<TriedCallBack> = {}): Act => ({
    kind: 'attempt',
    attempt: { safe: 'yes', way: 'voice', result: 'no-answer', words: ' ', ...over },
  });

  it.each(['high-risk-domestic-abuse', 'stalking', 'honour-based', 'modern-slavery'])(
    'C-20: with a marker of %s nobody rings aloud as safe without saying why it is',
    (kind) => {
      expect([
        answer(marked(kind), rung()),
        answer(marked(kind), rung({ words: 'She asked for it, he is in custody' })),
        answer(marked(kind), rung({ way: 'text' })),
      ]).toEqual([{ code: 'text-missing' }, 'tried', 'tried']);
    },
  );

  it('C-20: any other marker asks for no words where it is safe; the kinds that do say so in their policy', () => {
    const kinds = shippedMarkerKinds().kinds.map(({ id }) => id);
    expect(kinds.filter((kind) => answer(marked(kind), rung()) !== 'tried')).toEqual([
      'high-risk-domestic-abuse',
      'treat-as-urgent',
      'domestic-abuse',
      'stalking',
      'honour-based',
      'modern-slavery',
    ]);
  });
});

describe('on the line and on the ground', () => {
  it('T-23: danger that is heard after the risk was looked at asks for another look, by the words of the queue', () => {
    const facts = {
      riskWords: compileRiskWords(shippedRiskWords()),
      linking: compileLinking(shippedLinking()),
    };
    const looked = after(owned, { kind: 'triage', entry: aLook });
    const hear = (words: string): Act => ({ kind: 'hear', sound: { what: 'voice', means: null, words } });
    const duties = (contact: Contact, words: string, policy: DecisionPolicy) =>
      after(contact, hear(words), policy).duties.map(({ kind, because }) => [kind, because]);
    const queue = { ...whole, facts };
    expect([
      duties(looked, 'a woman: “he has a knife”', queue),
      duties(looked, 'a television', queue),
      duties(owned, 'a woman: “he has a knife”', queue),
      duties(looked, 'a woman: “he has a knife”', whole),
    ]).toEqual([[['re-thrive', 'risk-words']], [], [], []]);
    const again = after(after(looked, hear('he has a knife'), queue), { kind: 'triage', entry: aLook });
    expect(again.marks.duties).toEqual([]);
  });

  it('C-21: what is heard on a silent line joins what was heard before', () => {
    const once = after(owned, recordActs.hear);
    const twice = after(once, { kind: 'hear', sound: { what: 'voice', means: null, words: 'a man' } });
    expect(twice.heard.map(({ what, means }) => [what, means])).toEqual([
      ['tap', 'yes'],
      ['voice', null],
    ]);
  });

  it('C-16: a place agreed with the caller is the place of the row from then on, and no machine changes it', () => {
    const agreed = after(owned, recordActs.place);
    const location = {
      method: 'aml',
      latitude: 51.75,
      longitude: -0.47,
      radiusMetres: 12,
      place: 'Another Street, Ware',
      at: later(testStart, 99_000),
    } as const;
    const what = { kind: 'located', location } as const;
    const told = apply(agreed, { contact: agreed.id, rev: agreed.rev + 1, at, by: null, what });
    expect([agreed.place, told.place, told.locations.length, told.spots.length]).toEqual([
      'Bridge Road, Stevenage',
      'Bridge Road, Stevenage',
      1,
      1,
    ]);
  });

  it('C-31: each look at the risk stands beside the one before, and one that does not fit is refused', () => {
    const twice = after(after(owned, recordActs.triage), {
      kind: 'triage',
      entry: { ...emptyEntry, callType: 'domestic' },
    });
    expect(twice.triage.map(({ entry }) => entry.callType)).toEqual([null, 'domestic']);
    const recommended = { grade: 'G1', because: ['x'.repeat(ENTRY_LIMIT)] } as const;
    expect(answer(owned, { kind: 'triage', entry: { ...emptyEntry, recommended } })).toMatchObject({
      code: 'text-too-long',
      limit: ENTRY_LIMIT,
    });
  });
});

describe('linking', () => {
  it('C-22: a contact is linked once to another, and never to itself', () => {
    const linked = after(owned, recordActs.link);
    expect([
      answer(linked, recordActs.link),
      answer(owned, { kind: 'link', to: owned.id, as: 'repeat', fact: '' }),
    ]).toEqual([{ code: 'linked-already' }, { code: 'linked-already' }]);
  });

  it('C-22: to a third, or to the same one after they were parted, it may be', () => {
    const linked = after(owned, recordActs.link);
    const [link] = linked.links;
    const parted = after(linked, { kind: 'part', link: link?.id ?? linking, reason: 'another street' });
    const third: Act = { kind: 'link', to: asContactId(anId(78)), as: 'same-caller', fact: '' };
    expect([answer(linked, third), answer(parted, recordActs.link)]).toEqual(['linked', 'linked']);
  });

  it('C-23: only a link that is in force is parted', () => {
    const linked = after(owned, recordActs.link);
    const part: Act = { kind: 'part', link: linked.links[0]?.id ?? linking, reason: 'another street' };
    expect([answer(owned, part), answer(linked, part), answer(after(linked, part), part)]).toEqual([
      { code: 'not-linked' },
      'parted',
      { code: 'not-linked' },
    ]);
  });
});

describe('linking, however often and in whatever order', () => {
  const kinds = ['same-incident', 'same-caller', 'repeat', 'major-incident'] as const;
  const anyStep = fc.oneof(
    fc.record({
      kind: fc.constant('link' as const),
      to: fc.integer({ min: 71, max: 74 }),
      as: fc.constantFrom(...kinds),
      fact: anyWords,
    }),
    fc.record({ kind: fc.constant('part' as const), at: fc.nat({ max: 7 }) }),
  );
  const inForce = ({ links }: Contact) => links.filter(({ parted }) => parted === null);
  const own = ({ account, title, place, messages, notes, ownership, grade, band, due }: Contact) => ({
    ...{ account, title, place, messages, notes, ownership, grade, band, due },
  });
  let n = 0;
  const give = (contact: Contact, act: Act) => {
    const command = aCommand({ on: contact, act, id: asCommandId(anId(0xd000 + (n += 1))) });
    return carryOut(contact, command, { by: mine, at, policy: whole });
  };

  it('C-22, C-23: nothing of a contact is hidden by its links, each can be taken back, and all that was linked stays told', () => {
    always(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        const linked = steps.reduce<Contact>((contact, step) => {
          if (step.kind === 'link') return give(contact, { ...step, to: asContactId(anId(step.to)) }).contact;
          const link = contact.links[step.at]?.id ?? linking;
          return give(contact, { kind: 'part', link, reason: 'another street' }).contact;
        }, owned);
        expect(own(linked)).toEqual(own(owned));
        expect(new Set(inForce(linked).map(({ other }) => other.contact)).size).toBe(inForce(linked).length);
        const free = inForce(linked).reduce<Contact>((contact, { id }) => {
          const { decision, contact: next } = give(contact, { kind: 'part', link: id, reason: 'taken back' });
          expect(decision.kind === 'refused' ? decision.refusal : decision.what?.kind).toBe('parted');
          return next;
        }, linked);
        expect([inForce(free), free.links.length, own(free)]).toEqual([[], linked.links.length, own(owned)]);
      }),
    );
  });
});

describe('duties', () => {
  const withDuty = (kind: 'tell-caller' | 're-thrive' | 'agree'): Contact => ({
    ...owned,
    duties: [{ id: `${kind}@6`, kind, because: 'downgrade', since: testStart, done: null }],
  });
  const done = (duty: string): Act => ({ kind: 'discharge', duty, words: 'told her' });

  it('C-25: only telling the caller is said to be done; a new look and a second person’s word are done by doing them', () => {
    expect(
      (['tell-caller', 're-thrive', 'agree'] as const).map((kind) =>
        answer(withDuty(kind), done(`${kind}@6`)),
      ),
    ).toEqual(['discharged', { code: 'no-such-duty' }, { code: 'no-such-duty' }]);
  });

  it('C-25: a duty that is done, or was never there, is not done again', () => {
    const told = after(withDuty('tell-caller'), done('tell-caller@6'));
    expect([answer(told, done('tell-caller@6')), answer(owned, done('tell-caller@6'))]).toEqual([
      { code: 'no-such-duty' },
      { code: 'no-such-duty' },
    ]);
    expect(told.duties[0]?.done).toEqual({ by: mine, at, words: 'told her' });
  });

  it('C-25: a new look at the risk is what a changed risk asked for', () => {
    const looked = after(withDuty('re-thrive'), recordActs.triage);
    expect([looked.marks.duties, looked.duties[0]?.done?.by]).toEqual([[], mine]);
  });
});

describe('numbers and decisions', () => {
  it('C-26: an incident is opened once, and without its number until the queue has given it', () => {
    const opened = after(owned, recordActs.incident);
    expect([opened.incident?.ref, opened.incident?.provisionalRef, opened.marks.isr]).toEqual([
      null,
      'PROV-K7M2QX',
      null,
    ]);
    expect(answer(opened, recordActs.incident)).toEqual({ code: 'incident-open', ref: 'PROV-K7M2QX' });
    const numbered = {
      ...opened,
      incident: opened.incident && { ...opened.incident, ref: '2026-11-22/0412' },
    };
    expect(answer(numbered, recordActs.incident)).toEqual({ code: 'incident-open', ref: '2026-11-22/0412' });
  });

  it('C-26: no incident is opened without its category', () => {
    expect(answer(owned, { kind: 'incident', category: ' ', provisionalRef: 'PROV-K7M2QX' })).toEqual({
      code: 'text-missing',
    });
  });

  it('C-27: a decision about a crime is whole or it is refused, and a later one takes its place', () => {
    const half: Act = {
      kind: 'crime',
      decision: { kind: 'not-a-crime', because: 'nobody-knows', words: '' },
    };
    expect(answer(owned, half)).toEqual({ code: 'not-whole', field: 'decision' });
    const recorded = after(owned, recordActs.crime);
    const elsewhere: Act = {
      kind: 'crime',
      decision: { kind: 'elsewhere', force: 'Bedfordshire', theirRef: null },
    };
    expect([recorded.marks.crimeDueAt, after(recorded, elsewhere).crime?.decision.kind]).toEqual([
      null,
      'elsewhere',
    ]);
  });

  it('C-27: a number once given stays with the contact, whatever is decided after it', () => {
    const recorded = after(owned, recordActs.crime);
    const numbered = { ...recorded, crime: recorded.crime && { ...recorded.crime, ref: '41/895/26' } };
    expect(after(numbered, { kind: 'crime', decision: { kind: 'not-yet' } }).crime?.ref).toBe('41/895/26');
  });

  it('C-27: without the categories a desk lets it through, and the queue looks at it again', () => {
    const half: Act = { kind: 'crime', decision: { kind: 'recorded', offence: '', offenceClass: null } };
    expect(answer(owned, half, aPolicy())).toBe('crime-decided');
  });

  it.each<[string, Partial<Passed>, object | string]>([
    ['to nobody', { to: ' ' }, { code: 'text-missing' }],
    ['without a word', { pack: '' }, { code: 'text-missing' }],
    [
      'with more than fits',
      { pack: 'x'.repeat(NOTE_LIMIT + 1) },
      { code: 'text-too-long', limit: NOTE_LIMIT, length: NOTE_LIMIT + 1 },
    ],
    ['before anybody has taken it', { takenBy: null, theirRef: null }, 'passed-on'],
  ])('C-28: passed on %s', (_what, over, expected) => {
    const { passed } = recordActs.pass as Extract<Act, { kind: 'pass' }>;
    expect(answer(owned, { kind: 'pass', passed: { ...passed, ...over } })).toEqual(expected);
  });
});

describe('a major incident', () => {
  const { name, report } = recordActs.major as Extract<Act, { kind: 'major' }>;
  const declared = (over: Partial<MethaneReport>): Act => ({
    kind: 'major',
    name,
    report: { ...report, ...over },
  });

  it('C-30: is declared with where and what, the rest follows', () => {
    expect([
      answer(owned, { kind: 'major', name, report: emptyMethane }),
      answer(owned, declared({ exact: ' ' })),
      answer(owned, declared({ hazards: 'x'.repeat(METHANE_LIMIT + 1) })),
      answer(owned, { kind: 'major', name: '', report }),
      answer(owned, declared({})),
    ]).toEqual([
      { code: 'not-whole', field: 'major' },
      { code: 'not-whole', field: 'exact' },
      { code: 'text-too-long', limit: METHANE_LIMIT, length: METHANE_LIMIT + 1 },
      { code: 'text-missing' },
      'major-declared',
    ]);
  });

  it('C-30: whoever sees it may declare it on what waits; what somebody has, only they', () => {
    const waiting = aContact();
    const others = {
      ...owned,
      ownership: { kind: 'owned', by: anActor({ deskNumber: 2 }), since: testStart },
    } as const;
    expect([answer(waiting, declared({})), answer(others, declared({}))]).toEqual([
      'major-declared',
      { code: 'not-yours' },
    ]);
  });

  it('C-30: stands until it is stood down with a reason, and then no second time', () => {
    const on = after(owned, declared({}));
    const end: Act = { kind: 'stand-down', reason: 'all accounted for', major: on.major?.id };
    const over = after(on, end);
    expect([on.marks.major, over.marks.major, over.major?.stoodDown?.reason]).toEqual([
      'Coach on the A1(M)',
      null,
      'all accounted for',
    ]);
    expect([
      answer(on, { kind: 'stand-down', reason: '' }),
      answer(owned, recordActs['stand-down']),
      answer(over, end),
    ]).toEqual([{ code: 'text-missing' }, { code: 'no-major-incident' }, { code: 'no-major-incident' }]);
  });
});

describe('whatever is asked', () => {
  it('C-06: words that do not fit are refused in every act that has some', () => {
    const tooLong = 'x'.repeat(REASON_LIMIT + 1);
    const { spot } = recordActs.place as Extract<Act, { kind: 'place' }>;
    const long: readonly Act[] = [
      { kind: 'place', spot: { ...spot, words: tooLong } },
      { kind: 'place', spot: { ...spot, detail: tooLong } },
      { kind: 'hear', sound: { what: 'noise', means: null, words: tooLong } },
      { kind: 'link', to: asContactId(anId(77)), as: 'repeat', fact: tooLong },
    ];
    for (const act of long)
      expect(answer(owned, act)).toMatchObject({ code: 'text-too-long', limit: REASON_LIMIT });
  });
});

describe('what is put right, replaced, ended or said late', () => {
  const id = (n: number) => asCommandId(anId(0xc0000 + n));
  const act = (contact: Contact, n: number, given: Act, by = mine) =>
    carryOut(contact, aCommand({ on: contact, act: given, id: id(n) }), { by, at, policy: whole });
  const rung = (result: TriedCallBack['result'], words = ''): TriedCallBack => ({
    safe: 'yes',
    way: result === 'not-rung' ? 'none' : 'voice',
    result,
    words,
  });

  it('C-20: an answer by a slip is put right by naming it, and ringing back is due again', () => {
    const slip = act(owned, 1, { kind: 'attempt', attempt: rung('answered') }).contact;
    const another = act(slip, 2, { kind: 'attempt', attempt: rung('no-answer') }).contact;
    const right: Act = { kind: 'attempt', attempt: rung('no-answer', 'nobody was there'), corrects: id(1) };
    const corrected = act(slip, 3, right).contact;
    expect([slip.callBackDue, another.callBackDue, corrected.callBackDue]).toEqual([false, false, true]);
    expect(standingAttempts(corrected.attempts).map((each) => each.id)).toEqual([id(3)]);
    expect(act(corrected, 4, right).decision).toMatchObject({ refusal: { field: 'corrects' } });
    expect(act(owned, 5, right).decision).toMatchObject({ refusal: { field: 'corrects' } });
  });

  it('C-20, X-10: taken back at once it was no attempt at all', () => {
    const given: Act = { kind: 'attempt', attempt: rung('answered') };
    const slip = act(owned, 1, given).contact;
    const counter = counterActOf(owned, given, id(1));
    const back = act(slip, 2, counter ?? given).contact;
    expect([back.callBackDue, standingAttempts(back.attempts)]).toEqual([true, []]);
  });

  const declare = (name: string, replaces?: CommandId): Act => ({
    ...(recordActs.major as Extract<Act, { kind: 'major' }>),
    name,
    ...(replaces === undefined ? {} : { replaces }),
  });
  const other = anActor({ deskNumber: 2 });
  const waiting = aContact({ channel: '999-voice' });

  it('C-30: two desks that declare do not overwrite each other, and every version stays', () => {
    const first = act(waiting, 1, declare('Tanker')).contact;
    expect(act(first, 2, declare('Crash'), other).decision).toMatchObject({
      refusal: { code: 'major-changed', name: 'Tanker', by: mine },
    });
    const more = act(first, 3, declare('Tanker, leaking', id(1)), other).contact;
    expect([more.major?.name, more.earlierMajors.map(({ name }) => name)]).toEqual([
      'Tanker, leaking',
      ['Tanker'],
    ]);
  });

  it('C-30: a stand-down ends the version that was read, and none that came later', () => {
    const first = act(waiting, 1, declare('Tanker')).contact;
    const over: Act = { kind: 'stand-down', reason: 'over', major: id(1) };
    const again = act(act(first, 2, over).contact, 3, declare('Second explosion')).contact;
    expect(act(again, 4, over).decision).toMatchObject({ refusal: { code: 'major-changed' } });
    expect(act(again, 5, { kind: 'stand-down', reason: 'over' }).decision.kind).toBe('refused');
    expect(act(again, 6, { ...over, major: id(3) }).contact.marks.major).toBeNull();
  });

  it('C-10: what was heard, tried, seen or passed on and comes late is kept, and nothing follows from it', () => {
    const freed = {
      ...owned,
      fence: asFence(7),
      ownership: { kind: 'owned', by: other, since: at },
    } as const;
    const late: readonly Act[] = [
      { kind: 'hear', sound: { what: 'tap', means: 'yes', words: 'he is in the room' } },
      { kind: 'attempt', attempt: rung('answered') },
      { kind: 'triage', entry: emptyEntry },
      recordActs.pass,
    ];
    for (const [n, given] of late.entries()) {
      const command = aCommand({ on: freed, act: given, id: id(n), fence: asFence(1) });
      const { contact, decision } = carryOut(freed, command, { by: mine, at, policy: whole });
      expect(decision).toMatchObject({ what: { kind: 'contributed' } });
      expect(contact).toEqual({
        ...freed,
        rev: freed.rev + 1,
        late: [{ id: id(n), said: given, by: mine, at }],
      });
    }
  });
});
