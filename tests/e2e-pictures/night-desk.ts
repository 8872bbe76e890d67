import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCourier, type Courier } from '../../src/demand/courier.ts';
import { readDemandData } from '../../src/demand/data-files.ts';
import { streamOf } from '../../src/demand/handed-contact.ts';
import { handOver } from '../../src/demand/intake.ts';
import { planOf } from '../../src/demand/plan.ts';
import { scenarioSteps } from '../../src/demand/scenario-steps.ts';
import type { Step } from '../../src/demand/step.ts';
import { programFolder } from '../harness/e2e-program.ts';
import type { E2eQueue } from '../harness/e2e-queue.ts';

const MINUTE = 60_000;
/** What the rest of the county brought before the picture: the same seed brings the same list. */
const SEED = 11;
const BEFORE_MS = 25 * MINUTE;
/** The hour of the plan: late on a Saturday, so that the list is not empty. */
const PLANNED = Date.UTC(2026, 10, 21, 22, 30);

/** A queue with an ordinary night in it, into which the contact cards are played as the public and its telephones do it. */
export class NightDesk {
  readonly #queue: E2eQueue;
  readonly #data = readDemandData(join(programFolder, 'resources'));
  readonly #refs = new Map<string, string>();
  readonly #courier: Courier;
  #now = Date.now();

  constructor(queue: E2eQueue) {
    this.#queue = queue;
    const { demo: key } = JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as { readonly demo: string };
    const intake = { queue: `http://127.0.0.1:${queue.port}`, key };
    this.#courier = createCourier({
      send: (parcel, signal) => handOver(intake, parcel, signal),
      run: 'pictures',
      now: () => this.#now,
      pause: () => Promise.resolve(),
      random: () => 0,
      say: ({ level, line }) => {
        if (level === 'problem') throw new Error(`not handed over: ${JSON.stringify(line)}`);
        if (line['received'] !== undefined) this.#refs.set(String(line['key']), String(line['received']));
      },
      stop: new AbortController().signal,
    });
  }

  /** What came in the time before and still waits, at its own times; nothing that needs somebody at once. */
  async before(): Promise<void> {
    const end = Date.now();
    const back = end - BEFORE_MS - PLANNED;
    const isCalm = new Map<string, boolean>();
    for (const step of planOf({ ...this.#data, seed: SEED, start: PLANNED })) {
      const at = step.at + back;
      if (at > end - MINUTE / 2) break;
      if (step.kind === 'contact') {
        const isOurs = step.story.kind === 'card' || streamOf(step.contact.channel) === '999';
        isCalm.set(step.contactKey, !isOurs);
      }
      if (isCalm.get(step.contactKey) === true) await this.#take(step, at);
    }
  }

  /**
   * Plays a card up to a moment of its timeline, and returns what plays the rest. It began so long ago that the moment is now.
   * Milliseconds.
   */
  async card(name: string, upTo: number, ago = upTo): Promise<Played> {
    const scenario = this.#data.scenarios.get(name);
    if (scenario === undefined) throw new Error(`no card ${name}`);
    const start = Date.now() - ago;
    const steps = [...scenarioSteps(scenario, this.#data.scenarios, { at: start, key: name })];
    const goOn = async (moment: number): Promise<void> => {
      for (let step = steps[0]; step !== undefined && step.at <= start + moment; step = steps[0]) {
        await this.#take(step, Math.min(step.at, Date.now()));
        steps.shift();
      }
    };
    await goOn(upTo);
    const answered = async (key: string): Promise<void> => {
      const about = { contactKey: `${name}-${key}`, key: `${name}-${key}.answer`, isLast: false };
      const story = { id: name, kind: 'card' };
      const update = { kind: 'call', told: { event: 'answer' } } as const;
      await this.#take({ ...about, story, at: Date.now(), kind: 'update', update }, Date.now());
    };
    return { goOn, answered, id: (key) => this.#idOf(`pictures-${name}-${key}`) };
  }

  async #take(step: Step, at: number): Promise<void> {
    this.#now = at;
    this.#courier.take(step);
    await this.#courier.idle();
  }

  async #idOf(key: string): Promise<string> {
    const ref = this.#refs.get(key);
    const [row] = await this.#queue.sql<{ id: string }>(`select id from contact where body->>'ref' = $1`, [
      ref ?? '',
    ]);
    if (row === undefined) throw new Error(`no contact ${key} among ${[...this.#refs.keys()].join(' ')}`);
    return row.id;
  }
}

/** A card that is being played. */
export interface Played {
  /** To a moment of its timeline. Milliseconds. */
  goOn(moment: number): Promise<void>;
  /** The exchange tells that the call of a contact was answered. Before any step of it that comes after that. */
  answered(key: string): Promise<void>;
  /** The id of a contact of it: `1` for its first, `E05-1` for the first of a card that it starts. */
  id(key: string): Promise<string>;
}
