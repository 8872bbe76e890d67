import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readScenarioFolder } from '../../demand/scenario-folder.ts';
import type { Scenario } from '../../shared/contract/scenario/scenario.ts';
import type { Scenarios } from '../../scenario/scenario-file.ts';
import { StartRefused } from '../../main/workstation/host-process.ts';
import { scryptHasher } from '../../main/workstation/pin-hash.ts';
import {
  startWorkstation,
  type RunningWorkstation,
  type StartOptions,
  type Surroundings,
} from '../../main/workstation/start-workstation.ts';
import type { RandomBytes } from '../../queue/accounts/pin-hash.ts';
import { assert, must } from '../../shared/lib/assert.ts';
import { openExercise } from './exercise.ts';
import { trainingAccount } from './training-account.ts';

/** What an exercise takes from the machine: no network is among it. */
export interface TrainingSurroundings extends Pick<Surroundings, 'clock' | 'timers' | 'newId'> {
  readonly randomBytes: RandomBytes;
  readonly nextTurn: () => Promise<void>;
}

export interface TrainingDeskOptions extends Pick<StartOptions, 'start' | 'log' | 'push' | 'onStoreBroken'> {
  readonly surroundings: TrainingSurroundings;
}

/** Of this name is the folder of an exercise, and none of anything else: what is in it is removed at the next start. */
export const EXERCISE = 'exercise';

/** Never connected to: the desk is told that its queue is here. */
const HERE = 'ws://localhost/training';

/**
 * Starts a desk with its own queue behind it, and the scenario in front of that (rules TS-02 to TS-07). The desk is the live program's; only its
 * surroundings are others. Rejects with `StartRefused` when the scenario cannot be played.
 */
export async function startTrainingDesk(options: TrainingDeskOptions): Promise<RunningWorkstation> {
  const { start, surroundings, log } = options;
  const { clock, timers, newId, randomBytes, nextTurn } = surroundings;
  if (start.realm !== 'training') throw new Error('bug: the training program was started for another realm');
  const { resources, scenario: id } = must(start.training, 'what is practised');
  const { scenario, scenarios } = chosen(resources, id);
  beginEmpty(start.folder);
  const exercise = await openExercise({
    scenario,
    scenarios,
    registerFolder: join(resources, 'demo'),
    clock,
    timers,
    newId,
    random: randomBytes,
    nextTurn,
    log,
  });
  const { queue } = exercise;
  const running = startWorkstation({
    ...options,
    start: { ...start, queue: HERE },
    offered: [trainingAccount],
    surroundings: {
      clock,
      timers,
      newId,
      // No crowd of desks comes back at once: nothing is spread.
      random: () => 0,
      connect: queue.connect,
      ...queue.doors,
      pins: scryptHasher,
    },
  });
  // Before the window asks who works here: nobody in training types a number.
  const { person, pin } = trainingAccount;
  const { kind } = await running.workstation.handlers['session.sign-in']({ handler: person.handler, pin });
  assert(kind === 'signed-in', `the account of training was not signed in: ${kind}`);
  exercise.begin();
  return {
    workstation: running.workstation,
    [Symbol.dispose]() {
      running[Symbol.dispose]();
      exercise[Symbol.dispose]();
    },
  };
}

function chosen(
  resources: string,
  id: string,
): { readonly scenario: Scenario; readonly scenarios: Scenarios } {
  const scenarios = readAll(resources);
  const scenario = scenarios.get(id);
  if (scenario === undefined)
    throw new StartRefused(`There is no scenario ${id}. There are: ${[...scenarios.keys()].join(', ')}.`);
  return { scenario, scenarios };
}

function readAll(resources: string): Scenarios {
  try {
    return readScenarioFolder(resources);
  } catch (error) {
    throw new StartRefused((error as Error).message, { cause: error });
  }
}

/** An exercise begins with nothing of the one before: its queue is another, and knows nothing of it (rule TS-03). */
function beginEmpty(folder: string): void {
  if (basename(folder) !== EXERCISE) throw new Error('bug: this is not the folder of an exercise');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
