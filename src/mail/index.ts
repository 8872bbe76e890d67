/**
 * The reader of e-mails as a program: a client of the queue's intake like the public's pages, so that neither a full mailbox nor a broken e-mail can
 * touch 999. Nothing is kept here: what the queue has not got yet is unseen in the mailbox.
 */
import { resolve } from 'node:path';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { createLineLog } from '../platform/line-log.ts';
import { runProgram } from '../platform/run-program.ts';
import { readSourceKey } from '../platform/source-key.ts';
import { openMailbox } from './mailbox.ts';
import { readMailbox } from './mailbox-file.ts';
import { readOptions, usage, wantsHelp, type MailOptions } from './options.ts';
import { createQueueDoor } from './queue-door.ts';
import { readForEver } from './reader.ts';

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
  const door = createQueueDoor({ queue: options.queue, key: readSourceKey(options) });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  console.log(JSON.stringify({ ready: true, mailbox: `${settings.user} ${settings.folder}` }));
  await readForEver(
    {
      open: () => openMailbox(settings, { password, timers: systemTimers }),
      door,
      ourAddresses: settings.ourAddresses,
      log: createLineLog({ name: 'mail', write: (line) => console.log(line), clock: systemClock }),
      say: (sentence) => console.error(sentence),
      pause,
      lookEveryMs: options.lookEveryMs,
    },
    stop.signal,
  );
}

await runProgram({
  usage,
  wantsHelp,
  readOptions,
  serve,
  print: { out: (text) => console.log(text), err: (text) => console.error(text) },
});
