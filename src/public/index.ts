/**
 * The public contact pages as a program: reads its options, opens what is kept, serves, and stops in order on SIGTERM or SIGINT. A process of its
 * own that reaches the queue through the intake alone, so that no load of browsers can touch 999.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { readOptions, usage, wantsHelp, type PublicOptions } from './options.ts';
import { createLineLog } from './line-log.ts';
import { startPublic } from './start-public.ts';

function readKey({ keyFile, source }: PublicOptions): string {
  try {
    const key: unknown = (JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, unknown>)[source];
    if (typeof key === 'string') return key;
  } catch {
    // Told below, in one sentence with the other reason.
  }
  throw new Error(
    `No key of the source ${source} can be read from ${keyFile}. Start the queue first, or name its file with --key-file.`,
  );
}

function sentenceOf(error: unknown, { host, port }: PublicOptions): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${host} is in use by another program: stop it, or choose another with --port.`;
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES')
    return `The pages may not listen on ${host}:${port} (${code}).`;
  return error instanceof Error ? error.message : String(error);
}

async function serve(options: PublicOptions): Promise<void> {
  const asked = new Promise<void>((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  });
  const log = createLineLog((line) => console.log(line), systemClock);
  await using pages = await startPublic({
    ...options,
    dataDir: resolve(options.dataDir),
    policyDir: options.policyDir === null ? null : resolve(options.policyDir),
    queue: { address: options.queue, key: readKey(options) },
    clock: systemClock,
    timers: systemTimers,
    log,
    random: randomBytes,
  });
  console.log(JSON.stringify({ ready: true, pages: pages.server.origin, port: pages.server.port }));
  await asked;
  log.info('stopping');
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (wantsHelp(args)) return console.log(usage);
  let options: PublicOptions;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    await serve(options);
  } catch (error) {
    console.error(sentenceOf(error, options));
    process.exitCode = 1;
  }
  // What waits for the queue is on the disk: nothing needs to hold the process.
  process.exit();
}

await main();
