import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../../platform/log.ts';
import { openForCheckpoints } from '../../platform/sqlite.ts';
import { must } from '../../shared/lib/assert.ts';
import type { FromCheckpoints, ToCheckpoints, WhatToCheckpoint } from './checkpoints.ts';

/**
 * A thread's entry point: takes the log of commits into the file when it is told to, on a connection of its own that can
 * change nothing else. Whatever goes wrong ends it, and the store does it again within its commits.
 */
const port = must(parentPort, 'port of the thread');
const { path, key, closed } = workerData as WhatToCheckpoint;
const say = (message: FromCheckpoints): void => port.postMessage(message);

const db = openForCheckpoints(path, key);
say({ kind: 'open' });

port.on('message', (message: ToCheckpoints) => {
  switch (message.kind) {
    case 'take':
      try {
        // Waits for nobody, and nobody waits for it: what a commit adds meanwhile is taken next time.
        db.pragma('wal_checkpoint(PASSIVE)');
        return say({ kind: 'taken' });
      } catch (error) {
        say({ kind: 'failed', code: errorCode(error) });
        return end();
      }
    case 'close':
      return end();
  }
});

function end(): void {
  db.close();
  Atomics.store(closed, 0, 1);
  Atomics.notify(closed, 0);
  port.close();
}
