import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** A key for one file of sealed lines. Bytes. */
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Reads the key, or makes one for its owner alone. Throws an `Error` with a sentence when it cannot be used. */
export function openKey(file: string): Buffer {
  try {
    const key = readFileSync(file);
    if (key.length !== KEY_LENGTH)
      throw new Error(`${file} is not a key of this program. Put the right one back.`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(KEY_LENGTH);
  writeFileSync(file, key, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}

/** A value as one line that tells nothing without the key, and that nobody can change unseen. */
export function sealLine(value: unknown, key: Buffer): string {
  const nonce = randomBytes(NONCE_LENGTH);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const words = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return `${Buffer.concat([nonce, words, cipher.getAuthTag()]).toString('base64')}\n`;
}

/** What a line holds, or `undefined` when it is torn, or was changed, or is of another key. */
export function openLine(line: string, key: Buffer): unknown {
  try {
    const bytes = Buffer.from(line, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_LENGTH));
    decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
    const words = bytes.subarray(NONCE_LENGTH, -TAG_LENGTH);
    return JSON.parse(Buffer.concat([decipher.update(words), decipher.final()]).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
