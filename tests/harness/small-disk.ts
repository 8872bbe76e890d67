import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `null` when this machine lets a test have a small disk of its own, else why not. */
export const cannotMount: string | null = whyNoSmallDisk();

function whyNoSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'only Linux has file systems in memory';
  if (process.getuid?.() !== 0) return 'only root may mount';
  const folder = mkdtempSync(join(tmpdir(), 'fcr-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', [folder]);
    return null;
  } catch {
    return 'this machine does not let a test mount anything';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A disk of 144 MiB in memory: enough for a desk's file and its reserve, and soon full. Gone at the end of its block. */
export class SmallDisk implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'fcr-full-'));

  constructor() {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=144m', 'tmpfs', this.folder]);
  }

  /** Writes until nothing more fits. */
  fill(): void {
    for (const size of [2 ** 20, 4_096, 1]) {
      const piece = Buffer.alloc(size, 1);
      try {
        for (;;) appendFileSync(join(this.folder, 'filler'), piece);
      } catch (error) {
        // Full, for pieces of this size.
        if ((error as { code?: unknown }).code !== 'ENOSPC') throw error;
      }
    }
  }

  /** Gives the room back that `fill` has taken. */
  empty(): void {
    rmSync(join(this.folder, 'filler'));
  }

  [Symbol.dispose](): void {
    execFileSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
