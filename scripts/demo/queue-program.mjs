import { join } from 'node:path';

import { root } from '../steps/project.mjs';
import { startUntilReady } from './ready-line.mjs';

/** Starts the central queue of the demo and waits for the line that says where it serves. `args`: more of its options. */
export function startQueue(children, { node, folder, args = [], env = {} }) {
  return startUntilReady(children, {
    name: 'The central queue',
    command: node,
    args: [
      join(root, 'src', 'queue', 'index.ts'),
      '--demo',
      ...['--port', '0', '--data', join(folder, 'queue')],
      // What a handler sends to somebody is a file here, and goes nowhere.
      ...['--outbound-folder', join(folder, 'sent')],
      ...args,
    ],
    env,
    log: join(folder, 'queue.log'),
    patience: 60_000,
    // The first start makes the database.
    withinMs: 120_000,
  });
}
