import type { Command, Focus, Where } from './command.ts';
import { actsInFields, isCharacter, strokesOf } from './strokes.ts';

/** What is known when a key comes. */
export interface KeyContext {
  readonly focus: Focus;
  /** The focus is in a field where text can be typed. */
  readonly editable: boolean;
  /** The focus is on a button or the like, which has its own Enter and Space. */
  readonly control: boolean;
  /** The strokes of a stepped key that were pressed just now. */
  readonly pending: string | null;
  /** Letters as commands are switched on. */
  readonly singleLetterKeys: boolean;
  /** The letter goes on with words that were being typed when the focus moved: it goes nowhere. */
  readonly inBurst: boolean;
}

export type Resolution =
  | { readonly kind: 'run'; readonly command: Command }
  /** The first strokes of a stepped key: what may follow. */
  | { readonly kind: 'pending'; readonly prefix: string; readonly choices: readonly Command[] }
  /** Caught, and nothing is done. */
  | { readonly kind: 'caught' }
  /** Not ours: the key does what it does. */
  | { readonly kind: 'none' };

/** Whether a command acts where the focus is. */
export const actsAt = ({ where, noteOnly }: Command, focus: Focus): boolean =>
  where.includes('anywhere') ||
  (focus !== 'elsewhere' && where.includes(focus)) ||
  (focus === 'chat' && noteOnly !== true && where.includes('composer'));

/** Which command a key stroke means. Pure: the window's listener asks it, and so do the tests. */
export function resolve(stroke: string, context: KeyContext, commands: readonly Command[]): Resolution {
  const { focus, editable, control, pending, singleLetterKeys, inBurst } = context;
  const here = commands.filter((command) => actsAt(command, focus));
  if (pending !== null) {
    const next = `${pending} ${stroke}`;
    const second = here.find(({ keys }) => keys.includes(next));
    if (second !== undefined) return { kind: 'run', command: second };
    const choices = choicesAfter(next, here);
    if (choices.length > 0) return { kind: 'pending', prefix: next, choices };
    // A wrong second key does nothing, rather than something else; a letter for a field still goes there.
    if (stroke === 'Esc' || (isCharacter(stroke) && !editable)) return { kind: 'caught' };
  }
  // A sheet has letters of its own, wherever in it the focus is (rule W-26).
  if ((editable || focus === 'sheet') && !actsInFields(stroke)) return { kind: 'none' };
  if (control && (stroke === 'Enter' || stroke === 'Space')) return { kind: 'none' };
  if (inBurst && isCharacter(stroke)) return { kind: 'caught' };
  if (isCharacter(stroke) && stroke !== 'Space' && !singleLetterKeys) return { kind: 'none' };
  const whole = here.find(({ keys }) => keys.includes(stroke));
  if (whole !== undefined) return { kind: 'run', command: whole };
  const choices = choicesAfter(stroke, here);
  return choices.length === 0 ? { kind: 'none' } : { kind: 'pending', prefix: stroke, choices };
}

/** What the next stroke after these may choose: commands, and those that only lead to further choices. */
export function choicesAfter(prefix: string, commands: readonly Command[]): readonly Command[] {
  return commands.filter((command) => nextStroke(command, prefix) !== null);
}

/** The one stroke that chooses the command after these; `null` when none does, or more than one is still to come. */
export function nextStroke({ keys, begins }: Command, prefix: string): string | null {
  for (const key of begins === undefined ? keys : [...keys, begins]) {
    if (!key.startsWith(`${prefix} `)) continue;
    const rest = strokesOf(key.slice(prefix.length + 1));
    if (rest.length === 1) return rest[0] ?? null;
  }
  return null;
}

/** Two commands that one key would mean in the same place; or a key that only begins another. */
export interface Clash {
  readonly key: string;
  readonly first: string;
  readonly second: string;
}

export function clashes(commands: readonly Command[]): readonly Clash[] {
  const found: Clash[] = [];
  for (const [at, first] of commands.entries()) {
    for (const second of commands.slice(at + 1)) {
      if (!meet(placesOf(first), placesOf(second))) continue;
      for (const a of first.keys) {
        for (const b of second.keys) {
          if (a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `))
            found.push({ key: a, first: first.id, second: second.id });
        }
      }
    }
  }
  return found;
}

const placesOf = ({ where, noteOnly }: Command): readonly Where[] =>
  where.includes('composer') && noteOnly !== true ? [...where, 'chat'] : where;

function meet(a: readonly Where[], b: readonly Where[]): boolean {
  return a.includes('anywhere') || b.includes('anywhere') || a.some((where) => b.includes(where));
}
