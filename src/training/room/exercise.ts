import { createCourier } from '../../demand/courier.ts';
import { play } from '../../demand/play.ts';
import { randomOf } from '../../shared/lib/random.ts';
import { scenarioSteps } from '../../demand/scenario-steps.ts';
import type { Scenario } from '../../shared/contract/scenario/scenario.ts';
import type { Scenarios } from '../../scenario/scenario-file.ts';
import { bundledSeed } from '../../main/workstation/policy-seed.ts';
import type { Logger } from '../../platform/log.ts';
import type { RandomBytes } from '../../queue/accounts/pin-hash.ts';
import { readRegister } from '../../queue/register-files.ts';
import type { NewId } from '../../shared/domain/ids.ts';
import type { Clock, Timers } from '../../shared/domain/time.ts';
import { openPrivateQueue, type PrivateQueue } from './private-queue.ts';
import { lastTimeOf, scenarioClock } from './scenario-clock.ts';
import { seedPolicies } from './seed-policies.ts';

export interface ExerciseOptions {
  readonly scenario: Scenario;
  /** Those that it may start. */
  readonly scenarios: Scenarios;
  /** The folder with the register of the people on the cards, who do not exist. */
  readonly registerFolder: string;
  /** The machine's. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: NewId;
  readonly random: RandomBytes;
  readonly nextTurn: () => Promise<void>;
  readonly log: Logger;
}

/** A scenario about to be played at a queue of its own. */
export interface Exercise extends Disposable {
  readonly queue: PrivateQueue;
  /** The scenario's clock. */
  readonly clock: Clock;
  /** The story begins: its first contact is handed over at once. */
  begin(): void;
}

/** Opens an exercise: a queue at the scenario's hour, and the story in front of its intake. Nothing happens before `begin`. */
export async function openExercise(options: ExerciseOptions): Promise<Exercise> {
  const { scenario, scenarios, timers, log } = options;
  const clock = scenarioClock(lastTimeOf(scenario.card.when, options.clock.now()), options.clock);
  const stop = new AbortController();
  const pause = (ms: number): Promise<void> => pausing(timers, ms, stop.signal);
  const policies = await seedPolicies(bundledSeed);
  const register = readRegister(options.registerFolder, policies.values.markers);
  const queue = await openPrivateQueue({
    ...options,
    policies,
    register,
    clock,
    onAct: (act) => courier.did(act),
  });
  const courier = createCourier({
    send: (parcel) => queue.take(parcel),
    run: scenario.id,
    now: () => clock.now(),
    pause,
    random: randomOf(scenario.id, 'retries'),
    say: ({ level, line }) => log[level === 'info' ? 'info' : 'warn']('story', line),
    stop: stop.signal,
  });
  return {
    queue,
    clock,
    begin() {
      const start = clock.now();
      const steps = scenarioSteps(scenario, scenarios, { at: start, key: scenario.id });
      void play({
        plan: steps.values(),
        start,
        rate: 1,
        atOnce: 0,
        count: null,
        lastsMs: null,
        courier,
        monotonic: () => clock.monotonic(),
        pause,
        stop: stop.signal,
      });
    },
    [Symbol.dispose]() {
      stop.abort();
      queue[Symbol.dispose]();
    },
  };
}

/** Resolves after so long, or when it is to stop. Milliseconds. */
function pausing(timers: Timers, ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer[Symbol.dispose]();
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = timers.after(ms, done);
    stop.addEventListener('abort', done);
  });
}
