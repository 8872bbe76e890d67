import { describe, expect, it } from 'vitest';
import { keyedHash } from './keyed-hash.ts';

const [one, other] = [keyedHash('a1'.repeat(32)), keyedHash('b2'.repeat(32))];

describe('what a key makes of texts', () => {
  it('AS-23: the same text has the same hash under one key and another under another, and tells nothing of the text', () => {
    expect([
      one.hash('07700900114') === one.hash('07700900114'),
      one.hash('07700900114') === other.hash('07700900114'),
    ]).toEqual([true, false]);
    expect(one.hash('07700900114')).toMatch(/^[\w-]{22}$/);
  });

  it('AS-23: what is sealed is read with its key alone, and not when a byte of it is another', () => {
    const sealed = one.seal('CON-20261101-000007');
    expect([sealed.includes('CON'), one.unseal(sealed)]).toEqual([false, 'CON-20261101-000007']);
    expect(() => other.unseal(sealed)).toThrow(/authenticate/);
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => one.unseal(sealed)).toThrow(/authenticate/);
  });

  it('a key of another length is refused', () => {
    expect(() => keyedHash('a1')).toThrow('32 bytes');
  });
});
