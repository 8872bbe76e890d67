import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface Displays {
  readonly startDisplay: () => Promise<{ readonly stop: () => void }>;
}

/** Whether each worker of the journeys can have a screen, and so a keyboard focus, of its own. */
export const hasOwnDisplay = process.platform === 'linux' && existsSync('/usr/bin/Xvfb');

/** Runs work whose windows are on a screen in memory that nobody else uses; where there is none, on the one there is. */
export async function onOwnDisplay(work: () => Promise<void>): Promise<void> {
  if (!hasOwnDisplay) return work();
  // The scripts are plain JavaScript, which also an old Node reads.
  const path = join(import.meta.dirname, '..', '..', 'scripts', 'steps', 'display.mjs');
  const { startDisplay } = (await import(path)) as Displays;
  const display = await startDisplay();
  try {
    await work();
  } finally {
    display.stop();
  }
}
