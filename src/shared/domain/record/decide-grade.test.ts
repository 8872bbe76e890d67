import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  always,
  anyHistory,
  historyPolicy as policy,
  turnsOf,
} from '../../../../tests/harness/arbitraries.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  aRationale,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { REASON_LIMIT, type Act } from '../command.ts';
import type { Contact, Grade } from '../contact.ts';
import { asCommandId, asFence, type CommandId } from '../ids.ts';
import { HOUR, later, MINUTE, type Instant } from '../time.ts';
import type { PlanOnRecord } from './parts.ts';
import { emptyEntry } from '../triage/entry.ts';
import { emptyRationale, RATIONALE_PART_LIMIT, type Rationale } from '../triage/rationale.ts';
import { view } from '../view.ts';
import { undercutFloor } from './floor-agreement.ts';

const mine = anActor({ deskNumber: 1 });
const second = anActor({ deskNumber: 2 });
const at = later(testStart, 90_000);

const graded = (grade: Grade | null, over: Partial<Contact> = {}): Contact =>
  aContact({
    grade,
    ownership: { kind: 'owned', by: mine, since: testStart },
    fence: asFence(1),
    ...over,
  });
const vulnerable = { vulnerable: true, repeat: false, lookFirst: false };
const withFirearm: Partial<Contact> = {
  triage: [
    {
      id: asCommandId(anId(0xaa)),
      entry: { ...emptyEntry, answers: { 'weapon-kind': { kind: 'choice', ids: ['firearm'] } } },
      by: mine,
      at: testStart,
    },
  ],
};
const grade = (
  to: Grade | null,
  over: { readonly rationale?: Rationale; readonly undoes?: CommandId } = {},
): Act => ({ kind: 'grade', grade: to, reason: 'as things stand now', ...over });
/** The command that `give` gives as number `n`. */
const nth = (n: number): CommandId => asCommandId(anId(0xc0000 + n));
const give = (
  contact: Contact,
  act: Act,
  over: { readonly by?: typeof mine; readonly n?: number; readonly at?: Instant } = {},
) => {
  const command = aCommand({ on: contact, act, id: nth(over.n ?? 1) });
  return carryOut(contact, command, { by: over.by ?? mine, at: over.at ?? at, policy });
};
const answer = (contact: Contact, act: Act, by = mine) => {
  const { decision } = give(contact, act, { by });
  return decision.kind === 'refused' ? decision.refusal : (decision.what?.kind ?? null);
};

describe('a grade', () => {
  it('T-13: is refused below what the record says could cost a life, with the reason', () => {
    const contact = graded(null, withFirearm);
    const refusal = { code: 'below-floor', floor: 'G1', because: 'A firearm was named.' };
    expect([answer(contact, grade('G2')), answer(contact, grade('G1'))]).toEqual([refusal, 'graded']);
  });

  it('T-13: below the floor, with a rationale, it waits for a team leader although it is the first', () => {
    const { contact } = give(graded(null, withFirearm), grade('G2', { rationale: aRationale() }));
    expect([contact.grade, contact.asked?.grade, contact.marks.duties]).toEqual([null, 'G2', ['agree']]);
  });

  it('T-13: without the policy a desk lets it through, and the queue looks at it again', () => {
    const contact = graded(null, withFirearm);
    const { decision } = carryOut(contact, aCommand({ on: contact, act: grade('G4') }), {
      by: mine,
      policy: aPolicy(),
    });
    expect(decision.kind).toBe('accepted');
  });

  describe('T-26: for somebody with an agreed plan', () => {
    const plan: PlanOnRecord = {
      ref: 'PL-0417',
      concerns: 'Rings when alone',
      wording: 'I have heard you.',
      allowedActions: [],
      limits: [],
      owner: 'Neighbourhood team',
      setAt: '2026-10-01',
      reviewBy: '2027-04-01',
      whatIsDifferent: 'What is different today?',
      matchedBy: ['same-number'],
    };
    const refusal = { code: 'plan-unasked', plan: 'PL-0417' };
    const looked = (different: string | null): Contact => ({
      ...graded(null, { plan }),
      triage: [{ id: nth(90), entry: { ...emptyEntry, different }, by: mine, at: testStart }],
    });
    const all: readonly (Grade | null)[] = ['G1', 'G2', 'G3', 'G4', 'G5'];

    it('a low grade waits for what is different today, G1 and G2 never do', () => {
      const answers = all.map((to) => answer(graded(null, { plan }), grade(to)));
      expect(answers).toEqual(['graded', 'graded', refusal, refusal, refusal]);
    });

    it('a look without that answer, or with one of no word, is none; “nothing” is one', () => {
      expect([null, ' ', '–', 'nothing'].map((words) => answer(looked(words), grade('G5')))).toEqual([
        refusal,
        refusal,
        refusal,
        'graded',
      ]);
    });

    it('a written rationale does not stand for it, nor is a grade taken away before it', () => {
      const low = graded('G1', { plan });
      const rationale = aRationale();
      expect([answer(low, grade('G4', { rationale })), answer(low, grade(null, { rationale }))]).toEqual([
        refusal,
        refusal,
      ]);
    });

    it('a slip is taken back all the same', () => {
      const slip = give(graded(null, { plan }), grade('G1')).contact;
      expect(give(slip, grade(null, { undoes: nth(1) }), { n: 2 }).contact.grade).toBeNull();
    });
  });

  it('C-29: a first or a higher one needs no rationale and leaves nothing to tell', () => {
    for (const [from, to] of [
      [null, 'G4'],
      ['G4', 'G1'],
      ['G2', 'G2'],
    ] as const) {
      const { contact } = give(graded(from), grade(to));
      expect([contact.grade, contact.duties, contact.gradings.at(-1)?.rationale]).toEqual([to, [], null]);
    }
  });

  it('T-19: a rationale that nobody had to write stands on a first or a higher grade too, and nobody has to be told anything', () => {
    const written = { ...emptyRationale, information: 'two earlier calls' };
    const { contact } = give(graded('G4'), grade('G1', { rationale: written }));
    expect([contact.gradings.at(-1)?.rationale, contact.duties]).toEqual([written, []]);
    const empty = give(graded(null), grade('G2', { rationale: emptyRationale })).contact;
    expect(empty.gradings.at(-1)?.rationale).toBeNull();
    const long = grade('G1', { rationale: { ...written, risk: 'x'.repeat(801) } });
    expect(answer(graded('G4'), long)).toMatchObject({ code: 'text-too-long' });
  });

  it('C-29: a lower one, and none at all, is refused without its rationale, and says what is missing', () => {
    const all = ['information', 'risk', 'policy', 'options', 'decision'];
    const half = aRationale({ options: ' ', risk: '' });
    expect([
      answer(graded('G1'), grade('G3')),
      answer(graded('G1'), grade(null)),
      answer(graded('G1'), grade('G3', { rationale: half })),
      answer(graded('G1'), grade('G3', { rationale: aRationale({ risk: 'x'.repeat(801) }) })),
    ]).toEqual([
      { code: 'rationale-missing', parts: all },
      { code: 'rationale-missing', parts: all },
      { code: 'rationale-missing', parts: ['risk', 'options'] },
      { code: 'text-too-long', limit: RATIONALE_PART_LIMIT, length: 801 },
    ]);
  });

  it('C-29, C-25: a lower one stands at once where nobody is at risk, and the caller is to be told', () => {
    const { contact } = give(graded('G2'), grade('G4', { rationale: aRationale() }));
    expect([contact.grade, contact.asked, contact.gradings.at(-1)?.rationale]).toEqual([
      'G4',
      null,
      aRationale(),
    ]);
    expect(contact.duties).toEqual([
      {
        id: 'tell-caller@1',
        kind: 'tell-caller',
        because: 'downgrade',
        since: at,
        believes: 'G2',
        done: null,
      },
      { id: 're-thrive@1', kind: 're-thrive', because: 'downgrade', since: at, done: null },
    ]);
  });

  describe('T-17: a lower one is a reason to look at the risk again', () => {
    const because = ({ duties }: Contact) =>
      duties.flatMap(({ kind, done, because: why }) => (kind === 're-thrive' ? [[why, done !== null]] : []));
    const looks = (contact: Contact, n: number, minutes: number, by = mine): Contact =>
      give(
        contact,
        { kind: 'triage', entry: { ...emptyEntry, answers: { hurt: { kind: 'no' } } } },
        { n, by, at: later(at, minutes * MINUTE) },
      ).contact;
    const lower = grade('G4', { rationale: aRationale() });
    const first = give(graded(null), grade('G2')).contact;
    const lowered = (contact: Contact, minutes: number) =>
      give(contact, lower, { n: 5, at: later(at, minutes * MINUTE) }).contact;

    it('given without a look since the grade that is lowered, and settled by the next one', () => {
      const open = lowered(first, 30);
      expect(because(open)).toEqual([['downgrade', false]]);
      expect(because(looks(open, 6, 31))).toEqual([['downgrade', true]]);
    });

    it('not for whoever has just looked: the lower one rests on that look, on no older one and on nobody else’s', () => {
      expect(because(lowered(looks(first, 4, 29), 30))).toEqual([]);
      expect(because(lowered(looks(first, 4, 15), 30))).toEqual([['downgrade', false]]);
      const others = {
        ...looks(first, 4, 29),
        triage: looks(first, 4, 29).triage.map((one) => ({ ...one, by: second })),
      };
      expect(because(lowered(others, 30))).toEqual([['downgrade', false]]);
    });

    it('asked for as well; and over when it is taken back, by whoever asked or gave it, but not when another says no', () => {
      const asked = give(graded('G2', { flags: vulnerable }), lower).contact;
      expect(because(asked)).toEqual([['downgrade', false]]);
      const taken = give(asked, grade('G2', { undoes: nth(1) }), { n: 2 }).contact;
      expect(because(taken)).toEqual([['downgrade', true]]);
      const no: Act = { kind: 'agree', grading: nth(1), agreed: false, reason: 'still there' };
      expect(because(give(asked, no, { by: second, n: 2 }).contact)).toEqual([['downgrade', false]]);
      const said = give(asked, no, { by: second, n: 2 }).contact;
      expect(because(give(said, grade('G1'), { n: 3 }).contact)).toEqual([['downgrade', true]]);
      const open = lowered(first, 30);
      const back = give(open, grade('G2', { undoes: nth(5) }), { n: 6, at: later(at, 30 * MINUTE + 5_000) });
      expect([back.contact.grade, because(back.contact)]).toEqual(['G2', [['downgrade', true]]]);
    });
  });

  it('C-29: a lower one of somebody vulnerable waits for a second person, and the earlier one stands', () => {
    const { contact } = give(graded('G1', { flags: vulnerable }), grade('G4', { rationale: aRationale() }));
    expect([contact.grade, contact.asked?.grade, contact.marks.duties]).toEqual([
      'G1',
      'G4',
      ['agree', 're-thrive'],
    ]);
    expect(contact.gradings).toHaveLength(1);
  });

  describe('T-15: the first one below the recommended', () => {
    const knife: Partial<Contact> = {
      triage: [
        {
          id: nth(91),
          entry: { ...emptyEntry, answers: { weapons: { kind: 'yes' } } },
          by: mine,
          at: testStart,
        },
      ],
    };
    const scheduled = (over: Partial<Contact>): Partial<Contact> => ({
      triage: [
        {
          id: nth(92),
          entry: {
            ...emptyEntry,
            recommended: { grade: 'G3', because: [] },
            policies: { triage: policy.triage?.version ?? '' },
          },
          by: mine,
          at: testStart,
        },
      ],
      ...over,
    });

    it('of somebody vulnerable says why and waits for a second person; the recommended one stands at once', () => {
      const contact = graded(null, { ...knife, flags: vulnerable });
      expect(answer(contact, grade('G1'))).toBe('graded');
      expect(answer(contact, grade('G2'))).toMatchObject({ code: 'rationale-missing' });
      const asked = give(contact, grade('G2', { rationale: aRationale() })).contact;
      expect([asked.grade, asked.asked?.grade, asked.marks.duties]).toEqual([null, 'G2', ['agree']]);
      const raised = give(asked, grade('G1'), { n: 2 }).contact;
      expect([raised.grade, raised.asked, raised.marks.duties]).toEqual(['G1', null, []]);
    });

    it('of anybody else stands with its reason', () => {
      expect(answer(graded(null, knife), grade('G2'))).toBe('graded');
    });

    it('counts a low recommendation of the last look only by the policy in force', () => {
      const contact = graded(null, scheduled({ flags: vulnerable }));
      expect(answer(contact, grade('G3'))).toBe('graded');
      expect(answer(contact, grade('G4'))).toMatchObject({ code: 'rationale-missing' });
      const older = contact.triage.map((look) => ({
        ...look,
        entry: { ...look.entry, policies: { triage: 'triage-2020-1-1' } },
      }));
      expect(answer({ ...contact, triage: older }, grade('G4'))).toBe('graded');
    });

    it('is no more the first one once a grade has stood', () => {
      const contact = graded('G4', { ...knife, flags: vulnerable });
      expect(answer(contact, grade('G3'))).toBe('graded');
    });
  });

  it('C-29: agreed to it stands from then on, in the name of who asked; refused the earlier one stays', () => {
    const asked = give(graded('G1', { flags: vulnerable }), grade('G4', { rationale: aRationale() })).contact;
    const grading = asCommandId(anId(0xc0001));
    const say = (agreed: boolean): Contact =>
      give(asked, { kind: 'agree', grading, agreed, reason: 'read it all' }, { by: second, n: 2 }).contact;
    const [yes, no] = [say(true), say(false)];
    expect([yes.grade, yes.asked, yes.marks.duties, yes.gradings.at(-1)]).toEqual([
      'G4',
      null,
      ['re-thrive', 'tell-caller'],
      {
        id: grading,
        grade: 'G4',
        reason: 'as things stand now',
        rationale: aRationale(),
        leave: { by: second, floors: [] },
        by: mine,
        at,
      },
    ]);
    expect([no.grade, no.asked, no.marks.duties, no.gradings.length]).toEqual(['G1', null, ['re-thrive'], 1]);
  });

  it('C-29: nobody is the second person for what they asked, nor for what is asked no more', () => {
    const asked = give(graded('G1', { flags: vulnerable }), grade('G4', { rationale: aRationale() })).contact;
    const agree = (n: number): Act => ({
      kind: 'agree',
      grading: asCommandId(anId(n)),
      agreed: true,
      reason: 'x',
    });
    expect([
      answer(asked, agree(0xc0001), { ...second, handler: mine.handler }),
      answer(asked, agree(0xc0009), second),
      answer(graded('G1'), agree(0xc0001), second),
    ]).toEqual([{ code: 'own-asking' }, { code: 'nothing-asked' }, { code: 'nothing-asked' }]);
  });

  it('C-29, C-25: a higher one given meanwhile leaves nothing asked and nobody to agree', () => {
    const asked = give(graded('G2', { flags: vulnerable }), grade('G4', { rationale: aRationale() })).contact;
    const raised = give(asked, grade('G1'), { n: 2 }).contact;
    expect([raised.grade, raised.asked, raised.marks.duties]).toEqual(['G1', null, []]);
  });

  it('T-15: no grade in its place is lower than any, and waits for a second person whoever it is about', () => {
    const { contact } = give(graded('G4'), grade(null, { rationale: aRationale() }));
    expect([contact.grade, contact.asked?.grade, contact.marks.duties]).toEqual([
      'G4',
      null,
      ['agree', 're-thrive'],
    ]);
  });

  it('T-13: no grade in its place is below every floor', () => {
    expect(answer(graded('G1', withFirearm), grade(null))).toEqual({
      code: 'below-floor',
      floor: 'G1',
      because: 'A firearm was named.',
    });
  });

  it('T-15: after no grade the next is compared with the last that stood, so that two steps are not less than one', () => {
    const none = give(graded('G1', { flags: vulnerable }), grade(null, { rationale: aRationale() })).contact;
    const yes: Act = { kind: 'agree', grading: nth(1), agreed: true, reason: 'read it' };
    const agreed = give(none, yes, { by: second, n: 2 }).contact;
    expect([agreed.grade, agreed.marks.duties]).toEqual([null, ['re-thrive', 'tell-caller']]);
    expect(answer(agreed, grade('G4'))).toMatchObject({ code: 'rationale-missing' });
    const lower = give(agreed, grade('G4', { rationale: aRationale() }), { n: 3 }).contact;
    expect([lower.grade, lower.asked?.grade, lower.marks.duties]).toEqual([
      null,
      'G4',
      ['re-thrive', 'tell-caller', 'agree'],
    ]);
    expect(answer(agreed, grade('G1'))).toBe('graded');
  });

  it('X-10, T-15: a first grade that was taken back at once is none to compare with', () => {
    const slip = give(graded(null), grade('G1')).contact;
    const back = give(slip, grade(null, { undoes: nth(1) }), { n: 2 }).contact;
    expect([back.grade, back.marks.duties]).toEqual([null, []]);
    const { contact } = give(back, grade('G4'), { n: 3 });
    expect([contact.grade, contact.duties]).toEqual(['G4', []]);
  });

  it('X-10, C-29: what one gave oneself just now is taken back without rationale, that very one and no other', () => {
    const raised = give(graded('G3'), grade('G1')).contact;
    expect(give(raised, grade('G3', { undoes: nth(1) }), { n: 2 }).contact.grade).toBe('G3');
    const ask = { code: 'rationale-missing' };
    expect([
      answer(raised, grade('G4', { undoes: nth(1) })),
      answer(raised, grade('G3', { undoes: nth(7) })),
      answer(raised, { ...grade('G3'), undoes: true } as Act),
      answer(
        { ...raised, gradings: raised.gradings.map((each) => ({ ...each, by: second })) },
        grade('G3', { undoes: nth(1) }),
      ),
    ]).toMatchObject([ask, ask, ask, ask]);
  });

  it('X-10: hours later, by the queue’s clock, it is a lower grade like any other', () => {
    const raised = give(graded('G3'), grade('G1')).contact;
    const { decision } = give(raised, grade('G3', { undoes: nth(1) }), { n: 2, at: later(at, 5 * HOUR) });
    expect(decision).toMatchObject({ refusal: { code: 'rationale-missing' } });
  });

  it('X-10, T-13: nothing is taken back to below a floor that was found since, nor to no grade under one', () => {
    const raised = give(graded('G3'), grade('G1')).contact;
    const first = give(graded(null), grade('G1')).contact;
    const floor = { code: 'below-floor', floor: 'G1' };
    expect([
      answer({ ...raised, ...withFirearm }, grade('G3', { undoes: nth(1) })),
      answer({ ...first, ...withFirearm }, grade(null, { undoes: nth(1) })),
    ]).toMatchObject([floor, floor]);
  });

  it('X-10, T-13: what stands again has the leave that it had', () => {
    const asked = give(graded('G1', withFirearm), grade('G2', { rationale: aRationale() })).contact;
    const yes: Act = { kind: 'agree', grading: nth(1), agreed: true, reason: 'a toy, seen on camera' };
    const low = give(asked, yes, { by: second, n: 2 }).contact;
    const slip = give(low, grade('G1'), { n: 3 }).contact;
    const back = give(slip, grade('G2', { undoes: nth(3) }), { n: 4 }).contact;
    expect([back.grade, undercutFloor(back, policy)]).toEqual(['G2', null]);
  });

  it('X-10, C-29: what one asked for oneself is taken back, and the earlier grade stands', () => {
    const asked = give(graded('G1', { flags: vulnerable }), grade('G4', { rationale: aRationale() })).contact;
    const back = give(asked, grade('G1', { undoes: nth(1) }), { n: 2 }).contact;
    expect([back.grade, back.asked, back.marks.duties]).toEqual(['G1', null, []]);
  });

  it('C-06: its words come first, then whose contact it is, then the risk', () => {
    const contact = graded('G1', withFirearm);
    expect([
      answer(contact, { ...grade('G4'), reason: ' ' } as Act, second),
      answer(contact, { ...grade('G4'), reason: 'x'.repeat(REASON_LIMIT + 1) } as Act, second),
      answer(contact, grade('G4'), second),
    ]).toMatchObject([{ code: 'text-missing' }, { code: 'text-too-long' }, { code: 'not-yours' }]);
  });

  it('X-04, T-13: the grade that is shown is the grade that is saved', () => {
    let tried = 0;
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, command, by, at: keptAt, contact } of turnsOf(history)) {
          if (command.act.kind !== 'grade') continue;
          tried += 1;
          const shown = view(before, [{ command: { ...command, by: by.handler }, keptAt }], by, policy);
          const { grade: one, asked, gradings, due, duties } = shown.contact;
          expect({ one, asked, gradings, due, duties }).toEqual({
            one: contact.grade,
            asked: contact.asked,
            gradings: contact.gradings,
            due: contact.due,
            duties: contact.duties,
          });
        }
      }),
    );
    expect(tried).toBeGreaterThan(100);
  });
});
