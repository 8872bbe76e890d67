import { parseArgs } from 'node:util';

/** How the feeder was asked to run. */
export interface DemandOptions {
  readonly intakeUrl: string;
  readonly keyFile: string;
  readonly source: string;
  readonly perMinute: number;
  /** So many come at once, at the start: an inbox with something in it. */
  readonly atOnce: number;
  readonly seed: number;
  /** Stop after so many; `null` to go on until told to stop. */
  readonly count: number | null;
}

export const usage = `usage: npm run feed -- --intake URL --key-file FILE [--source NAME] [--per-minute N] [--at-once N] [--seed N] [--count N]
  --intake URL     the queue's intake, as its ready line names it
  --key-file FILE  the queue's key file, as its ready line names it
  --source NAME    whose key to use (demo)
  --per-minute N   contacts a minute, on average (6)
  --at-once N      so many at once at the start (0)
  --seed N         the same seed brings the same contacts in the same order (1)
  --count N        stop after so many`;

/** Whether only the usage was asked for. */
export const wantsHelp = (args: readonly string[]): boolean => args.includes('--help');

/** Reads the command line. Throws an `Error` with one sentence when it cannot be followed. */
export function readOptions(args: readonly string[]): DemandOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      intake: { type: 'string' },
      'key-file': { type: 'string' },
      source: { type: 'string', default: 'demo' },
      'per-minute': { type: 'string', default: '6' },
      'at-once': { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      count: { type: 'string' },
    },
  });
  const { intake, 'key-file': keyFile, source, seed, count } = values;
  if (intake === undefined || !/^https?:\/\/[^/]+\/intake\/?$/.test(intake)) {
    throw new Error(
      '--intake must be the address of a queue’s intake, such as http://127.0.0.1:8181/intake.',
    );
  }
  if (keyFile === undefined || keyFile === '') throw new Error('--key-file must name the queue’s key file.');
  const perMinute = Number(values['per-minute']);
  if (!(perMinute > 0 && perMinute <= 60_000))
    throw new Error('--per-minute must be more than 0 and at most 60000.');
  const atOnce = values['at-once'];
  if (!/^\d{1,4}$/.test(atOnce)) throw new Error('--at-once must be a whole number up to 9999.');
  if (!/^\d{1,9}$/.test(seed)) throw new Error('--seed must be a whole number.');
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count))
    throw new Error('--count must be a whole number from 1.');
  return {
    intakeUrl: intake.replace(/\/$/, ''),
    keyFile,
    source,
    perMinute,
    atOnce: Number(atOnce),
    seed: Number(seed),
    count: count === undefined ? null : Number(count),
  };
}
