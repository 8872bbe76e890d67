import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hostWorkstation } from '../main/workstation/host-process.ts';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { startTrainingDesk } from './room/training-desk.ts';

/** The program behind the window in training: desk, queue and story in one process, and no way out of it (rule TS-04). */
hostWorkstation((options) =>
  startTrainingDesk({
    ...options,
    surroundings: { clock: systemClock, timers: systemTimers, newId: randomUUID, randomBytes, nextTurn },
  }),
);
