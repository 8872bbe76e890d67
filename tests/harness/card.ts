import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCourier, type Courier } from '../../src/demand/courier.ts';
import { handOver } from '../../src/demand/intake.ts';
import { instantOfWallTime, weekdays } from '../../src/demand/london.ts';
import { readScenarios, type Scenarios } from '../../src/scenario/scenario-file.ts';
import { scenarioSteps } from '../../src/demand/scenario-steps.ts';
import type { Step } from '../../src/demand/step.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { PoliciesInForce } from '../../src/queue/policy/policies-in-force.ts';
import { shippedPolicies } from '../../src/queue/policy/shipped-policies.ts';
import { demoRegister, readRegister } from '../../src/queue/register-files.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { asInstant, later, MINUTE, SECOND, type Instant } from '../../src/shared/domain/time.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { resourceText } from './assist-data.ts';
import { handOf, type Hand } from './card-hand.ts';
import { startDesk, type Desk } from './desk.ts';
import { startTestQueue, type TestQueue } from './queue.ts';
import { TestClock } from './test-clock.ts';

export interface CardOptions {
  /** How far of the timeline is played at once: everything, or to this moment of it. Milliseconds. */
  readonly upTo?: number;
  readonly store?: 'memory' | 'postgres';
}

/** A contact card that was played through a whole queue, with a desk that answers it. */
export interface PlayedCard extends AsyncDisposable {
  readonly queue: TestQueue;
  readonly desk: Desk;
  /** The handler at that desk. */
  readonly handler: Hand;
  /** Somebody else at a desk of their own, who signs in now and looks at the same contacts. */
  colleague(): Promise<Hand>;
  teamLeader(): Promise<Hand>;
  /** The card's contact as the queue has it. */
  contact(which?: Which): Promise<Contact>;
  id(which?: Which): Promise<ContactId>;
  /** Every contact there is, as the queue has them. */
  all(): Promise<readonly Contact[]>;
  /** Plays on: to a moment of the timeline, or to its end. */
  goOn(upTo?: number): Promise<void>;
  /** So much time passes, and nothing happens in it; after twelve hours a sign-in has ended. Milliseconds. */
  wait(ms: number): void;
  now(): Instant;
}

/** One of the contacts of a card: its own first one when nothing is said. */
export interface Which {
  /** Of another card that this one starts. */
  readonly card?: string;
  /** The first is 1. */
  readonly n?: number;
  /** By its id, where no step of the card made it. */
  readonly contact?: ContactId;
}

let files: { readonly scenarios: Scenarios; readonly policies: PoliciesInForce } | null = null;

/** The cards and the policies that ship; read once for a test file. */
function shipped(): NonNullable<typeof files> {
  if (files !== null) return files;
  const names = readdirSync(join(shippedPolicies, '../scenarios')).sort();
  const scenarios = readScenarios(
    names.map((name) => ({ file: `resources/scenarios/${name}`, text: resourceText(`scenarios/${name}`) })),
  );
  // No file is looked at again: the clock that would say so stands still.
  const policies = new PoliciesInForce({
    folder: shippedPolicies,
    timers: new TestClock(),
    log: silentLogger,
  });
  return (files = { scenarios, policies });
}

/** A card's weekday and time, in a week of November. */
function beginning({
  weekday,
  time,
}: {
  readonly weekday: (typeof weekdays)[number];
  readonly time: string;
}) {
  const day = 15 + weekdays.indexOf(weekday);
  return asInstant(must(instantOfWallTime(`2026-11-${day}T${time}`), `${weekday} ${time}`));
}

/**
 * Plays a card of `resources/scenarios` as the demand does, with the policies that ship and the demo's register: at speed, each step at
 * its own time by the clock of queue and desk. The handler's desk has the card's contacts when this returns.
 */
export async function playCard(name: string, options: CardOptions = {}): Promise<PlayedCard> {
  const { upTo, store = 'memory' } = options;
  const { scenarios, policies } = shipped();
  const scenario = must(scenarios.get(name), `scenario ${name}`);
  const start = beginning(scenario.card.when);
  let now = start;
  const clock = { now: () => now, monotonic: () => systemClock.monotonic() };
  const register = readRegister(demoRegister, policies.values.markers);
  const queue = await startTestQueue({ store, clock, policies, register });
  const desks: Desk[] = [];
  const aDesk = async (handler: string): Promise<Desk> => {
    const desk = startDesk({ queueUrl: queue.deskUrl, handler, surroundings: { clock } });
    desks.push(desk);
    await desk.untilLink('live');
    // As a window has them once a sheet has been open: what is refused at once is refused whole.
    for (const each of ['triage', 'categories'] as const) await desk.request('policy.read', { name: each });
    return desk;
  };
  const desk = await aDesk('4711');
  const stop = new AbortController();
  const courier = exchange(queue, () => now, stop.signal);
  const steps = [...scenarioSteps(scenario, scenarios, { at: start, key: name })];

  const id = async ({ card = name, n = 1, contact: known }: Which = {}): Promise<ContactId> => {
    if (known !== undefined) return known;
    const key = card === name ? `${name}-${n}` : `${name}-${card}-${n}`;
    const receipt = await queue.store.transact((tx) => tx.receiptOf('telephony', `played-${key}`));
    return must(receipt, `contact ${key}`).contact;
  };
  const contact = async (which: Which = {}): Promise<Contact> =>
    must((await queue.service.contacts([await id(which)]))[0], 'contact');
  const goOn: PlayedCard['goOn'] = async (moment = Number.MAX_SAFE_INTEGER) => {
    for (let step = steps[0]; step !== undefined && step.at <= start + moment; step = steps[0]) {
      now = asInstant(Math.max(now, step.at));
      await handed(courier, step);
      steps.shift();
    }
    if (moment !== Number.MAX_SAFE_INTEGER) now = asInstant(Math.max(now, start + moment));
  };
  const world = { id, contacts: (ids: readonly ContactId[]) => queue.service.contacts(ids) };
  const card: PlayedCard = {
    queue,
    desk,
    handler: handOf(desk, world),
    colleague: async () => handOf(await aDesk('4712'), world),
    teamLeader: async () => handOf(await aDesk('4001'), world),
    contact,
    id,
    all: async () => (await queue.service.snapshot()).contacts,
    goOn,
    wait: (ms) => void (now = later(now, ms)),
    now: () => now,
    async [Symbol.asyncDispose]() {
      stop.abort();
      for (const each of desks) each.stop();
      await queue.stop();
    },
  };
  await goOn(upTo);
  return card;
}

/** The demand's own courier, which speaks to the queue's telephony and intake doors as an exchange does. */
function exchange(queue: TestQueue, now: () => number, stop: AbortSignal): Courier {
  const intake = { queue: new URL(queue.intakeUrl).origin, key: queue.intakeKey };
  return createCourier({
    send: (parcel, signal) => handOver(intake, parcel, signal),
    run: 'played',
    now,
    pause: () => Promise.resolve(),
    random: () => 0,
    say: ({ level, line }) => {
      if (level === 'problem') throw new Error(`the card was not handed over: ${JSON.stringify(line)}`);
    },
    stop,
  });
}

async function handed(courier: Courier, step: Step): Promise<void> {
  courier.take(step);
  await courier.idle();
}

/** A moment of a timeline. Milliseconds. */
export const seconds = (n: number): number => n * SECOND;
export const minutes = (n: number): number => n * MINUTE;
