import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PhotoId } from '../../shared/domain/record/photo.ts';
import { must } from '../../shared/lib/assert.ts';
import { seal, unseal } from './sealed-bytes.ts';

const KEY_BYTES = 32;

/** Keys of photos: each has one of its own, and that is sealed under the queue’s, which stands outside the database (ADR 23). */
export interface PhotoKeys {
  /** A key for one new photo, and the same sealed, as it is kept beside it. */
  newKey(photo: PhotoId): { readonly key: Buffer; readonly sealedKey: string };
  /** Throws when it was sealed under a key that is not here, or for another photo. */
  open(photo: PhotoId, sealedKey: string): Buffer;
}

/** `keys`: 32 bytes each. New photos are sealed under the first; the others open what was sealed before it was. */
export function photoKeys(keys: readonly Buffer[]): PhotoKeys {
  const named = keys.map((key) => ({ name: nameOf(key), key }));
  const first = must(named[0], 'the queue’s key of photos');
  return {
    newKey(photo) {
      const key = randomBytes(KEY_BYTES);
      return { key, sealedKey: `${first.name} ${seal(key, first.key, `key ${photo}`).toString('base64')}` };
    },
    open(photo, sealedKey) {
      const [name, text = ''] = sealedKey.split(' ', 2);
      const found = named.find((one) => one.name === name);
      if (found === undefined) throw new Error(`photo ${photo} was sealed under a key that is not here`);
      return unseal(Buffer.from(text, 'base64'), found.key, `key ${photo}`);
    },
  };
}

/** Tells one key from another, and nothing about either. */
function nameOf(key: Buffer): string {
  return createHash('sha256').update('name of a photo key ').update(key).digest('hex').slice(0, 12);
}

/**
 * Reads the key file: a key of 64 hexadecimal digits a line, the newest first. Makes one with a key when there is none and `makeKey` says so.
 * Throws an `Error` whose sentence names the file and what to do when there is none, when it cannot be used, or when others than its owner
 * may read it.
 */
export function openPhotoKeys(file: string, options: { readonly makeKey: boolean }): PhotoKeys {
  const lines = readOrMake(file, options)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0 || !lines.every((line) => /^[0-9a-f]{64}$/i.test(line))) {
    throw new Error(
      `The photo keys in ${file} cannot be used: it must hold 64 hexadecimal digits a line, the newest key first.`,
    );
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(
      `The photo keys in ${file} can be read by others. Make it yours alone: chmod 600 ${file}`,
    );
  return photoKeys(lines.map((line) => Buffer.from(line, 'hex')));
}

function readOrMake(file: string, { makeKey }: { readonly makeKey: boolean }): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new Error(`The photo keys in ${file} cannot be read (${code ?? 'unknown'}).`, { cause: error });
  }
  if (!makeKey)
    throw new Error(
      `A live queue needs its photo keys in ${file}: 64 hexadecimal digits a line, the newest first.`,
    );
  const text = `${randomBytes(KEY_BYTES).toString('hex')}\n`;
  mkdirSync(dirname(file), { recursive: true });
  // `wx`: two queues that start at once must not each hold another key.
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return text;
}
