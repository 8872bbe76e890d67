import type { KeyboardEvent } from 'react';

/** The key of a stroke without Ctrl, Alt or the Windows key, in lower case; `null` for chords and for a key held down. */
export function plainKey({ key, ctrlKey, altKey, metaKey, repeat }: KeyboardEvent): string | null {
  if (ctrlKey || altKey || metaKey || repeat) return null;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** A field takes its letters itself. */
export const isTypedInto = (target: EventTarget): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
