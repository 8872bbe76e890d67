import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asPhotoId } from '../../shared/domain/record/photo.ts';
import { openPhotoKeys, photoKeys } from './photo-keys.ts';
import { seal, sealing, unseal, unsealing } from './sealed-bytes.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fcr-photo-keys-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const photo = asPhotoId('one');
const file = (): string => join(dir, 'photo-keys');

describe('the keys of photos', () => {
  it('PH-08: are made for their owner alone, and open what they have sealed after a restart', () => {
    const { key, sealedKey } = openPhotoKeys(file(), { makeKey: true }).newKey(photo);
    expect(openPhotoKeys(file(), { makeKey: false }).open(photo, sealedKey)).toEqual(key);
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o077).toBe(0);
  });

  it('PH-08: a newer one seals from then on, and the older ones behind it open what is theirs', () => {
    const before = openPhotoKeys(file(), { makeKey: true }).newKey(photo);
    writeFileSync(file(), `${'ab'.repeat(32)}\n${readFileSync(file(), 'utf8')}`);
    const keys = openPhotoKeys(file(), { makeKey: false });
    expect(keys.open(photo, before.sealedKey)).toEqual(before.key);
    expect(keys.newKey(photo).sealedKey.split(' ')[0]).not.toBe(before.sealedKey.split(' ')[0]);
  });

  it('PH-08: open nothing of another queue’s, nor one photo’s with another’s', () => {
    const [ours, theirs] = ['ab', 'cd'].map((byte) => photoKeys([Buffer.from(byte.repeat(32), 'hex')]));
    const { sealedKey } = ours?.newKey(photo) ?? { sealedKey: '' };
    expect(() => theirs?.open(photo, sealedKey)).toThrow('not here');
    expect(() => ours?.open(asPhotoId('two'), sealedKey)).toThrow('auth');
  });

  it('PH-08: a live queue makes none, and a file that others may read or that holds something else is refused in a sentence', () => {
    expect(() => openPhotoKeys(file(), { makeKey: false })).toThrow('A live queue needs its photo keys');
    writeFileSync(file(), 'secret', { mode: 0o600 });
    expect(() => openPhotoKeys(file(), { makeKey: false })).toThrow('64 hexadecimal digits');
    writeFileSync(file(), 'ab'.repeat(32), { mode: 0o600 });
    if (process.platform === 'win32') return;
    chmodSync(file(), 0o644);
    expect(() => openPhotoKeys(file(), { makeKey: false })).toThrow('chmod 600');
  });
});

describe('sealed bytes', () => {
  const key = Buffer.from('5e'.repeat(32), 'hex');
  const bytes = Buffer.from('what somebody saw, in many words'.repeat(20));

  it('PH-08: come out in pieces as they went in, and not when one was changed, cut off or taken for another', () => {
    const cipher = sealing(key, 'original one');
    for (let at = 0; at < bytes.length; at += 7) cipher.add(bytes.subarray(at, at + 7));
    const sealed = cipher.end();
    const decipher = unsealing(key, 'original one');
    const parts: Buffer[] = [];
    for (let at = 0; at < sealed.length; at += 5) parts.push(decipher.add(sealed.subarray(at, at + 5)));
    decipher.end();
    expect(Buffer.concat(parts)).toEqual(bytes);
    const changed = Buffer.from(sealed);
    changed[40] = (changed[40] ?? 0) ^ 1;
    expect(() => unseal(changed, key, 'original one')).toThrow(/auth|cut off/);
    expect(() => unseal(sealed.subarray(0, -1), key, 'original one')).toThrow(/auth|cut off/);
    expect(() => unseal(sealed.subarray(0, 9), key, 'original one')).toThrow(/auth|cut off/);
    expect(() => unseal(seal(bytes, key, 'picture one'), key, 'original one')).toThrow(/auth|cut off/);
  });
});
