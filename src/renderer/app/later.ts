import { createElement, useEffect, type ComponentType } from 'react';
import { Cell, useCell } from './cell.ts';

/** A component whose code is fetched after the first painting. */
export interface Later<Props extends object> {
  readonly Shown: ComponentType<Props>;
  /** Fetches it. From then on it is painted in the task of the key that asks for it. */
  readonly load: () => Promise<void>;
}

/**
 * React's own way waits before it shows what has been fetched, even when it was fetched long ago; a key's answer must be
 * there at once, because the next letter is meant for it.
 */
export function later<Props extends object>(fetch: () => Promise<ComponentType<Props>>): Later<Props> {
  const fetched = new Cell<ComponentType<Props> | null>(null);
  const load = async (): Promise<void> => {
    if (fetched.read() === null) fetched.set(await fetch());
  };
  function Shown(props: Props) {
    const Fetched = useCell(fetched);
    useEffect(() => {
      // It could not be fetched before: what is wrong with the program's own files shows itself when it is asked for.
      if (Fetched === null) void load().catch(() => undefined);
    }, [Fetched]);
    return Fetched === null ? null : createElement(Fetched, props);
  }
  return { Shown, load };
}
