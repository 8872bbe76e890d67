import { expect, it } from 'vitest';
import { isCleanText } from '../../../src/queue/storable-text.ts';
import { ROW_LIMIT, textsOf } from './texts.ts';

const texts = textsOf(10_000);

it('the hostile texts of the bench are always the same, as many as were asked for, and nearly all different', () => {
  expect(texts).toHaveLength(10_000);
  expect(textsOf(10_000)).toEqual(texts);
  expect(new Set(texts).size).toBeGreaterThan(9_900);
});

it.each([
  ['a control character', /\p{Cc}/u],
  ['half a character', /\p{Surrogate}/u],
  ['a tower of marks', /\p{M}{8}/u],
  ['a sign that turns the direction', /[\u202A-\u202E\u2066-\u2069]/],
  ['a script', /<script>/],
  ['a handler of an event', /\son\w+="/],
  ['a joined picture', /\u200D/],
])('hundreds of them hold %s', (_what, harm) => {
  expect(texts.filter((text) => harm.test(text)).length).toBeGreaterThan(200);
});

it('thousands fit a row, thousands are refused at the door, and hundreds are longer than any line', () => {
  expect(texts.filter((text) => text.length <= ROW_LIMIT).length).toBeGreaterThan(5_000);
  expect(texts.filter((text) => !isCleanText(text)).length).toBeGreaterThan(1_000);
  expect(texts.filter((text) => text.length >= 1_500).length).toBeGreaterThan(300);
});
