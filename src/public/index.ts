/**
 * The public contact pages as a program: reads its options, opens what is kept, serves, and stops in order on SIGTERM or SIGINT. A process of its
 * own that reaches the queue through the intake alone and gives way to it where they share a machine, so that no load of browsers can touch 999.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { giveWay } from '../platform/give-way.ts';
import { createLineLog } from '../platform/line-log.ts';
import { runProgram } from '../platform/run-program.ts';
import { readSourceKey } from '../platform/source-key.ts';
import { readOptions, usage, wantsHelp, type PublicOptions } from './options.ts';
import { startPublic } from './start-public.ts';

function sentenceOf(error: unknown, { host, port }: PublicOptions): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use by another program: stop it, or choose another with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
    return `The pages may not listen on ${host}:${port} (${code}).`;
  return error instanceof Error ? error.message : String(error);
}

async function serve(options: PublicOptions): Promise<void> {
  giveWay();
  const asked = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  });
  const log = createLineLog({ name: 'public', write: (line) => console.log(line), clock: systemClock });
  await using pages = await startPublic({
    ...options,
    dataDir: resolve(options.dataDir),
    policyDir: options.policyDir === null ? null : resolve(options.policyDir),
    queue: { address: options.queue, key: readSourceKey(options) },
    clock: systemClock,
    timers: systemTimers,
    log,
    random: randomBytes,
  });
  console.log(JSON.stringify({ ready: true, pages: pages.server.origin, port: pages.server.port }));
  await asked;
  log.info('stopping');
}

await runProgram({
  usage,
  wantsHelp,
  readOptions,
  serve,
  sentenceOf,
  print: { out: (text) => console.log(text), err: (text) => console.error(text) },
});
