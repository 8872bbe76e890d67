import type { CallerLine } from './caller.ts';
import type { Deed } from './deed.ts';

/** One thing that happened while somebody practised. `at`: since the scenario's start, in milliseconds. */
export type Entry = { readonly at: number; readonly contact: string } & (
  | { readonly kind: 'arrived'; readonly words: string }
  /** The timeline went on: a location, a message, the line. `words`: of a message. */
  | { readonly kind: 'step'; readonly what: string; readonly cue: string | null; readonly words: string }
  | { readonly kind: 'line'; readonly line: CallerLine }
  | { readonly kind: 'gone'; readonly how: string }
  /** `meanings`: of what was said, as it was understood then; so the same recording is scored the same for ever. */
  | { readonly kind: 'deed'; readonly deed: Deed; readonly meanings: readonly string[] }
);

/** Everything that is scored: who practised what, and what happened, in order of time (rule TR-30). */
export interface Recording {
  readonly scenario: string;
  readonly seed: number;
  readonly entries: readonly Entry[];
}
