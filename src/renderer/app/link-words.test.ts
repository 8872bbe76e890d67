import { expect, test } from 'vitest';
import { summaryOf } from '../../shared/domain/contact.ts';
import { aContact } from '../testing/builders.ts';
import { kindThatFits } from './link-words.ts';

const plain = summaryOf(aContact({ n: 1, channel: '101-voice' }));
const major = { ...plain, marks: { ...plain.marks, major: 'A414 collision' } };

test.each([
  ['what may be the same incident', plain, ['same-incident', 'same-caller'], 'same-incident'],
  ['what may be the same incident as a major one', major, ['same-incident'], 'major-incident'],
  ['the same caller alone', plain, ['same-caller', 'same-location'], 'same-caller'],
  ['the caller of a major incident, who rings about something else', major, ['same-caller'], 'same-caller'],
  ['the same place alone', plain, ['same-location'], null],
  ['the place of a major incident alone', major, ['same-location'], null],
] as const)('AS-10, R-15: %s is linked as what fits, or a person says', (_what, summary, kinds, fits) => {
  expect(kindThatFits({ summary, kinds: [...kinds] })).toBe(fits);
});
