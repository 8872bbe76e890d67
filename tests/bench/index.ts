import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { benchChatLine } from './chat-line.ts';
import { benchChats } from './chats.ts';
import { benchHostile } from './hostile.ts';
import { benchList } from './list.ts';
import { optionsOf } from './options.ts';
import { linesOf } from './report-text.ts';
import { asJson, reportSchema, type Bench, type Report } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { benchStart } from './start.ts';
import { isVoid } from './statistics.ts';
import { benchTriage } from './triage.ts';
import { commit, loadNow, machine, versions } from './surroundings.ts';

/** `npm run bench -- …`: scripts/bench.mjs has made everything ready and names it in the environment. */
const benchOf: Readonly<Record<Bench, (wish: RunWish) => Promise<Measured>>> = {
  start: benchStart,
  list: benchList,
  triage: benchTriage,
  chats: benchChats,
  'chat-line': benchChatLine,
  hostile: benchHostile,
};

const say = (words: string): void => void process.stdout.write(`${words}\n`);

const options = optionsOf(process.argv.slice(2));
const cache = process.env['FCR_BENCH_CACHE'];
if (!options.ok || cache === undefined) {
  say(options.ok ? 'FCR_BENCH_CACHE is not set: run the benches with npm run bench.' : options.sentence);
  process.exitCode = 2;
} else {
  const { bench, rounds, sizes, seconds, json } = options.value;
  const before = loadNow();
  const run = benchOf[bench];
  const { results, control } = await run({ rounds, sizes, seconds, cache, say });
  const report: Report = {
    bench,
    at: new Date().toISOString(),
    machine: machine(),
    commit: commit(),
    versions: versions(),
    rounds,
    loadavg: { before, after: loadNow() },
    control,
    void: isVoid(control.ratio),
    results: [...results],
  };
  for (const line of linesOf(report)) say(line);
  if (json !== null) {
    mkdirSync(dirname(json), { recursive: true });
    const text = asJson(report);
    reportSchema.parse(JSON.parse(text));
    writeFileSync(json, text);
    say(`written to ${json}`);
  }
}
