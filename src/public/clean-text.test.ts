import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCleanText } from '../queue/storable-text.ts';
import { cleanLine, cleanText } from '../shared/lib/clean-text.ts';

it('WP-03: whatever was typed becomes what the queue keeps, and what is clean already stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const clean = cleanText(typed);
      expect(isCleanText(clean)).toBe(true);
      expect(cleanText(clean)).toBe(clean);
    }),
  );
  for (const kept of [
    '“It’s him”, £240 – 18:00\nnext line\ttab',
    'Szef trzyma mój paszport',
    'مرحبا',
    'नमस्ते',
    '👮🏽‍♀️ à́',
  ])
    expect(cleanText(kept)).toBe(kept);
});

it('WP-03: signs that turn a line round or pile up on it are taken out, and the words around them are left', () => {
  expect(cleanText('pay \u202Egnihton\u202C now')).toBe('pay \u{FFFD}gnihton\u{FFFD} now');
  expect(cleanText(`h${'\u0335'.repeat(60)}elp`)).toBe(`h${'\u0335'.repeat(4)}elp`);
  expect(cleanLine('  one \n\n two\u0007 ')).toBe('one two\u{FFFD}');
});
