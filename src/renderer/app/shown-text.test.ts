import { expect, test } from 'vitest';
import { shownText, TRICK_SIGN } from './shown-text.ts';

test('CH-15: what turns words round or has no shape is seen as a sign, one for one; other scripts stay as they are', () => {
  const trick = '\u202Etxt.exe\u202C and \u0007 bell';
  expect(shownText(trick)).toBe(`${TRICK_SIGN}txt.exe${TRICK_SIGN} and ${TRICK_SIGN} bell`);
  expect(shownText(trick)).toHaveLength(trick.length);
  const plain = 'مساعدة، שלום, Zażółć, 👩‍👩‍👧 and می‌خواهم\nnext\tline';
  expect(shownText(plain)).toBe(plain);
});
