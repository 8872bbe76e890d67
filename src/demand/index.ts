/**
 * The feeder: a stand-in for Hertfordshire's public, in the demo realm. It is a client of the intake like any other and
 * behaves as a source must: each contact has a key of its own and is sent until the queue has said that it has it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../platform/clock.ts';
import { drawTemplate, nextGapMs, seededRandom, type Random } from './demand-stream.ts';
import { readTemplates, type ContactTemplate } from './first-contacts.ts';
import { backOffMs, handOver, type IntakeAddress } from './handover.ts';
import { readOptions, usage, wantsHelp, type DemandOptions } from './options.ts';

const contactsFile = fileURLToPath(new URL('../../resources/demand/first-contacts.json', import.meta.url));

/** Contacts under way at once; while so many wait for the queue, no new ones are made up. */
const UNDER_WAY_LIMIT = 200;
/** The same story does not come again within so many contacts. */
const REPEAT_GAP = 12;

function readKey({ keyFile, source }: DemandOptions): string {
  try {
    const key: unknown = (JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, unknown>)[source];
    if (typeof key === 'string') return key;
  } catch {
    // Told below, in one sentence with the other reason.
  }
  throw new Error(`No key of the source ${source} can be read from ${keyFile}.`);
}

/** Sends one contact until it is received. Says so when the queue refuses it for good. */
async function deliver(
  intake: IntakeAddress,
  contact: Parameters<typeof handOver>[1],
  random: Random,
  stop: AbortSignal,
): Promise<void> {
  for (let tries = 0; !stop.aborted; tries += 1) {
    const handed = await handOver(intake, contact, stop);
    if (handed.kind === 'received') {
      console.log(JSON.stringify({ received: handed.ref, key: contact.key, tries: tries + 1 }));
      return;
    }
    if (handed.kind === 'refused') {
      console.error(JSON.stringify({ refused: handed.why, key: contact.key }));
      process.exitCode = 1;
      return;
    }
    if (tries === 0) console.error(JSON.stringify({ later: handed.why, key: contact.key }));
    await pause(backOffMs(tries, random), undefined, { signal: stop }).catch(() => undefined);
  }
  console.error(JSON.stringify({ undelivered: contact.key }));
}

async function feed(options: DemandOptions, stop: AbortSignal): Promise<void> {
  const intake = { url: options.intakeUrl, key: readKey(options) };
  const templates = readTemplates(contactsFile);
  const random = seededRandom(options.seed);
  const retryRandom = seededRandom(options.seed + 1);
  const run = randomUUID().slice(0, 8);
  let recent: readonly ContactTemplate[] = [];
  const underWay = new Set<Promise<void>>();
  for (let n = 1; !stop.aborted && (options.count === null || n <= options.count); n += 1) {
    const template = drawTemplate(
      templates.filter((one) => !recent.includes(one)),
      random,
    );
    recent = [...recent, template].slice(-REPEAT_GAP);
    const contact = { key: `demand-${options.seed}-${run}-${n}`, receivedAt: systemClock.now(), template };
    const delivery = deliver(intake, contact, retryRandom, stop).finally(() => underWay.delete(delivery));
    underWay.add(delivery);
    if (underWay.size >= UNDER_WAY_LIMIT) await Promise.race(underWay);
    if (n >= options.atOnce)
      await pause(nextGapMs(options.perMinute, random), undefined, { signal: stop }).catch(() => undefined);
  }
  await Promise.all(underWay);
}

async function main(): Promise<void> {
  if (wantsHelp(process.argv)) {
    console.log(usage);
    return;
  }
  const options = ((): DemandOptions | null => {
    try {
      return readOptions(process.argv.slice(2));
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
    await feed(options, stop.signal);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}

await main();
