import { join } from 'node:path';
import { hostWorkstation } from './host-process.ts';
import { realSurroundings } from './real-surroundings.ts';
import { startWorkstation } from './start-workstation.ts';

/** The program behind the window of a live desk, or of the demonstration's. */
hostWorkstation((options) =>
  startWorkstation({
    ...options,
    surroundings: realSurroundings,
    checkpointScript: join(import.meta.dirname, 'checkpoint-thread.js'),
  }),
);
