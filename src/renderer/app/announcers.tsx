import { Announcer } from '../ui/announcer.tsx';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/** The two voices of the window: one for emergencies, which interrupts, and one for everything else, which waits. */
export function Announcers() {
  const { announcements } = useWorkplace();
  return (
    <>
      <Announcer urgency="assertive" words={useCell(announcements.assertiveWords)} />
      <Announcer urgency="polite" words={useCell(announcements.politeWords)} />
    </>
  );
}
