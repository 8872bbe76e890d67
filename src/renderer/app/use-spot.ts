import { useCallback } from 'react';
import { useWorkplace } from './workplace-context.ts';
import type { Spot } from './workplace.ts';

/** A ref for the element that a key can move the focus to. */
export function useSpot(spot: Spot): (element: HTMLElement | null) => void {
  const { elements } = useWorkplace();
  return useCallback(
    (element: HTMLElement | null) => {
      if (element === null) elements.delete(spot);
      else elements.set(spot, element);
    },
    [elements, spot],
  );
}
