import { Announcer } from '../ui/announcer.tsx';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/** The two voices of the window: one for emergencies, which interrupts, and one for everything else, which waits. */
export function Announcers() {
  const { announcements } = useWorkplace();
  const assertive = useCell(announcements.assertive);
  const polite = useCell(announcements.polite);
  return (
    <>
      <Announcer urgency="assertive" words={assertive.words} number={assertive.n} />
      <Announcer urgency="polite" words={polite.words} number={polite.n} />
    </>
  );
}
