import { join } from 'node:path';

import { root } from '../steps/project.mjs';
import { Refusal } from '../steps/report.mjs';

/** How long the queue may take to serve: the first start makes the database. */
const patience = 120_000;

/** Starts the central queue of the demo and waits for the line that says where it serves. `args`: more of its options. */
export async function startQueue(children, { node, folder, args = [] }) {
  let timer;
  const ready = new Promise((done, fail) => {
    timer = setTimeout(
      () =>
        fail(
          new Refusal(
            `The queue did not serve within ${patience / 1000} s. See ${join(folder, 'queue.log')}.`,
          ),
        ),
      patience,
    );
    children.start({
      name: 'The central queue',
      command: node,
      args: [
        join(root, 'src', 'queue', 'index.ts'),
        '--demo',
        '--port',
        '0',
        '--data',
        join(folder, 'queue'),
        ...args,
      ],
      log: join(folder, 'queue.log'),
      patience: 60_000,
      onLine(line) {
        const said = readyLine(line);
        if (said !== undefined) done(said);
        return said !== undefined;
      },
    });
  });
  const outcome = await Promise.race([
    ready,
    children.wanted.then((why) => new Refusal(why ?? 'Stopped.')),
  ]).finally(() => clearTimeout(timer));
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** The queue's one line for other programs; everything else on its stdout is log. */
function readyLine(line) {
  if (!line.startsWith('{"ready":true')) return undefined;
  return JSON.parse(line);
}
