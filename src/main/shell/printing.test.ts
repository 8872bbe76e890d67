import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLogger } from '../../platform/log.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { Printing } from './printing.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-printing-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const clock = { now: () => asInstant(Date.UTC(2026, 6, 1, 2, 3, 4)), monotonic: () => 0 };

interface Machine {
  readonly printers?: readonly { readonly name: string; readonly displayName: string }[];
  /** Whether a printer may be asked. */
  readonly mayPrint?: boolean;
  /** Why the printer does not take it; `null`: it does. */
  readonly jam?: string | null;
  /** Goes on while the machine is asked for its printers. */
  readonly before?: (made: Printing) => void;
  /** Goes on while the page is being made into a file. */
  readonly meanwhile?: (made: Printing) => void;
}

/** A window whose page becomes a small file, on a machine with or without printers. */
function printing({ printers = [], mayPrint = true, jam = null, before, meanwhile }: Machine = {}): Printing {
  const webContents = {
    isDestroyed: () => false,
    getPrintersAsync: async () => {
      before?.(made);
      return printers;
    },
    print: (_options: unknown, done: (success: boolean, why: string) => void) =>
      done(jam === null, jam ?? ''),
    printToPDF: async () => {
      meanwhile?.(made);
      return Buffer.from('%PDF-1.4 nothing');
    },
  };
  const window = { webContents } as unknown as BrowserWindow;
  const made = new Printing({ folder, window: () => window, printers: mayPrint, clock, log: silentLogger });
  made.told('desk.changed', signedIn);
  return made;
}

const signedOut = { session: { kind: 'signed-out' } };
const signedIn = { session: { kind: 'signed-in', locked: false } };
const locked = { session: { kind: 'signed-in', locked: true } };
const print = async (made: Printing) => made.handlers['paper.print']({});
const paper = () => join(folder, 'paper');
const printer = { name: 'lp0', displayName: 'Control room' };

test('P-07: without a printer the print-out is a file that only this user can read, named by the time in the room', async () => {
  const made = printing();
  const path = join(paper(), 'paper 2026-07-01 03.03.04.pdf');
  expect(await print(made)).toEqual({ kind: 'saved', path });
  expect(readFileSync(path, 'latin1')).toMatch(/^%PDF-/);
  expect([statSync(path).mode & 0o777, statSync(paper()).mode & 0o777]).toEqual([0o600, 0o700]);
});

test('P-07: a second print-out in the same second writes over nothing', async () => {
  const made = printing();
  await print(made);
  await print(made);
  expect(readdirSync(paper()).toSorted()).toEqual([
    'paper 2026-07-01 03.03.04 2.pdf',
    'paper 2026-07-01 03.03.04.pdf',
  ]);
});

test('P-07: a printer leaves no file; one that does not take it does', async () => {
  expect(await print(printing({ printers: [printer] }))).toEqual({
    kind: 'printed',
    printer: 'Control room',
  });
  expect(existsSync(paper())).toBe(false);
  expect(await print(printing({ printers: [printer], jam: 'out of paper' }))).toMatchObject({
    kind: 'saved',
  });
});

test('P-07: sign-off removes every print-out, and with nobody signed in none is made', async () => {
  const made = printing();
  made.told('desk.changed', signedIn);
  await print(made);
  made.told('outbox.changed', signedOut);
  made.told('desk.changed', signedIn);
  expect(readdirSync(paper())).toHaveLength(1);
  made.told('desk.changed', signedOut);
  expect(existsSync(paper())).toBe(false);
  expect(await print(made)).toEqual({ kind: 'failed', why: 'nobody is signed in' });
});

test('W-16: behind the lock nothing is printed, and what was printed before stays', async () => {
  const made = printing();
  await print(made);
  made.told('desk.changed', locked);
  const refused = await print(made);
  made.told('desk.changed', signedIn);
  expect([refused, (await print(made)).kind, readdirSync(paper()).length]).toEqual([
    { kind: 'failed', why: 'the desk is locked' },
    'saved',
    2,
  ]);
});

test('W-15: before it is known who is there nothing is printed', async () => {
  const made = new Printing({ folder, window: () => null, printers: true, clock, log: silentLogger });
  expect(await print(made)).toEqual({ kind: 'failed', why: 'nobody is signed in' });
});

test('TS-06: in training no printer is asked: a print-out is a file beside the exercise', async () => {
  const asked: string[] = [];
  const made = printing({
    mayPrint: false,
    printers: [{ name: 'room', displayName: 'Control room' }],
    before: () => asked.push('printers'),
  });
  expect([(await print(made)).kind, asked]).toEqual(['saved', []]);
});

test.each([
  ['signed off', [signedOut], 'nobody is signed in'],
  ['signed off, and another came', [signedOut, signedIn], 'the desk was left meanwhile'],
  ['locked', [locked], 'the desk is locked'],
])('P-07: a print-out that was not done when the handler %s is not kept', async (_how, states, why) => {
  const made = printing({
    meanwhile: (one) => {
      for (const state of states) one.told('desk.changed', state);
    },
  });
  expect([await print(made), existsSync(paper())]).toEqual([{ kind: 'failed', why }, false]);
});

test('P-07: nothing comes out of the printer when the handler has left meanwhile', async () => {
  const made = printing({
    printers: [printer],
    before: (one) => {
      for (const state of [signedOut, signedIn]) one.told('desk.changed', state);
    },
  });
  expect([await print(made), existsSync(paper())]).toEqual([
    { kind: 'failed', why: 'the desk was left meanwhile' },
    false,
  ]);
});

test('P-07: what an earlier handler left behind in a crash is gone before the next one signs in', async () => {
  await print(printing());
  printing().told('desk.changed', signedOut);
  expect(existsSync(paper())).toBe(false);
});

test('P-07: a folder that cannot be written is said, and nothing is thrown', async () => {
  const made = printing();
  // Something else lies where the folder would be.
  writeFileSync(paper(), '');
  expect(await print(made)).toEqual({ kind: 'failed', why: 'the file could not be written (Error:EEXIST)' });
});
