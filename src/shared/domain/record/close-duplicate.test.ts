import { describe, expect, it } from 'vitest';
import {
  aClosing,
  aClosingRecord,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { aLook } from '../../../../tests/harness/record-acts.ts';
import { shippedCategories } from '../../../../tests/harness/record-policy.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import { summaryOf, type Contact, type Grade } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { asCommandId, asContactId, asFence, type ContactId } from '../ids.ts';
import { emptyEntry } from '../triage/entry.ts';
import { endedIn, parentOfClosing, refusalOfParent } from './close-duplicate.ts';
import { linkKinds, type Link } from './parts.ts';
import { noMarks } from './row-marks.ts';

const mine = anActor();
const parent = asContactId(anId(77));
const policy: DecisionPolicy = { ...aPolicy(), categories: shippedCategories() };
const duplicate = aClosing({
  outcome: 'duplicate',
  record: aClosingRecord({ category: 'AD-DUP', result: 'In the other', parent }),
});

/** What is said of closing as a duplicate with these links; the queue's policies, or those of a desk that has none yet. */
function answerWith(
  links: readonly Partial<Link>[],
  by: DecisionPolicy = policy,
  more: Partial<Contact> = {},
) {
  const whole: Link = {
    id: asCommandId(anId(0xc2)),
    kind: 'same-incident',
    side: 'child',
    other: { contact: parent, ref: 'CON-20261122-000001' },
    fact: 'a second car',
    found: [],
    parted: null,
    by: mine,
    at: testStart,
  };
  const contact = aContact({
    ownership: { kind: 'owned', by: mine, since: testStart },
    fence: asFence(1),
    triage: [{ id: asCommandId(anId(0xc4)), entry: aLook, by: mine, at: testStart }],
    ...more,
    links: links.map((over) => ({ ...whole, ...over })),
  });
  const { decision } = carryOut(contact, aCommand({ on: contact, act: duplicate }), { by: mine, policy: by });
  return decision.kind === 'refused' ? decision.refusal : (decision.what?.kind ?? null);
}

it('R-06, C-24: a duplicate is closed into a contact that it is linked to, so that what it adds is there', () => {
  const missing = { code: 'record-incomplete', missing: ['parent'] };
  const parted = { reason: 'another crash', by: mine, at: testStart };
  const elsewhere = { contact: asContactId(anId(78)), ref: 'CON-20261122-000002' };
  expect([
    answerWith([{}]),
    answerWith([]),
    answerWith([], aPolicy()),
    answerWith([{ parted }]),
    answerWith([{ parted }, {}]),
    answerWith([{ side: 'parent' }]),
    answerWith([{ other: elsewhere }]),
  ]).toEqual(['closed', missing, missing, missing, 'closed', missing, missing]);
});

it('R-15: a duplicate is of the same event: of the same caller’s other contact it is none', () => {
  const ended = linkKinds.filter((kind) => answerWith([{ kind, fact: '' }]) === 'closed');
  expect(ended).toEqual(['same-incident', 'repeat', 'major-incident']);
});

it('R-15, C-20, T-13: a duplicate is rung back too, and does not end below a floor', () => {
  const gone: Partial<Contact> = { channel: '999-dropped', channelState: 'dropped', callBackDue: true };
  const armed = { ...aLook, answers: { 'weapon-kind': { kind: 'choice', ids: ['firearm'] } } } as const;
  const triage = [{ id: asCommandId(anId(0xc5)), entry: armed, by: mine, at: testStart }];
  const floors = { ...policy, triage: triagePolicy };
  expect([
    answerWith([{}], policy, gone),
    answerWith([{}], floors, { triage }),
    answerWith([{}], floors, { triage, grade: 'G1' }),
  ]).toEqual([
    { code: 'record-incomplete', missing: ['outcome'] },
    { code: 'below-floor', floor: 'G1', because: 'A firearm was named.' },
    'closed',
  ]);
});

it('T-21: who is hurt at a major incident, or told something new of it, does not end as one more report', () => {
  const about = (fact: string, grade: Grade | null) =>
    answerWith([{ kind: 'major-incident', fact }], policy, { grade });
  const not = (because: string) => ({ code: 'not-a-duplicate', ref: 'CON-20261122-000001', because });
  expect([
    about('', null),
    about('', 'G1'),
    about('my leg is trapped', 'G1'),
    about('a second coach', 'G2'),
  ]).toEqual(['closed', 'closed', not('hurt'), not('something-new')]);
});

describe('a duplicate of what is closed already', () => {
  const closed = { kind: 'closed', by: mine, since: testStart } as const;
  const look = { id: asCommandId(anId(0xc4)), entry: aLook, by: mine, at: testStart };
  const closing = { outcome: 'resolved', reason: 'done', record: null, by: mine, at: testStart } as const;
  const ended = aContact({ seq: 77, ownership: closed, triage: [look], closing });
  const plain = { grade: null };
  const lookAgain = { ...ended, marks: { ...noMarks, duties: ['re-thrive'] as const } };
  const { ref } = ended;
  const not = (because: string) => ({ code: 'not-a-duplicate', ref, because });

  it('R-11: is refused while it has brought what nobody has looked at', () => {
    expect([
      refusalOfParent(plain, lookAgain),
      refusalOfParent(plain, ended),
      refusalOfParent(plain, { ...lookAgain, ownership: { kind: 'owned', by: mine, since: testStart } }),
    ]).toEqual([{ code: 'parent-closed', ref, open: ['re-thrive'] }, null, null]);
  });

  it('R-15: is refused where the other is a duplicate itself, or nobody weighed its risk', () => {
    const duplicateItself = { ...ended, closing: { ...closing, outcome: 'duplicate' } } as const;
    expect([
      refusalOfParent(plain, duplicateItself),
      refusalOfParent(plain, { ...ended, triage: [] }),
      refusalOfParent(plain, { ...ended, triage: [{ ...look, entry: emptyEntry }] }),
      // A desk has the summary alone, and the queue's word is final.
      refusalOfParent(plain, summaryOf(duplicateItself)),
      refusalOfParent(plain, aContact({ seq: 77 })),
    ]).toEqual([not('ended-elsewhere'), not('not-assessed'), not('not-assessed'), null, null]);
  });

  it('R-15: what is urgent ends in nothing less urgent, open or closed', () => {
    const into = (own: Grade | null, other: Grade | null) =>
      refusalOfParent({ grade: own }, { ...ended, grade: other });
    const open = refusalOfParent({ grade: 'G2' }, aContact({ seq: 77, grade: 'G3' }));
    expect([into('G1', 'G2'), into('G4', null), open === null]).toEqual([
      not('graded-lower'),
      not('graded-lower'),
      false,
    ]);
    expect([into('G1', 'G1'), into('G2', 'G1'), into(null, null), into(null, 'G5')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('R-16: it is known whether a contact was closed as a duplicate of another', () => {
    const as = (into: ContactId | null) =>
      ({
        ...ended,
        closing: { ...closing, outcome: 'duplicate', record: aClosingRecord({ parent: into }) },
      }) as const;
    const before = { ...ended, closing: { ...closing, outcome: 'duplicate', record: null } } as const;
    const open = { ...as(parent), ownership: { kind: 'owned', by: mine, since: testStart } } as const;
    expect(
      [as(parent), before, as(asContactId('other')), ended, open].map((each) => endedIn(each, parent)),
    ).toEqual([true, true, false, false, false]);
  });

  it('R-11: only closing as a duplicate goes into another contact', () => {
    expect([
      parentOfClosing(duplicate),
      parentOfClosing(aClosing({ record: aClosingRecord({ parent }) })),
      parentOfClosing(aClosing({ outcome: 'duplicate', record: null })),
      parentOfClosing({ kind: 'release' }),
    ]).toEqual([parent, null, null, null]);
  });
});
