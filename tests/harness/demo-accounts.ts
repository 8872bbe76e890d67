import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFolder } from './e2e-program.ts';

/** One of the demo's people: their PINs are public (rule A-12). */
export interface DemoAccount {
  readonly number: string;
  readonly name: string;
  readonly role: string;
  readonly pin: string;
}

const accounts = JSON.parse(
  readFileSync(join(programFolder, 'resources/demo/accounts.json'), 'utf8'),
) as readonly DemoAccount[];

/** A handler, unless a journey says otherwise. */
export const USUAL_NUMBER = '1001';

export function demoAccount(number: string): DemoAccount {
  const found = accounts.find((account) => account.number === number);
  if (found === undefined) throw new Error(`no demo account ${number}`);
  return found;
}
