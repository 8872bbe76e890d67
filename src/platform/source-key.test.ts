import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSourceKey } from './source-key.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-key-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('is the key that the queue wrote down for this source', () => {
  const keyFile = join(folder, 'keys.json');
  writeFileSync(keyFile, JSON.stringify({ demo: 'secret' }));
  expect(readSourceKey({ keyFile, source: 'demo' })).toBe('secret');
});

it.each([
  ['is not there', null],
  ['is broken', '{"demo": '],
  ['has no key of it', '{"other": "secret"}'],
  ['has something else than a key', '{"demo": 7}'],
])('says which file, and what to do, where it %s', (_what, text) => {
  const keyFile = join(folder, 'keys.json');
  if (text !== null) writeFileSync(keyFile, text);
  expect(() => readSourceKey({ keyFile, source: 'demo' })).toThrow(
    `No key of the source demo can be read from ${keyFile}. Start the queue first, or name its file with --key-file.`,
  );
});
