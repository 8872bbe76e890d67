import { parseArgs } from 'node:util';
import { durationMs } from '../shared/domain/duration.ts';
import { instantOfWallTime } from './london.ts';

/** How the generator was asked to run. */
export interface DemandOptions {
  /** The queue's address, without a path. */
  readonly queue: string;
  readonly keyFile: string;
  readonly source: string;
  /** Where it is told what handlers do with its calls, on this machine; `null`: nowhere. */
  readonly actsPort: number | null;
  /** Seconds of the day that pass in one second. */
  readonly rate: number;
  readonly seed: number;
  /** Where in Hertfordshire's day it begins; `null` for now. Milliseconds. */
  readonly from: number | null;
  /** So many come at once, at the start. */
  readonly atOnce: number;
  /** Stop after so many contacts; `null` to go on until told to stop. */
  readonly count: number | null;
  /** Stop after so much of the day; `null` to go on. Milliseconds of the day. */
  readonly lastsMs: number | null;
}

export const usage = `usage: npm run demand -- [--queue URL] [--rate R] [--seed N] [--from TIME] [--for LENGTH] [--count N]
                         [--at-once N] [--key-file FILE] [--source NAME] [--acts-port N]
  --queue URL      the central queue (http://127.0.0.1:8181)
  --rate R         seconds of the day that pass in one second, 1 to 1000 (1)
  --seed N         the same seed brings the same day (1)
  --from TIME      where in the day it begins, by the clock on the wall in Hertfordshire: 2026-11-21T22:00 (now)
  --for LENGTH     stop after so much of the day: 90m, 24h
  --count N        stop after so many contacts
  --at-once N      so many contacts at once at the start (0)
  --key-file FILE  the queue's key file, as its ready line names it (.local/queue/intake-keys.json)
  --source NAME    whose key to use (demo)
  --acts-port N    listen here for what handlers do with the calls, as an exchange does: the queue is then started with
                   --exchange demo=http://127.0.0.1:N/acts
The day is invented: nobody in it exists. SIGTERM or Ctrl-C ends it and says what was left undelivered.`;

/** Whether only the usage was asked for. */
export const wantsHelp = (args: readonly string[]): boolean => args.includes('--help');

/** Reads the command line. Throws an `Error` with one sentence when it cannot be followed. */
export function readOptions(args: readonly string[]): DemandOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      queue: { type: 'string', default: 'http://127.0.0.1:8181' },
      'key-file': { type: 'string', default: '.local/queue/intake-keys.json' },
      source: { type: 'string', default: 'demo' },
      rate: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string' },
      for: { type: 'string' },
      count: { type: 'string' },
      'at-once': { type: 'string', default: '0' },
      'acts-port': { type: 'string' },
    },
  });
  const { source, seed, count, for: lasts, 'key-file': keyFile, 'at-once': atOnce } = values;
  if (keyFile === '') throw new Error('--key-file must name the queue’s key file.');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(source))
    throw new Error('--source must be the name of a source in the key file, such as demo.');
  const rate = /^\d{1,4}(?:\.\d{1,3})?$/.test(values.rate) ? Number(values.rate) : NaN;
  if (!(rate >= 1 && rate <= 1_000)) throw new Error('--rate must be a number from 1 to 1000.');
  if (!/^\d{1,9}$/.test(seed)) throw new Error('--seed must be a whole number up to 999999999.');
  if (!/^\d{1,4}$/.test(atOnce)) throw new Error('--at-once must be a whole number up to 9999.');
  const actsPort = values['acts-port'] ?? null;
  if (actsPort !== null && !(/^[1-9]\d{0,4}$/.test(actsPort) && Number(actsPort) <= 65_535))
    throw new Error('--acts-port must be a number from 1 to 65535.');
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count))
    throw new Error('--count must be a whole number from 1 to 999999999.');
  const lastsMs = lasts === undefined ? null : durationMs(lasts);
  if (lasts !== undefined && !(lastsMs !== null && lastsMs > 0))
    throw new Error('--for must be a length of time such as 90m or 24h.');
  return {
    queue: queueAddress(values.queue),
    keyFile,
    source,
    actsPort: actsPort === null ? null : Number(actsPort),
    rate,
    seed: Number(seed),
    from: values.from === undefined ? null : startOf(values.from),
    atOnce: Number(atOnce),
    count: count === undefined ? null : Number(count),
    lastsMs,
  };
}

function queueAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isQueue =
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    `${url.pathname}${url.search}${url.hash}` === '/' &&
    url.username === '';
  if (!isQueue) {
    throw new Error('--queue must be the address of a queue without a path, such as http://127.0.0.1:8181.');
  }
  return url.origin;
}

function startOf(text: string): number {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text);
  const instant = isTime ? instantOfWallTime(text) : null;
  if (instant !== null) return instant;
  if (isTime && !Number.isNaN(Date.parse(`${text}Z`))) {
    throw new Error(`--from ${text}: no clock in Hertfordshire shows that time; choose another.`);
  }
  throw new Error('--from must be a date and a time such as 2026-11-21T22:00.');
}
