/**
 * The demand generator: a stand-in for Hertfordshire's public, in the demo realm. It is a client of the intake like any
 * other and behaves as a source must: all it hands over has a key of its own and is sent until the queue has said that
 * it has it.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../platform/clock.ts';
import { readSourceKey } from '../platform/source-key.ts';
import { createCourier } from './courier.ts';
import { readDemandData } from './data-files.ts';
import { openExchangeDoor } from './exchange-acts.ts';
import { sayingOnce } from './first-trouble.ts';
import { handOver } from './intake.ts';
import { readOptions, usage, wantsHelp, type DemandOptions } from './options.ts';
import { createPhones } from './phones.ts';
import { planOf } from './plan.ts';
import { play } from './play.ts';
import { randomOf } from '../shared/lib/random.ts';

const resources = fileURLToPath(new URL('../../resources/', import.meta.url));

/** Hands the day over until it has what was asked for or is told to stop. */
async function run(options: DemandOptions, stop: AbortSignal): Promise<void> {
  const { queue, rate, seed, atOnce, count, lastsMs, actsPort } = options;
  const data = readDemandData(resources);
  const key = readSourceKey(options);
  const intake = { queue, key };
  const start = options.from ?? systemClock.now();
  const pause = (ms: number): Promise<void> => wait(ms, undefined, { signal: stop }).catch(() => undefined);
  const tell = sayingOnce(options, (sentence) => console.error(sentence));
  const courier = createCourier({
    send: async (parcel, signal) => {
      const answer = await handOver(intake, parcel, signal);
      if (!stop.aborted) tell(answer);
      return answer;
    },
    run: `demand-${seed}-${randomUUID().slice(0, 8)}`,
    now: () => systemClock.now(),
    pause,
    random: randomOf(seed, 'retries'),
    say: ({ level, line }) => console[level === 'info' ? 'log' : 'error'](JSON.stringify(line)),
    stop,
  });
  const phones = createPhones({
    send: (parcel, signal) => handOver(intake, parcel, signal),
    now: () => systemClock.now(),
    pause,
    random: randomOf(seed, 'phones'),
    stop,
  });
  await using _ =
    actsPort === null
      ? null
      : await openExchangeDoor({
          port: actsPort,
          key,
          onAct: (act) => {
            courier.did(act);
            phones.did(act);
          },
          onAgent: (agent) => phones.works(agent),
        });
  const plan = planOf({ ...data, seed, start });
  const monotonic = (): number => systemClock.monotonic();
  await play({ plan, start, rate, atOnce, count, lastsMs, courier, monotonic, pause, stop });
  await courier.idle();
  console.log(JSON.stringify({ summary: courier.tally }));
  const counts = [...Object.values(courier.tally.channels), courier.tally.updates];
  if (counts.some(({ refused }) => refused > 0)) process.exitCode = 1;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (wantsHelp(args)) {
    console.log(usage);
    return;
  }
  const options = ((): DemandOptions | null => {
    try {
      return readOptions(args);
    } catch (error) {
      console.error(`${(error as Error).message}\n${usage}`);
      return null;
    }
  })();
  if (options === null) {
    process.exitCode = 2;
    return;
  }
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
  try {
    await run(options, stop.signal);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

await main();
