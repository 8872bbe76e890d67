import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decoyHash, hashPin, isPinOf, productionCost } from './pin-hash.ts';

const cheap = { n: 16, r: 1, p: 1 };

describe('a PIN as it is kept', () => {
  it('A-01 keeps a hash with a salt of its own and its parameters, and nothing of the PIN', async () => {
    const [one, two] = [
      await hashPin('135790', cheap, randomBytes),
      await hashPin('135790', cheap, randomBytes),
    ];
    expect(one.salt).not.toBe(two.salt);
    expect(one.hash).not.toBe(two.hash);
    expect(one).toMatchObject(cheap);
    expect(JSON.stringify(one)).not.toContain('135790');
    expect([await isPinOf('135790', one), await isPinOf('135791', one)]).toEqual([true, false]);
  });

  it('A-01 knows an old hash by the parameters that are kept with it, whatever is usual now', async () => {
    const old = await hashPin('2580', { n: 32, r: 2, p: 2 }, randomBytes);
    expect([await isPinOf('2580', old), await isPinOf('2580', { ...old, n: 16 })]).toEqual([true, false]);
  });

  it('A-01 costs a guess 32 MiB, and asks of an unknown number the same', async () => {
    const { n, r, p } = productionCost;
    expect(128 * n * r).toBe(32 * 1024 * 1024);
    expect(decoyHash(productionCost)).toMatchObject({ n, r, p });
    expect(await isPinOf('0000', decoyHash(cheap))).toBe(false);
    expect(await isPinOf('2580', await hashPin('2580', productionCost, randomBytes))).toBe(true);
  });
});
