/**
 * Keys as words. A stroke is modifiers and a key: `F2`, `Ctrl+K`, `Shift+G`, `j`, `[`. Letters are the letter on the
 * key, in lower case; Shift is said, so that Caps Lock changes nothing. Two strokes are separated by a space: `g g`.
 */

/** What is read of a key event. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** Brackets and digits lie elsewhere on other layouts, or need AltGr: they are read by their place on the board. */
const byCode: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', Space: 'Space' };

const names: Readonly<Record<string, string>> = {
  ArrowDown: 'Down',
  ArrowUp: 'Up',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
};

const modifierKeys: ReadonlySet<string> = new Set([
  'Control',
  'Shift',
  'Alt',
  'Meta',
  'AltGraph',
  'CapsLock',
]);

/** The stroke of a key press; `null` for a modifier alone, and for chords that are not ours (AltGr, the Windows key). */
export function strokeOf(press: KeyPress): string | null {
  if (modifierKeys.has(press.key) || press.metaKey || (press.ctrlKey && press.altKey)) return null;
  const key = keyOf(press);
  const symbol = key.length === 1 && !/[a-z0-9[\]]/.test(key);
  const shift = press.shiftKey && !symbol ? 'Shift+' : '';
  return `${press.ctrlKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${shift}${key}`;
}

function keyOf({ key, code, ctrlKey }: KeyPress): string {
  const placed = byCode[code];
  if (placed !== undefined) return placed;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined && (ctrlKey || key === digit)) return digit;
  const named = names[key] ?? key;
  return named.length === 1 ? named.toLowerCase() : named;
}

/** The strokes of a key in the registry, in order. */
export const strokesOf = (key: string): readonly string[] => key.split(' ');

/** A single character: in a field it is text, and as a command it can be switched off (WCAG 2.1.4). */
export const isCharacter = (stroke: string): boolean => /^(?:Shift\+)?(?:.|Space)$/.test(stroke);

/** Acts while something is being typed: a function key, or a Ctrl or Alt chord (rule W-04). */
export const actsInFields = (stroke: string): boolean =>
  /^(?:Shift\+)?F\d+$|^(?:Ctrl|Alt)\+/.test(stroke) || stroke === 'Esc';

const shown: Readonly<Record<string, string>> = { Down: '↓', Up: '↑', Left: '←', Right: '→' };

/** The key as a person reads it. */
export function keyWords(key: string): string {
  return strokesOf(key)
    .map((stroke) =>
      stroke
        .split('+')
        .map((part) => shown[part] ?? part)
        .map((part) => (part.length === 1 && stroke.includes('+') ? part.toUpperCase() : part))
        .join('+'),
    )
    .join(' then ');
}
