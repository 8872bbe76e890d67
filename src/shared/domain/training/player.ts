import type { Deed } from './deed.ts';
import { beginRun, hear, nextAt, passTime, recordingOf, type Playable, type RunWith } from './run.ts';
import type { Recording } from './recording.ts';
import type { TimedStep } from './timed-step.ts';

/** Somebody's deeds in a scenario, with their times: an expert's, or those of whoever falls into the trap (rule TR-40). */
export interface Player {
  readonly version: number;
  readonly scenario: string;
  readonly player: string;
  readonly seed: number;
  readonly acts: readonly {
    /** Since the scenario's start. Milliseconds. */
    readonly after: number;
    readonly contact: string;
    readonly deed: Deed;
  }[];
}

/** Plays a scenario with somebody's recorded deeds to its end, with no clock: as fast as it can be worked out. */
export function play<S extends TimedStep>(
  scenario: Playable<S>,
  player: Player,
  runWith: Omit<RunWith, 'seed'>,
): Recording {
  let run = beginRun(scenario, { ...runWith, seed: player.seed });
  for (const { after, contact, deed } of player.acts) run = hear(run, { contact, deed, at: after }).run;
  for (let at = nextAt(run); at !== null; at = nextAt(run)) run = passTime(run, at).run;
  return recordingOf(run);
}
