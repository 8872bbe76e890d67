import { useSyncExternalStore } from 'react';
import type { RowMarks } from '../../../shared/domain/contact.ts';
import { CRIME_NEAR_MS, CRIME_SHOWN_MS } from '../../../shared/domain/record/crime-clock.ts';
import type { DutyKind } from '../../../shared/domain/record/parts.ts';
import { HOUR, MINUTE, type Instant } from '../../../shared/domain/time.ts';
import { useCell } from '../../app/cell.ts';
import type { InboxRow } from '../../../shared/domain/view.ts';
import { sameNumberLines, sameNumberMark } from '../../app/same-number-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { timerWords } from '../../ui/time-words.ts';
import styles from './marks-cell.module.css';

/** What nobody may forget about a contact, a word each, before its title: major incident, who rings from the number that is to be rung back, duties, the 24 hours for a crime. */
export function MarksCell({ row }: { readonly row: Pick<InboxRow, 'summary' | 'sameNumber'> }) {
  const { major, duties, crimeDueAt, backTo } = row.summary.marks;
  const [nearest] = row.sameNumber ?? [];
  const me = useCell(useWorkplace().store.desk)?.me?.handler;
  // One word: the oldest duty. The others stand under the pointer, and in the context when it is opened.
  const [first] = duties;
  return (
    <>
      {major !== null && (
        <span className={styles.mark}>
          <Badge look="strong" title={`Major incident: ${major}`}>
            Major
          </Badge>
        </span>
      )}
      {backTo !== null && backTo === me && (
        <span className={styles.mark}>
          <Badge look="strong" title="Possibly the same person as in a chat of yours a short while ago">
            Back?
          </Badge>
        </span>
      )}
      {nearest !== undefined && (
        <span className={styles.mark}>
          <Badge look="strong" title={sameNumberLines(row).join('. ')}>
            {sameNumberMark[nearest.is]}
          </Badge>
        </span>
      )}
      {first !== undefined && (
        <span className={styles.mark}>
          <Badge look="plain" title={duties.map((duty) => dutyTitles[duty]).join('. ')}>
            {dutyWords[first]}
          </Badge>
        </span>
      )}
      {crimeDueAt !== null && <CrimeBadge dueAt={crimeDueAt} />}
    </>
  );
}

const dutyWords: Readonly<Record<DutyKind, string>> = {
  'tell-caller': 'Tell caller',
  're-thrive': 'Look again',
  agree: 'Agree',
};

const dutyTitles: Readonly<Record<DutyKind, string>> = {
  'tell-caller': 'The answer has changed: the caller must be told',
  're-thrive': 'Something has changed since the risk was looked at',
  agree: 'A second person must look at a lower grade',
};

/** The last two of the 24 hours, before the title. Painted again when its words change, not with every second. */
function CrimeBadge({ dueAt }: { readonly dueAt: Instant }) {
  const { words, stage } = useCrimeWords(dueAt);
  if (stage !== 'near') return null;
  return (
    <span className={styles.mark}>
      <Badge look={words === LATE ? 'strong' : 'plain'} title={CLOCK}>
        {words}
      </Badge>
    </span>
  );
}

/**
 * The hours before those, quietly after the place: the title keeps its room. Nothing when there is nothing to decide, nor in the first half of
 * the 24 hours, when every row would say the same.
 */
export function CrimeHours({ dueAt }: { readonly dueAt: Instant | null }) {
  return dueAt === null ? null : <Hours dueAt={dueAt} />;
}

function Hours({ dueAt }: { readonly dueAt: Instant }) {
  const { words, stage } = useCrimeWords(dueAt);
  if (stage !== 'running') return null;
  return (
    <span className={styles.hours} title={CLOCK} data-quiet="true">
      <span className={styles.of}>crime </span>
      {words}
    </span>
  );
}

type CrimeStage = 'early' | 'running' | 'near';

function useCrimeWords(dueAt: Instant): { readonly words: string; readonly stage: CrimeStage } {
  const { clock } = useWorkplace();
  const stage = useSyncExternalStore(clock.tick.subscribe, () => crimeStage(dueAt, clock.tick.read()));
  // What is not shown is not painted again with every hour.
  const words = useSyncExternalStore(clock.tick.subscribe, () =>
    stage === 'early' ? '' : crimeBadgeWords(dueAt, clock.tick.read()),
  );
  return { words, stage };
}

const LATE = 'Crime late';
const CLOCK = 'Whether it is a crime must be decided within 24 hours';

const isCrimeNear = (dueAt: Instant, now: Instant): boolean => dueAt - now <= CRIME_NEAR_MS;

/** How loud a row is about it (rule R-08). */
export function crimeStage(dueAt: Instant, now: Instant): CrimeStage {
  if (isCrimeNear(dueAt, now)) return 'near';
  return dueAt - now <= CRIME_SHOWN_MS ? 'running' : 'early';
}

/** What is left of the 24 hours (rule R-08): "17 h", to the hour; from two hours before the end "Crime 1 h 12", to the minute. */
export function crimeBadgeWords(dueAt: Instant, now: Instant): string {
  const left = dueAt - now;
  if (left < 0) return LATE;
  if (!isCrimeNear(dueAt, now)) return `${Math.floor(left / HOUR)} h`;
  const minutes = Math.floor(left / MINUTE);
  return minutes < 60 ? `Crime ${minutes} min` : `Crime ${timerWords(left)}`;
}

/** The same for the ear, which hears of the 24 hours only when they are nearly over. */
export function marksLabel({ major, duties, crimeDueAt }: RowMarks, now: Instant): string {
  const isNear = crimeDueAt !== null && isCrimeNear(crimeDueAt, now);
  return [
    major === null ? '' : '. Major incident',
    ...duties.map((duty) => `. ${dutyWords[duty]}`),
    isNear ? `. ${crimeBadgeWords(crimeDueAt, now)}` : '',
  ].join('');
}
