import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Which source holds a key. A source is a telephony system, a web form, the demand generator … */
export interface SourceKeys {
  /** The source whose key this is, or `null`. Takes the same time whichever key is asked for. */
  sourceOf(key: string): string | null;
  /** What proves to a source that the queue has written a body: HMAC-SHA256 under its key, in hex; `null` for a source without one. */
  sign(source: string, body: string): string | null;
}

/** The file's form: name of the source → its key. */
const keyFileSchema = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.string().min(16).max(200));

/** Keys as the intake compares them: by hash, so that neither length nor beginning of a key shows in the time taken. */
export function sourceKeys(bySource: Readonly<Record<string, string>>): SourceKeys {
  const hashed = Object.entries(bySource).map(([source, key]) => ({ source, hash: hashOf(key) }));
  return {
    sourceOf(key) {
      const asked = hashOf(key);
      let found: string | null = null;
      for (const { source, hash } of hashed) if (timingSafeEqual(hash, asked)) found = source;
      return found;
    },
    sign(source, body) {
      const key = Object.hasOwn(bySource, source) ? bySource[source] : undefined;
      return key === undefined ? null : createHmac('sha256', key).update(body, 'utf8').digest('hex');
    },
  };
}

/**
 * Reads the key file. Makes one with a key for the source `demo` when there is none and `makeDemoKey` says so. Throws an
 * `Error` whose sentence names the file and what to do when there is none, when it is not readable, or when others than
 * its owner may read it.
 */
export function openKeyFile(file: string, options: { readonly makeDemoKey: boolean }): SourceKeys {
  const text = readOrMake(file, options);
  const parsed = keyFileSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new Error(
      `The intake keys in ${file} cannot be used: it must be JSON, {"source": "key of 16 characters or more"}.`,
    );
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Error(
      `The intake keys in ${file} can be read by others. Make it yours alone: chmod 600 ${file}`,
    );
  }
  return sourceKeys(parsed.data);
}

function readOrMake(file: string, { makeDemoKey }: { readonly makeDemoKey: boolean }): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT')
      throw new Error(`The intake keys in ${file} cannot be read (${code ?? 'unknown'}).`, { cause: error });
  }
  if (!makeDemoKey) throw new Error(`A live queue needs its intake keys in ${file}: {"source": "key"}.`);
  const text = `${JSON.stringify({ demo: randomBytes(24).toString('base64url') }, null, 2)}\n`;
  mkdirSync(dirname(file), { recursive: true });
  // `wx`: two queues that start at once must not each hold another key.
  writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  return text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
