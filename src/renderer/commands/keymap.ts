import type { Command, Focus, Where } from './command.ts';
import { actsInFields, isCharacter, strokesOf } from './strokes.ts';

/** What is known when a key comes. */
export interface KeyContext {
  readonly focus: Focus;
  /** The focus is in a field where text can be typed. */
  readonly editable: boolean;
  /** The focus is on a button or the like, which has its own Enter and Space. */
  readonly control: boolean;
  /** The first stroke of a two-step key that was pressed just now. */
  readonly pending: string | null;
  /** Letters as commands are switched on. */
  readonly singleLetterKeys: boolean;
  /** The letter goes on with words that were being typed when the focus moved: it goes nowhere. */
  readonly inBurst: boolean;
}

export type Resolution =
  | { readonly kind: 'run'; readonly command: Command }
  /** The first stroke of a two-step key: what may follow. */
  | { readonly kind: 'pending'; readonly prefix: string; readonly choices: readonly Command[] }
  /** Caught, and nothing is done. */
  | { readonly kind: 'caught' }
  /** Not ours: the key does what it does. */
  | { readonly kind: 'none' };

const acts = (where: readonly Where[], focus: Focus): boolean =>
  where.includes('anywhere') || (focus !== 'elsewhere' && where.includes(focus));

/** Which command a key stroke means. Pure: the window's listener asks it, and so do the tests. */
export function resolve(stroke: string, context: KeyContext, commands: readonly Command[]): Resolution {
  const { focus, editable, control, pending, singleLetterKeys, inBurst } = context;
  if (editable && !actsInFields(stroke)) return { kind: 'none' };
  if (control && (stroke === 'Enter' || stroke === 'Space')) return { kind: 'none' };
  if (inBurst && isCharacter(stroke)) return { kind: 'caught' };
  const here = commands.filter(({ where }) => acts(where, focus));
  if (pending !== null) {
    const second = here.find(({ keys }) => keys.includes(`${pending} ${stroke}`));
    if (second !== undefined) return { kind: 'run', command: second };
    // A wrong second key does nothing, rather than something else.
    if (isCharacter(stroke) || stroke === 'Esc') return { kind: 'caught' };
  }
  if (isCharacter(stroke) && stroke !== 'Space' && !singleLetterKeys) return { kind: 'none' };
  const whole = here.find(({ keys }) => keys.includes(stroke));
  if (whole !== undefined) return { kind: 'run', command: whole };
  const choices = here.filter(({ keys }) => keys.some((key) => isPrefix(stroke, key)));
  return choices.length === 0 ? { kind: 'none' } : { kind: 'pending', prefix: stroke, choices };
}

function isPrefix(stroke: string, key: string): boolean {
  const strokes = strokesOf(key);
  return strokes.length > 1 && strokes[0] === stroke;
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
      if (!meet(first.where, second.where)) continue;
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

function meet(a: readonly Where[], b: readonly Where[]): boolean {
  return a.includes('anywhere') || b.includes('anywhere') || a.some((where) => b.includes(where));
}
