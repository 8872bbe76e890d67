import { useLayoutEffect, useState, type RefObject } from 'react';
import type { Ticket } from './focus-law.ts';
import { useWorkplace } from './workplace-context.ts';

/** Taken as a sheet opens: the key that opened it may move the focus once more, when the details of the contact are here. */
export function useOpening(): Ticket {
  const { law } = useWorkplace();
  const [opening] = useState(() => law.ticket());
  return opening;
}

/** The first field of a sheet whose contact was still being read when it opened takes the focus now, if nothing was pressed since. */
export function useFirstField(opening: Ticket, first: RefObject<HTMLElement | null>): void {
  const { law } = useWorkplace();
  useLayoutEffect(() => {
    law.answer(opening, () => law.focus(first.current));
  }, [law, opening, first]);
}
