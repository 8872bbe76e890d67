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
import { shippedCategories } from '../../../../tests/harness/record-policy.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { asCommandId, asContactId, asFence } from '../ids.ts';
import { parentOfClosing, refusalOfParent } from './close-duplicate.ts';
import type { Link } from './parts.ts';
import { noMarks } from './row-marks.ts';

const mine = anActor();
const parent = asContactId(anId(77));
const policy: DecisionPolicy = { ...aPolicy(), categories: shippedCategories() };
const duplicate = aClosing({
  outcome: 'duplicate',
  record: aClosingRecord({ category: 'AD-DUP', result: 'In the other', parent }),
});

/** What is said of closing as a duplicate with these links; the queue's policies, or those of a desk that has none yet. */
function answerWith(links: readonly Partial<Link>[], by: DecisionPolicy = policy) {
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

describe('a duplicate of what is closed already', () => {
  const closed = { kind: 'closed', by: mine, since: testStart } as const;
  const ended = aContact({ seq: 77, ownership: closed });
  const gone = { callBackDue: true, attempts: [] };
  const answered = { callBackDue: false, attempts: [] };
  const attempt = {
    id: asCommandId(anId(0xc3)),
    safe: 'yes',
    way: 'voice',
    result: 'no-answer',
    words: '',
    by: mine,
    at: testStart,
  } as const;
  const lookAgain = { ...ended, marks: { ...noMarks, duties: ['re-thrive'] as const } };
  const { ref } = ended;

  it('R-11: is refused while somebody is to be rung back whom nobody has tried, or while it has brought what nobody has looked at', () => {
    expect([
      refusalOfParent(gone, ended),
      refusalOfParent(answered, lookAgain),
      refusalOfParent(gone, lookAgain),
    ]).toEqual([
      { code: 'parent-closed', ref, open: ['call-back'] },
      { code: 'parent-closed', ref, open: ['re-thrive'] },
      { code: 'parent-closed', ref, open: ['call-back', 're-thrive'] },
    ]);
  });

  it('R-11: is closed where nothing is left to do, and where the other is open and somebody answers for it', () => {
    expect([
      refusalOfParent(answered, ended),
      refusalOfParent({ ...gone, attempts: [attempt] }, ended),
      refusalOfParent(gone, aContact({ seq: 77 })),
      refusalOfParent(gone, { ...lookAgain, ownership: { kind: 'owned', by: mine, since: testStart } }),
    ]).toEqual([null, null, null, null]);
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
