import { expect, it } from 'vitest';
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
import type { Link } from './parts.ts';

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
