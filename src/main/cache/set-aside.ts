import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { must } from '../../shared/lib/assert.ts';
import type { Clock } from '../../shared/domain/time.ts';

export const databaseName = 'desk.db';
const damagedName = 'damaged';
const setAsideName = 'set-aside';

/** Stands in the folder from the moment the file is found damaged until everything of it is in a new one. */
const markSchema = z.object({
  /** Folders under `set-aside` that the rescue under way has filled, oldest first. */
  setAside: z.array(z.string()),
  /** False while files are being moved into the last of them. */
  isMoved: z.boolean(),
});

/**
 * Leaves word for the next start that this file is damaged, because a fault found in the middle of the work need not show
 * when the file is opened. The process then ends.
 */
export function markDamaged(folder: string): void {
  writeMark(folder, { setAside: readMark(folder)?.setAside ?? [], isMoved: true });
}

export const isMarked = (folder: string): boolean => readMark(folder) !== null;

export function clearMark(folder: string): void {
  rmSync(join(folder, damagedName), { force: true });
}

/**
 * Moves the database with its WAL into a folder of its own, whole: a WAL parted from its database is lost (rule S-06).
 * Returns that folder, after those of the same rescue if it was cut off before. Which they are is written down before
 * anything moves.
 */
export function putAside(folder: string, clock: Clock): string[] {
  const mark = readMark(folder) ?? { setAside: [], isMoved: true };
  const names = [...mark.setAside];
  if (mark.isMoved && (names.length === 0 || files(folder).length > 0)) names.push(freeName(folder, clock));
  writeMark(folder, { setAside: names, isMoved: false });
  const targets = names.map((name) => join(folder, setAsideName, name));
  const target = must(targets.at(-1), 'folder to set a damaged file aside in');
  mkdirSync(target, { recursive: true });
  for (const file of files(folder)) renameSync(join(folder, file), join(target, file));
  writeMark(folder, { setAside: names, isMoved: true });
  return targets;
}

const files = (folder: string): string[] =>
  ['', '-wal', '-shm']
    .map((suffix) => databaseName + suffix)
    .filter((file) => existsSync(join(folder, file)));

function freeName(folder: string, clock: Clock): string {
  const stamp = new Date(clock.now()).toISOString().replace(/[:.]/g, '-');
  const isTaken = (name: string): boolean => existsSync(join(folder, setAsideName, name));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? stamp : `${stamp}-${count}`;
    if (!isTaken(name)) return name;
  }
}

/** `null` when there is none. One that cannot be read still says that the file is damaged. */
function readMark(folder: string): z.infer<typeof markSchema> | null {
  const file = join(folder, damagedName);
  if (!existsSync(file)) return null;
  try {
    return markSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { setAside: [], isMoved: true };
  }
}

function writeMark(folder: string, mark: z.infer<typeof markSchema>): void {
  writeWhole(join(folder, damagedName), JSON.stringify(mark));
}

/** The old text or the new one, never half of either. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { flush: true });
  renameSync(`${file}.new`, file);
}
