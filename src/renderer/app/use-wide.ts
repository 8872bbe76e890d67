import { useSyncExternalStore } from 'react';

/** Below this the context pane has no room: at 200 % zoom, also of a wide screen, two panes are left. */
const WIDE = '(min-width: 1024px)';

export function useWide(): boolean {
  return useSyncExternalStore(watch, isWide);
}

function watch(listener: () => void): () => void {
  if (typeof matchMedia === 'undefined') return () => undefined;
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

const isWide = (): boolean => typeof matchMedia === 'undefined' || matchMedia(WIDE).matches;
