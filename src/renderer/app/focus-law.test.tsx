import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FocusLaw } from './focus-law.ts';

let stop: () => void;
let law: FocusLaw;
let field: HTMLInputElement;
const later = () => new Promise((resolve) => setTimeout(resolve, 1));
const press = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));

beforeEach(() => {
  law = new FocusLaw({ onBreach: 'throw' });
  stop = law.watch(window);
  field = document.body.appendChild(document.createElement('input'));
});
afterEach(() => {
  stop();
  field.remove();
});

test('W-02: focus moves in the task of the handler’s own key', () => {
  press();
  law.focus(field);
  expect(document.activeElement).toBe(field);
});

test('W-02: focus does not move in a later task, however soon', async () => {
  press();
  await later();
  expect(() => law.focus(field)).toThrow(/W-02/);
  expect(document.activeElement).not.toBe(field);
});

test('W-02: at a working desk a forbidden move is left undone', () => {
  const calm = new FocusLaw({ onBreach: 'ignore' });
  expect(calm.focus(field)).toBe(false);
  expect(document.activeElement).not.toBe(field);
});

test('W-02: the answer to an act may move the focus, but not when a key came since', async () => {
  press();
  const ticket = law.ticket();
  await later();
  law.answer(ticket, () => law.focus(field));
  expect(document.activeElement).toBe(field);
  field.blur();
  press();
  await later();
  law.answer(ticket, () => law.focus(field));
  expect(document.activeElement).not.toBe(field);
});

test('W-02: nothing in the window moves focus or scroll except through the law', () => {
  const root = join(process.cwd(), 'src/renderer');
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !path.startsWith('testing'),
  );
  expect(sources.length).toBeGreaterThan(30);
  const moves = /\bautoFocus\b|scrollIntoView|\.scrollTo\(|\.scrollTop\s*=[^=]|(?<!law)\.focus\(|showModal\(/;
  const around = sources.filter(
    (path) => path !== join('app', 'focus-law.ts') && moves.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(around).toEqual([]);
});
