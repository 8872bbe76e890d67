import type { Day } from '../../../shared/domain/london.ts';
import {
  aboutEntry,
  controlOf,
  directoryKindWords,
  type DirectoryEntry,
} from '../../../shared/domain/signposts/directory.ts';
import { openingAt, openingWords } from '../../../shared/domain/signposts/hours.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { CheckedLine } from './checked-line.tsx';
import styles from './guide.module.css';
import { WayList } from './way-list.tsx';

export interface EntryCardProps {
  readonly entry: DirectoryEntry;
  readonly bankHolidays: readonly Day[];
  readonly now: Instant;
  readonly today: Day;
}

/** Whom to ring, when, for what, and what else there is when they do not answer. The control room's own number stands apart (rule SG-08). */
export function EntryCard({ entry, bankHolidays, now, today }: EntryCardProps) {
  const control = controlOf(entry);
  return (
    <>
      <h3>{entry.name}</h3>
      <p className={styles.muted}>
        {directoryKindWords[entry.kind]}
        {entry.kind === 'role' && entry.rank !== null && `, ${entry.rank}`}
        {entry.kind === 'officer' && `, ${entry.rank} ${entry.number}`}
        {entry.kind === 'team' && `, ${entry.sergeant}`}
      </p>
      <div className={styles.card}>
        <p>{aboutEntry(entry)}</p>
        <p className={styles.hours}>{openingWords(openingAt(entry.hours, now, bankHolidays))}</p>
        <WayList ways={entry.ways} />
        {entry.kind === 'council' && entry.outOfHours.length > 0 && (
          <>
            <p>Out of hours</p>
            <WayList ways={entry.outOfHours} from={entry.ways.length} />
          </>
        )}
        {control !== null && (
          <div className={styles.control}>
            <p>
              Their control room, for us alone:{' '}
              <strong className={styles.to} data-control>
                {control.to}
              </strong>
            </p>
            {control.note !== null && <p className={styles.muted}>{control.note}</p>}
            <p className={styles.warn}>Never give this number to the public.</p>
          </div>
        )}
        {entry.kind === 'partner' && <p>If they refuse or do not answer: {entry.escalation}</p>}
        <CheckedLine checked={entry} today={today} />
      </div>
    </>
  );
}
