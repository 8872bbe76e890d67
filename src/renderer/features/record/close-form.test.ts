import { expect, test } from 'vitest';
import categories from '../../../../resources/policy/seed/categories.json';
import { policySchemas } from '../../../shared/contract/policy/policies.ts';
import { asCommandId, asContactId } from '../../../shared/domain/ids.ts';
import type { Link } from '../../../shared/domain/record/parts.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import {
  askedOf,
  missingOf,
  parentsOf,
  readCloseForm,
  recordOf,
  startOf,
  withOutcome,
} from './close-form.ts';

const policy = policySchemas.categories.parse(categories);
const contact = aContact({ n: 1, channel: '101-voice' });
const incident = {
  id: asCommandId(uuid(9)),
  ref: null,
  provisionalRef: 'PROV-7K4MRA',
  category: 'PS-DOM',
  by: anActor(14),
  at: START,
};
const link = (n: number, over: Partial<Link> = {}): Link => ({
  id: asCommandId(uuid(n)),
  kind: 'same-incident',
  side: 'child',
  other: { contact: asContactId(uuid(n)), ref: `CON-${n}` },
  fact: '',
  found: [],
  parted: null,
  by: anActor(14),
  at: START,
  ...over,
});

test('R-06: the form begins with the opening category alone: nothing about crime or caller is chosen by the program', () => {
  expect(startOf({ ...contact, incident }, policy)).toMatchObject({
    outcome: null,
    category: 'PS-DOM',
    crime: null,
    told: null,
    result: '',
    parent: null,
  });
  expect(recordOf(startOf(contact, policy)).crime).toEqual({ kind: 'not-yet' });
});

test('R-02: a category that only opens is not proposed for closing', () => {
  const opened = { ...contact, incident: { ...incident, category: 'PS-VIO' } };
  expect(startOf(opened, policy).category).toBeNull();
});

test('R-06: a duplicate is proposed the category that says so, and the one contact it is linked to; another outcome takes the category back', () => {
  const linked = {
    ...contact,
    links: [
      link(7),
      link(8, { side: 'parent' }),
      link(9, { parted: { reason: 'no', by: anActor(14), at: START } }),
    ],
  };
  expect(parentsOf(linked).map(({ ref }) => ref)).toEqual(['CON-7']);
  const form = withOutcome(startOf(linked, policy), 'duplicate');
  expect([form.category, form.parent]).toEqual(['AD-DUP', asContactId(uuid(7))]);
  expect(recordOf(form).parent).toBe(asContactId(uuid(7)));
  const other = withOutcome(form, 'advice');
  expect([other.category, recordOf(other).parent]).toEqual([null, null]);
});

test('R-06: of two linked contacts the program chooses none', () => {
  expect(startOf({ ...contact, links: [link(7), link(8)] }, policy).parent).toBeNull();
});

test('R-06: each field says its first sentence; what an outcome does not ask for is not missing', () => {
  const advice = withOutcome(startOf(contact, policy), 'advice');
  expect([...missingOf(advice, contact, policy, undefined).keys()].toSorted()).toEqual([
    'caller-told',
    'category',
    'crime',
    'result',
    'triage',
  ]);
  const hangUp = { ...withOutcome(advice, 'no-reply'), category: 'PS-ABN', result: 'Nobody there' };
  expect([...missingOf(hangUp, contact, policy, undefined).keys()]).toEqual(['triage']);
  expect(askedOf(hangUp, contact, policy).has('crime')).toBe(false);
  expect(missingOf({ ...hangUp, crime: 'recorded' }, contact, policy, undefined).get('crime')).toBe(
    'Write which crime it is.',
  );
});

test('X-09: what the desk kept of a half-filled form comes back as it was; anything else is no form', () => {
  const form = {
    ...withOutcome(startOf({ ...contact, links: [link(7)] }, policy), 'duplicate'),
    qualifiers: ['alcohol'],
    crime: 'elsewhere',
    force: 'Essex',
    told: 'could-not',
    toldWords: 'rang off',
  } as const;
  expect(readCloseForm(JSON.parse(JSON.stringify(form)))).toEqual(form);
  expect(readCloseForm('words')).toBeNull();
  expect(readCloseForm({ outcome: 'won', crime: 7, qualifiers: [3] })).toMatchObject({
    outcome: null,
    crime: null,
    qualifiers: [],
  });
});
