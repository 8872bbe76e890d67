import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PinHash } from '../cache/kept-session.ts';

/** Makes and checks hashes of PINs. Never on the thread that serves key presses; handed in, so that tests can do without the work. */
export interface PinHasher {
  hash(pin: string): Promise<PinHash>;
  isRight(pin: string, hash: PinHash): Promise<boolean>;
}

const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** About a tenth of a second and 32 MiB each: a stolen file's PINs are not tried out by the thousand. */
const parameters = { cost: 2 ** 15, blockSize: 8, parallel: 1 };

const scryptAsync = promisify<string, Buffer, number, object, Buffer>(scrypt);

function derive(
  pin: string,
  salt: Buffer,
  { cost, blockSize, parallel }: typeof parameters,
): Promise<Buffer> {
  const options = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return scryptAsync(pin, salt, KEY_BYTES, options);
}

/** scrypt, with a salt for each hash. */
export const scryptHasher: PinHasher = {
  async hash(pin) {
    const salt = randomBytes(SALT_BYTES);
    const hash = await derive(pin, salt, parameters);
    return { salt: salt.toString('hex'), hash: hash.toString('hex'), ...parameters };
  },
  async isRight(pin, { salt, hash, ...known }) {
    const found = await derive(pin, Buffer.from(salt, 'hex'), known);
    const expected = Buffer.from(hash, 'hex');
    return found.length === expected.length && timingSafeEqual(found, expected);
  },
};
