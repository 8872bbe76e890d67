import { useEffect, type RefObject } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';

/**
 * A page that came by itself may not take the focus (rule W-02). So the first digit that is typed brings it to the field,
 * in the task of that very key, and lands there.
 */
export function useDigitsTo(field: RefObject<HTMLInputElement | null>): void {
  const { law } = useWorkplace();
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      const nowhere = document.activeElement === null || document.activeElement === document.body;
      if (nowhere && /^\d$/.test(event.key) && !event.ctrlKey && !event.altKey) law.focus(field.current);
    };
    window.addEventListener('keydown', typed);
    return () => window.removeEventListener('keydown', typed);
  }, [law, field]);
}
