import { join } from 'node:path';

import { root } from '../steps/project.mjs';
import { Refusal } from '../steps/report.mjs';
import { startUntilReady, Stopped } from './ready-line.mjs';

/**
 * Starts the public's pages before a queue of the demo, with the key of its source, and says in a line where they are. Without them the rest
 * goes on, as it does when they end: that is said in a line too.
 *
 * @param {{ node: string, folder: string, queue: { intake: string, intakeKeyFile: string }, port: string }} options `queue`:
 *   its ready line. `port`: `0` for any free one.
 */
export async function startPages(children, { node, folder, queue, port }) {
  const log = join(folder, 'public.log');
  try {
    const { pages } = await startUntilReady(children, {
      name: 'The public’s pages',
      command: node,
      args: [
        '--disable-warning=ExperimentalWarning',
        join(root, 'src', 'public', 'index.ts'),
        ...['--queue', new URL(queue.intake).origin, '--key-file', queue.intakeKeyFile],
        ...['--port', port, '--data', join(folder, 'public')],
      ],
      log,
      patience: 5_000,
      withinMs: 30_000,
      onGone: (why) => console.error(`${why}\nThe queue, its callers and the desk go on without them.`),
    });
    console.log(`The public’s pages are at ${pages} (reports, and a chat with the desk).`);
  } catch (fault) {
    if (!(fault instanceof Refusal) || fault instanceof Stopped) throw fault;
    console.error(`${fault.message}\nThe queue, its callers and the desk go on without the public’s pages.`);
  }
}
