import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDeskFile, openDeskStore } from '../../src/main/cache/open-desk-store.ts';
import type { Draft } from '../../src/shared/contract/workstation.ts';
import type { Command } from '../../src/shared/domain/command.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { anActor, anId } from '../harness/builders.ts';

const keeper = join(import.meta.dirname, 'desk-process', 'keeper.ts');
const key = 'e1'.repeat(32);
const ROUNDS = 20;
const writer = anActor().handler;

type Word =
  | { readonly faults: number }
  | { readonly contact: ContactId; readonly draft: Draft }
  | { readonly seq: number; readonly command: Command; readonly cleared: boolean };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-kill-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Lets the program keep things until it has told of `count`, kills it, and returns everything it told. */
async function killAfter(count: number, from: number): Promise<Word[]> {
  const child = fork(keeper, [folder, key, String(from)], {
    execPath: process.execPath,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const told: Word[] = [];
  child.on('message', (word: Word) => {
    told.push(word);
    if (told.length === count) child.kill('SIGKILL');
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`the program ended by itself: ${code}`);
  return told;
}

describe('a workstation process that is killed', () => {
  it('X-01, X-09: every act and every half-typed word that it said was kept is there afterwards, twenty times over', async () => {
    const fixed = process.env['FCR_SEED'];
    const seed = fixed === undefined ? Math.floor(Math.random() * 1e9) : Number(fixed);
    const moments = fc.sample(fc.integer({ min: 2, max: 400 }), { numRuns: ROUNDS, seed });
    const keptSoFar = new Map<number, Command>();
    for (const [round, moment] of moments.entries()) {
      const told = await killAfter(moment, round * 10_000);
      /** The last word on each contact's draft; after a note that cleared it, a later draft may have been cut off untold. */
      const drafts = new Map<ContactId, Draft | null>();
      for (const word of told) {
        if ('draft' in word) drafts.set(word.contact, word.draft);
        if (!('seq' in word)) continue;
        keptSoFar.set(word.seq, word.command);
        if (word.cleared) drafts.set(word.command.contact, null);
      }
      const sound = checkDeskFile(folder, key);
      const { store, faults, release } = openDeskStore({
        folder,
        realm: 'demo',
        key,
        newId: () => anId(1),
        clock: systemClock,
      });
      const rows = store.outbox();
      const found = new Map(rows.map((row) => [row.seq, row.command]));
      const missing = [...keptSoFar]
        .filter(([seq, command]) => found.get(seq)?.id !== command.id)
        .map(([seq]) => seq);
      // The program went on for a moment after the word heard last: a newer draft, or a kept note that took it away.
      const lostDrafts = [...drafts].filter(([contact, draft]) => {
        if (draft === null) return false;
        const now = store.draft(writer, contact);
        if (now !== null) return now.text !== draft.text && now.caret <= draft.caret;
        return !rows.some(
          (row) => row.command.contact === contact && row.mono >= draft.caret && row.mono % 3 === 0,
        );
      });
      // Numbers without a hole, whatever was cut off.
      const numbers = rows.map(({ seq }) => seq);
      expect({ seed, round, sound, faults, missing, lostDrafts, numbers }).toEqual({
        seed,
        round,
        sound: null,
        faults: [],
        missing: [],
        lostDrafts: [],
        numbers: Array.from({ length: rows.length }, (_, index) => index + 1),
      });
      for (const row of rows) keptSoFar.set(row.seq, row.command);
      store.close();
      release();
    }
  }, 180_000);
});
