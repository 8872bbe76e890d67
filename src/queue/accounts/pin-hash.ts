import { scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHash } from '../store/account-store.ts';

/** What a guess costs: scrypt's N, r and p. */
export type ScryptCost = Pick<PinHash, 'n' | 'r' | 'p'>;

/** Of every PIN that is set by this program: 32 MiB and about a tenth of a second each (rule A-01). */
export const productionCost: ScryptCost = { n: 2 ** 15, r: 8, p: 1 };

/** Random bytes, passed in so that a test knows them. */
export type RandomBytes = (size: number) => Buffer;

const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes a PIN under a salt of its own. */
export async function hashPin(pin: string, cost: ScryptCost, random: RandomBytes): Promise<PinHash> {
  const { n, r, p } = cost;
  const salt = random(SALT_BYTES);
  const hash = await derived(pin, salt, cost);
  return { n, r, p, salt: salt.toString('hex'), hash: hash.toString('hex') };
}

/** Whether this is the PIN. Takes as long whether it is or not. */
export async function isPinOf(pin: string, kept: PinHash): Promise<boolean> {
  const hash = await derived(pin, Buffer.from(kept.salt, 'hex'), kept);
  return timingSafeEqual(hash, Buffer.from(kept.hash, 'hex'));
}

/** What nobody's PIN is: asked where there is no account, so that an unknown number costs the same work (rule A-01). */
export function decoyHash({ n, r, p }: ScryptCost): PinHash {
  return { n, r, p, salt: '0'.repeat(2 * SALT_BYTES), hash: '0'.repeat(2 * HASH_BYTES) };
}

function derived(pin: string, salt: Buffer, { n, r, p }: ScryptCost): Promise<Buffer> {
  // What the algorithm needs is 128·N·r bytes; Node's own limit would refuse exactly that.
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
