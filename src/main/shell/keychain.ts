import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Realm } from '../../shared/contract/realm.ts';

/** The database's key, or why there is none. */
export interface DatabaseKey {
  /** 32 bytes in hexadecimal; `null`: keep nothing on disk. */
  readonly key: string | null;
  readonly faults: readonly Fault[];
}

type KeyFile =
  | { readonly kind: 'wrapped'; readonly wrapped: string }
  /** Demo realm only: the key itself. */
  | { readonly kind: 'plain'; readonly key: string };

/** What changed in `safeStorage` over the Electron versions this runs on; this file alone looks (design: one place). */
interface SafeStorage {
  isEncryptionAvailable?(): boolean;
  encryptString?(text: string): Buffer;
  decryptString?(data: Buffer): string;
  getSelectedStorageBackend?(): string;
  isAsyncEncryptionAvailable?(): Promise<boolean>;
  encryptStringAsync?(text: string): Promise<Buffer>;
  decryptStringAsync?(data: Buffer): Promise<string | { result: string }>;
}
const keychain = safeStorage as unknown as SafeStorage;

/**
 * Reads or makes the key of a profile's database, wrapped by the operating system's keychain (rule S-03). Without one a
 * live desk gets no key; the demo realm keeps its key beside its file and says so.
 */
export async function databaseKey(folder: string, realm: Realm): Promise<DatabaseKey> {
  const file = join(folder, 'desk.key');
  const stored = readKeyFile(file);
  if (stored === 'unreadable') return { key: null, faults: [{ kind: 'cache-key-wrong' }] };
  const hasKeychain = await isKeychainThere();

  if (stored?.kind === 'wrapped') {
    const key = hasKeychain ? await unwrap(stored.wrapped) : null;
    // Never made anew: the database that this key opens may hold unsent work.
    return key === null ? { key: null, faults: [{ kind: 'cache-key-wrong' }] } : { key, faults: [] };
  }
  if (stored?.kind === 'plain') {
    if (realm !== 'demo') return { key: null, faults: [{ kind: 'no-keychain' }] };
    return { key: stored.key, faults: [{ kind: 'demo-key-in-file' }] };
  }
  if (!hasKeychain && realm !== 'demo') return { key: null, faults: [{ kind: 'no-keychain' }] };
  const key = randomBytes(32).toString('hex');
  writeKeyFile(file, hasKeychain ? { kind: 'wrapped', wrapped: await wrap(key) } : { kind: 'plain', key });
  return { key, faults: hasKeychain ? [] : [{ kind: 'demo-key-in-file' }] };
}

async function isKeychainThere(): Promise<boolean> {
  // On Linux without a secret store, newer versions "encrypt" with a fixed password and say so by the backend's name: that
  // is no keychain. Versions that cannot name the backend are simply not available then (measured with Electron 25).
  const backend = process.platform === 'linux' ? keychain.getSelectedStorageBackend?.() : undefined;
  if (backend === 'basic_text' || backend === 'unknown') return false;
  return keychain.isAsyncEncryptionAvailable?.() ?? keychain.isEncryptionAvailable?.() ?? false;
}

async function wrap(key: string): Promise<string> {
  const wrapped = (await keychain.encryptStringAsync?.(key)) ?? keychain.encryptString?.(key);
  if (wrapped === undefined) throw new Error('bug: a keychain that cannot encrypt');
  return wrapped.toString('base64');
}

async function unwrap(wrapped: string): Promise<string | null> {
  const data = Buffer.from(wrapped, 'base64');
  try {
    const answer = (await keychain.decryptStringAsync?.(data)) ?? keychain.decryptString?.(data);
    const key = typeof answer === 'object' ? answer.result : answer;
    return key !== undefined && /^[0-9a-f]{64}$/.test(key) ? key : null;
  } catch {
    return null;
  }
}

function readKeyFile(file: string): KeyFile | null | 'unreadable' {
  if (!existsSync(file)) return null;
  try {
    const stored = JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<string, unknown>>;
    if (stored['kind'] === 'wrapped' && typeof stored['wrapped'] === 'string') {
      return { kind: 'wrapped', wrapped: stored['wrapped'] };
    }
    const { key } = stored;
    if (stored['kind'] === 'plain' && typeof key === 'string' && /^[0-9a-f]{64}$/.test(key))
      return { kind: 'plain', key };
    return 'unreadable';
  } catch {
    return 'unreadable';
  }
}

function writeKeyFile(file: string, content: KeyFile): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}
