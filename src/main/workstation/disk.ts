import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The disk with this desk's file, as far as room on it goes. Each throws what the system says. */
export interface Disk {
  /** Room that this user may still fill. Bytes. */
  freeBytes(): number;
  /** Holds `RESERVE_BYTES` in a file of their own; nothing happens if they are held already. */
  makeReserve(): void;
  /** Deletes that file. False when there is none. */
  giveUpReserve(): boolean;
}

/** Enough for a few hundred notes and the log of the file they go into. Bytes. */
export const RESERVE_BYTES = 4 * 2 ** 20;
export const reserveName = 'reserve';

/** The disk of the profile's folder; the reserve lies beside the file. */
export function diskOf(folder: string): Disk {
  const path = join(folder, reserveName);
  return {
    freeBytes() {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
    makeReserve() {
      if (existsSync(path) && statSync(path).size === RESERVE_BYTES) return;
      const file = openSync(path, 'w');
      try {
        // A file system that compresses would hold no room with noughts.
        writeSync(file, randomBytes(RESERVE_BYTES));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    giveUpReserve() {
      if (!existsSync(path)) return false;
      rmSync(path);
      return true;
    },
  };
}
