import { createContext, use } from 'react';
import { must } from '../../shared/lib/assert.ts';
import type { Keyboard } from './keyboard.ts';

export const KeyboardContext = createContext<Keyboard | null>(null);

/** The window's keys: what is pending, and how a button runs a command. */
export function useKeyboard(): Keyboard {
  return must(use(KeyboardContext), 'the keyboard around this component');
}
