import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asInstant } from '../shared/domain/time.ts';
import { contactReference, londonDayOf } from './contact-reference.ts';
import { openKeyFile, sourceKeys } from './intake/source-keys.ts';
import { readOptions } from './options.ts';
import { snapshotText } from './snapshot-text.ts';
import { isCleanText, storableText } from './storable-text.ts';
import { canonicalJson, digestOf } from './store/canonical-json.ts';
import { aContact } from '../../tests/harness/builders.ts';
import { asLsn } from '../shared/domain/ids.ts';

describe('what the queue reads and writes at its doors', () => {
  let place: string;
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'fcr-doors-'));
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));

  it('C-01 begins references again with each day of Hertfordshire, also in summer', () => {
    expect(londonDayOf(asInstant(Date.UTC(2026, 6, 1, 22, 59)))).toBe('20260701');
    expect(londonDayOf(asInstant(Date.UTC(2026, 6, 1, 23, 0)))).toBe('20260702');
    expect(londonDayOf(asInstant(Date.UTC(2026, 11, 31, 23, 59)))).toBe('20261231');
    expect(contactReference('demo', '20261122', 41)).toBe('CON-20261122-000041');
    expect(contactReference('training', '20261122', 1_000_000)).toBe('TRN-20261122-1000000');
  });

  it('C-10 stores words that no database takes with a sign in their place, and every other word as it is', () => {
    expect(storableText('a\0b\uDC00c\uD83D\uDE00')).toBe('a\uFFFDb\uFFFDc😀');
    expect(isCleanText('line\r\n\tnext 👮🏽‍♀️ זה')).toBe(true);
    for (const odd of ['\0', '\u001b', '\u007f', '\u0085', '\uD800'])
      expect(isCleanText(odd), odd).toBe(false);
  });

  it('C-14 digests equal values equally, whatever the order of their fields', () => {
    expect(canonicalJson({ b: [1, null, undefined], a: { d: 'é', c: undefined } })).toBe(
      '{"a":{"d":"é"},"b":[1,null,null]}',
    );
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1, b: 2 })).not.toBe(digestOf({ a: 2, b: 1 }));
  });

  it('L-11 cuts a snapshot between characters and puts together again what was cut', () => {
    const contacts = [1, 2, 3].map((seq) => aContact({ seq, account: '警👮'.repeat(9_000 + seq) }));
    const { slices, count } = snapshotText({ asOf: asLsn(3), contacts });
    expect(count).toBe(3);
    expect(slices.length).toBeGreaterThan(3);
    expect(slices.every((slice) => Buffer.byteLength(slice) <= 48 * 1024 && !slice.includes('\uFFFD'))).toBe(
      true,
    );
    expect(
      slices
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(contacts);
    expect(snapshotText({ asOf: asLsn(0), contacts: [] }).slices).toEqual([]);
  });

  it('C-01 makes a demo key once, for its owner alone, and refuses a file that others may read', () => {
    const file = join(place, 'data', 'keys.json');
    expect(() => openKeyFile(file, { makeDemoKey: false })).toThrow('A live queue needs its intake keys');
    openKeyFile(file, { makeDemoKey: true });
    openKeyFile(file, { makeDemoKey: false });
    if (process.platform !== 'win32') {
      chmodSync(file, 0o644);
      expect(() => openKeyFile(file, { makeDemoKey: true })).toThrow('chmod 600');
    }
  });

  it('C-01 knows each source by its key and nobody by another', () => {
    const keys = sourceKeys({ telephony: 'a'.repeat(20), web: 'b'.repeat(20) });
    expect([
      keys.sourceOf('a'.repeat(20)),
      keys.sourceOf('b'.repeat(20)),
      keys.sourceOf('a'.repeat(19)),
      keys.sourceOf(''),
    ]).toEqual(['telephony', 'web', null, null]);
  });

  it('listens on loopback in the demo realm unless told otherwise', () => {
    expect(readOptions([])).toMatchObject({ host: '127.0.0.1', port: 8181, realm: 'demo', memory: false });
    expect(() => readOptions(['--port', '65536'])).toThrow('--port');
    expect(() => readOptions(['--demo', '--realm', 'live'])).toThrow('contradict');
    expect(() => readOptions(['--check-audit', '--memory'])).toThrow('with --data alone');
  });
});
