/**
 * The reader of e-mails as a program: a client of the queue's intake like the public's pages, so that neither a full mailbox nor a broken e-mail can
 * touch 999. Nothing is kept here: what the queue has not got yet is unseen in the mailbox.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { redacted, type LogFields, type Logger } from '../platform/log.ts';
import { openMailbox } from './mailbox.ts';
import { readMailbox } from './mailbox-file.ts';
import { readOptions, usage, wantsHelp, type MailOptions } from './options.ts';
import { createQueueDoor } from './queue-door.ts';
import { readForEver } from './reader.ts';

function readKey({ keyFile, source }: MailOptions): string {
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

function lineLog(write: (line: string) => void): Logger {
  const at =
    (level: string) =>
    (msg: string, fields?: LogFields): void =>
      write(JSON.stringify({ level, time: systemClock.now(), name: 'mail', msg, ...redacted(fields) }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = systemTimers.after(ms, done);
    const keepsAlive = setTimeout(() => undefined, ms);
    stop.addEventListener(
      'abort',
      () => {
        timer[Symbol.dispose]();
        clearTimeout(keepsAlive);
        done();
      },
      { once: true },
    );
  });

async function serve(options: MailOptions): Promise<void> {
  const settings = readMailbox(resolve(options.mailbox));
  const password = process.env['MAIL_PASSWORD'] ?? '';
  if (password === '') throw new Error(`The password of ${settings.user} must stand in MAIL_PASSWORD.`);
  const door = createQueueDoor({ queue: options.queue, key: readKey(options) });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  console.log(JSON.stringify({ ready: true, mailbox: `${settings.user} ${settings.folder}` }));
  await readForEver(
    {
      open: () => openMailbox(settings, { password, timers: systemTimers }),
      door,
      ourAddresses: settings.ourAddresses,
      log: lineLog((line) => console.log(line)),
      say: (sentence) => console.error(sentence),
      pause,
      lookEveryMs: options.lookEveryMs,
    },
    stop.signal,
  );
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (wantsHelp(args)) return console.log(usage);
  let options: MailOptions;
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
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
  process.exit();
}

await main();
