import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AccountRefused, accountWishSchema, type AccountChanges } from './account-changes.ts';

/**
 * Makes the accounts of the demo realm that are not there yet; their PINs stand in a file that everybody has (rule A-12).
 * The caller sees to it that no other realm gets them.
 */
export async function makeDemoAccounts(changes: AccountChanges, file: string): Promise<void> {
  const wishes = z.array(accountWishSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  const there = new Set((await changes.list()).map(({ handler }) => String(handler)));
  const missing = wishes.filter(({ number }) => !there.has(number));
  await Promise.all(
    missing.map((wish) =>
      changes.add(wish).catch((error: unknown) => {
        // Another node was quicker.
        if (!(error instanceof AccountRefused)) throw error;
      }),
    ),
  );
}
