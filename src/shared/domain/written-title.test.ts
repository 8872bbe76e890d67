import fc from 'fast-check';
import { expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { referenceIn, writtenTitle } from './written-title.ts';

it('MX-11: a row shows the first words, short, and never a number or an address of somebody', () => {
  expect(writtenTitle('\n  My card 5500 0000 0000 0004 is gone\nmore', 'E-mail')).toBe('My card … is gone');
  expect(writtenTitle('ring me: ann@example.com or 07700 900123', 'E-mail')).toBe('ring me: … or …');
  expect(writtenTitle('07700 900123', 'Text message')).toBe('Text message');
  always(
    fc.property(fc.string({ unit: 'binary' }), (words) => {
      const title = writtenTitle(words, 'E-mail');
      expect(title).not.toBe('');
      expect(title.length).toBeLessThanOrEqual(160);
      expect(title).not.toMatch(/\d{4}|\S@\S/);
    }),
  );
});

it('MX-13: our reference is found as people type it', () => {
  const typed = [
    'Re: CON-20261123-000412',
    'con 20261123 000412 they are back',
    '<CON-20261123-000412.7@herts.example>',
  ];
  expect(typed.map(referenceIn)).toEqual(typed.map(() => 'CON-20261123-000412'));
  expect(referenceIn('order CON-2026-1')).toBeNull();
});
