import { expect, test } from 'vitest';
import type { Command } from './command.ts';
import { choicesAfter, nextStroke, resolve, type KeyContext } from './keymap.ts';

const command = (id: string, more: Partial<Command>): Command => ({
  id,
  title: id,
  short: id,
  group: 'This desk',
  keys: [],
  where: ['anywhere'],
  run: () => undefined,
  ...more,
});

const busy = command('busy', { begins: 'F8 b' });
const call = command('call', { keys: ['F8 b 1'] });
const free = command('free', { keys: ['F8 a'] });
const all = [busy, call, free];
const at = (context: Partial<KeyContext>): KeyContext => ({
  focus: 'elsewhere',
  editable: false,
  control: false,
  pending: null,
  singleLetterKeys: true,
  inBurst: false,
  ...context,
});

test('W-05: each step offers only what the next stroke can choose', () => {
  expect(choicesAfter('F8', all)).toEqual([busy, free]);
  expect(choicesAfter('F8 b', all)).toEqual([call]);
  expect(nextStroke(call, 'F8')).toBeNull();
  expect(nextStroke(busy, 'F8')).toBe('b');
});

test('W-05: a key of three steps is run by its third', () => {
  expect(resolve('F8', at({}), all)).toMatchObject({ kind: 'pending', prefix: 'F8' });
  expect(resolve('b', at({ pending: 'F8' }), all)).toMatchObject({ kind: 'pending', prefix: 'F8 b' });
  expect(resolve('1', at({ pending: 'F8 b' }), all)).toEqual({ kind: 'run', command: call });
});

test('W-04: in a field the steps act only after a function key, and a letter that is no choice is text', () => {
  expect(resolve('a', at({ pending: 'F8', editable: true }), all)).toEqual({ kind: 'run', command: free });
  expect(resolve('x', at({ pending: 'F8', editable: true }), all)).toEqual({ kind: 'none' });
  expect(resolve('a', at({ editable: true }), all)).toEqual({ kind: 'none' });
});

test('W-05: outside a field a wrong stroke is caught and does nothing', () => {
  expect(resolve('x', at({ pending: 'F8' }), all)).toEqual({ kind: 'caught' });
  expect(resolve('Esc', at({ pending: 'F8 b', editable: true }), all)).toEqual({ kind: 'caught' });
});

test('A-10: with single letters switched off the steps behind a function key still work', () => {
  expect(resolve('a', at({ pending: 'F8', singleLetterKeys: false }), all)).toEqual({
    kind: 'run',
    command: free,
  });
});
