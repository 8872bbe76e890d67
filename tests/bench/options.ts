import { parseArgs } from 'node:util';
import { benches, type Bench } from './result.ts';

export interface Options {
  readonly bench: Bench;
  readonly rounds: number;
  readonly sizes: readonly number[];
  /** How long the load lasts. */
  readonly seconds: number;
  /** Where the result is written; `null`: it is only told. */
  readonly json: string | null;
}

export type ParsedOptions =
  { readonly ok: true; readonly value: Options } | { readonly ok: false; readonly sentence: string };

const usage = `usage: npm run bench -- ${benches.join('|')} [--json FILE] [--rounds N] [--sizes 10000,100000,1000000]
                           [--seconds N]

  start    program start to inbox painted and j answered, by size of the desk's file
  list     an emergency's frame due at the queue to its row painted, under 200 updates a second
  triage   the key of THRIVE to THRIVE painted, and a key in it to its line painted, with every look at the risk kept
  chats    an emergency from the intake to a desk's frame, while so many chats are open and 20 reports a second come in
           for --seconds; and whether anything of it was lost or doubled
  chat-line  with so many chats open, a line of the public to its painting at the desk, and of the handler to the page
  hostile  what so many hostile texts do in the window and in the public's page: counts that are all to be none`;

const defaults = {
  start: { rounds: 5, sizes: [10_000, 100_000, 1_000_000] },
  list: { rounds: 3, sizes: [100_000] },
  triage: { rounds: 3, sizes: [10_000] },
  chats: { rounds: 1, sizes: [500] },
  'chat-line': { rounds: 2, sizes: [100] },
  hostile: { rounds: 1, sizes: [10_000] },
} as const satisfies Readonly<Record<Bench, { readonly rounds: number; readonly sizes: readonly number[] }>>;

/** Sizes of the others are contacts that fill a screen. */
const smallest: Partial<Readonly<Record<Bench, number>>> = { chats: 1, 'chat-line': 1, hostile: 100 };
const SECONDS = 300;

/** Reads the words behind `npm run bench --`. */
export function optionsOf(words: readonly string[]): ParsedOptions {
  const refuse = (why: string): ParsedOptions => ({ ok: false, sentence: `${why}\n\n${usage}` });
  const text = { type: 'string' } as const;
  let parsed;
  try {
    const options = { json: text, rounds: text, sizes: text, seconds: text };
    parsed = parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : 'Not understood.');
  }
  const [asked, ...others] = parsed.positionals;
  const { json = null, rounds, sizes } = parsed.values;
  const bench = benches.find((name) => name === asked);
  if (bench === undefined || others.length > 0)
    return refuse(`Say which bench to run: ${benches.join(', ')}.`);
  const seconds = parsed.values.seconds === undefined ? SECONDS : wholeOf(parsed.values.seconds);
  if (seconds === null) return refuse('--seconds is a whole number from 1 up.');
  const count = rounds === undefined ? defaults[bench].rounds : wholeOf(rounds);
  if (count === null) return refuse('--rounds is a whole number from 1 up.');
  const all = sizes === undefined ? defaults[bench].sizes : sizes.split(',').map(wholeOf);
  const known = all.filter((size) => size !== null);
  if (
    known.length !== all.length ||
    known.some((size) => size < (smallest[bench] ?? 1_000) || size % 7_919 === 0)
  )
    return refuse('--sizes are whole numbers, of contacts from 1000 up, with commas between them.');
  return { ok: true, value: { bench, rounds: count, sizes: known, seconds, json } };
}

const wholeOf = (word: string): number | null => (/^[1-9]\d{0,7}$/.test(word) ? Number(word) : null);

// Run by itself it only says whether the words are understood: the way there from nothing takes minutes.
if (import.meta.main) {
  const options = optionsOf(process.argv.slice(2));
  if (!options.ok) {
    process.stderr.write(`${options.sentence}\n`);
    process.exitCode = 2;
  }
}
