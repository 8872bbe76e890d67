import { useLayoutEffect, useSyncExternalStore } from 'react';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

const DARK = '(prefers-color-scheme: dark)';

/** Puts Day or Night, and the height of rows, where the styles read them. */
export function useAppearance(): void {
  const { theme, density } = useCell(useWorkplace().store.settings);
  const dark = useSyncExternalStore(watchDark, isDark);
  const shown = theme === 'system' ? (dark ? 'night' : 'day') : theme;
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = shown;
    document.documentElement.dataset['density'] = density;
  }, [shown, density]);
}

function watchDark(listener: () => void): () => void {
  if (typeof matchMedia === 'undefined') return () => undefined;
  const query = matchMedia(DARK);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

const isDark = (): boolean => typeof matchMedia !== 'undefined' && matchMedia(DARK).matches;
