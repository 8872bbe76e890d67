import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../app/features.ts';
import { clashes } from './keymap.ts';
import { keysPage } from './keys-page.ts';

test('W-05: no key means two things in one place', () => {
  expect(clashes(commands)).toEqual([]);
});

test('W-05: the clash test sees a planted clash, also of a first stroke', () => {
  const [first] = commands;
  expect(first).toBeDefined();
  if (first === undefined) return;
  const planted = (key: string) => [...commands, { ...first, id: 'planted', keys: [key] }];
  expect(clashes(planted('F3'))).toHaveLength(1);
  expect(clashes(planted('g'))).toHaveLength(1);
  expect(clashes(planted('.'))).toHaveLength(1);
});

test('W-05: every command has its own id and a title, and keys that reserve nothing of the system', () => {
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  for (const { keys, title, textFirst } of commands) {
    expect(title).not.toBe('');
    for (const key of keys) expect(key).not.toMatch(/^(Ctrl\+[cvxa]|Alt\+F4|Ctrl\+Alt\+.*|Shift\+F10)$/);
    // The field's own undo comes before ours.
    if (keys.includes('Ctrl+z')) expect(textFirst).toBe(true);
  }
});

test('W-04: what acts anywhere is a function key or a chord, so that it can act while typing', () => {
  for (const { keys, where } of commands) {
    if (where.includes('anywhere')) for (const key of keys) expect(key).toMatch(/F\d|Ctrl\+|^Esc$/);
  }
});

test('W-05: docs/keys.md is what the registry says', () => {
  const page = keysPage(commands);
  const path = join(process.cwd(), 'docs/keys.md');
  if (process.env['UPDATE_KEYS'] === '1') writeFileSync(path, page);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : '').toBe(page);
});
