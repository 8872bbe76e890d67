import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The tokens in force under a theme: the common ones, then the theme's own. */
function tokensOf(theme: 'day' | 'night'): ReadonlyMap<string, string> {
  const tokens = new Map<string, string>();
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const common = !selector.includes('data-theme');
    if (!common && !selector.includes(`'${theme}'`)) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g))
      tokens.set(name, value);
  }
  return tokens;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.040_45 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast ratio of WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** What stands on what, and the least contrast by day and by night. */
const pinned: readonly (readonly [string, string, number, number])[] = [
  ['text', 'surface', 18.7, 13.8],
  ['text', 'canvas', 15, 14],
  ['muted', 'surface', 8.9, 8.5],
  ['muted', 'canvas', 7.8, 9.4],
  ['muted', 'raised', 7, 7],
  ['text', 'selected', 14.8, 8.6],
  ['muted', 'selected', 7, 5.3],
  ['edge', 'surface', 5.1, 4.8],
  ['link', 'surface', 8.3, 9.2],
  ['em-text', 'em-fill', 7.2, 7.4],
  ['em-fill', 'surface', 6.9, 6],
  ['ink', 'high-fill', 10.6, 11.9],
  ['high-edge', 'surface', 7.6, 10.8],
  ['medium', 'surface', 8.3, 6.4],
  ['strong-text', 'strong-ground', 19.5, 15.2],
  ['warning', 'surface', 7.6, 11.7],
  ['ink', 'focus', 14, 14],
];

for (const [front, ground, day, night] of pinned) {
  test(`W-09: ${front} on ${ground} keeps its contrast by day (${day}) and by night (${night})`, () => {
    for (const [theme, least] of [
      ['day', day],
      ['night', night],
    ] as const) {
      const tokens = tokensOf(theme);
      const ratio = contrast(tokens.get(front) ?? '', tokens.get(ground) ?? '');
      expect({ theme, enough: ratio >= least, ratio: ratio.toFixed(2) }).toMatchObject({
        theme,
        enough: true,
      });
    }
  });
}

test('W-09: the focus ring is seen by night as yellow, and by day by its dark edge', () => {
  expect(contrast('#ffdd00', tokensOf('night').get('surface') ?? '')).toBeGreaterThan(12);
  expect(contrast('#0b0c0c', tokensOf('day').get('surface') ?? '')).toBeGreaterThan(18);
});
