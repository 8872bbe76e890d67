import { expect, test } from 'vitest';
import { asContactId } from '../../../shared/domain/ids.ts';
import { blankForm } from '../../app/form-words.ts';
import { START, uuid } from '../../testing/builders.ts';
import { checkForm } from './check-form.ts';

const form = blankForm({
  contact: asContactId(uuid(1)),
  form: 'new-contact',
  now: START,
  newId: () => uuid(2),
});

test.each([
  ['name', 160],
  ['number', 40],
  ['address', 300],
  ['language', 35],
  ['title', 160],
  ['place', 160],
  ['account', 8_000],
] as const)(
  'L-04: %s of more than %d characters is not sent, and its field says by how much',
  (field, limit) => {
    const of = (length: number) =>
      checkForm({ ...form, title: 'Man shouting', [field]: 'x'.repeat(length) }, START);
    const [fits, long] = [of(limit), of(limit + 3)];
    expect([fits.steps.length, [...fits.errors.keys()], long.steps, [...long.errors]]).toEqual([
      1,
      [],
      [],
      [[field, 'Too long by 3 characters. Nothing is cut: shorten it, or write the rest as a note.']],
    ]);
  },
);
