import { useSyncExternalStore } from 'react';
import { isUnreadTooLong } from '../../../shared/domain/unread.ts';
import type { ContactSummary, RowMarks } from '../../../shared/domain/contact.ts';
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

/**
 * What is told beside a title, a word each: major incident, who rings from the number that is to be rung back, the end of the 24 hours for a
 * crime. It stands at the end of the line, so that no title moves when one comes.
 */
export function MarksCell({ row }: { readonly row: Pick<InboxRow, 'summary' | 'sameNumber'> }) {
  const { major, duties, crimeDueAt, backTo } = row.summary.marks;
  const [nearest] = row.sameNumber ?? [];
  const { store } = useWorkplace();
  const me = useCell(store.desk)?.me?.handler;
  const isCompact = useCell(store.settings).density === 'compact';
  return (
    <>
      <UnreadBadge summary={row.summary} />
      {major !== null && (
        <Badge look="strong" title={`Major incident: ${major}`}>
          Major
        </Badge>
      )}
      {backTo !== null && backTo === me && (
        <Badge look="strong" title="Possibly the same person as in a chat of yours a short while ago">
          Back?
        </Badge>
      )}
      {nearest !== undefined && (
        <Badge look="strong" title={sameNumberLines(row).join('. ')}>
          {sameNumberMark[nearest.is]}
        </Badge>
      )}
      {isCompact && <FirstDuty duties={duties} />}
      {crimeDueAt !== null && <CrimeBadge dueAt={crimeDueAt} />}
    </>
  );
}

/** Nobody has looked at what they wrote, in the time that the policy gives (rule K-09). Painted when that begins, not with every second. */
function UnreadBadge({ summary }: { readonly summary: ContactSummary }) {
  const { clock } = useWorkplace();
  const isLate = useSyncExternalStore(clock.tick.subscribe, () =>
    isUnreadTooLong(summary, clock.tick.read()),
  );
  if (!isLate) return null;
  return (
    <Badge look="strong" title="Nobody has looked at it in the time that is set for it">
      Unread
    </Badge>
  );
}

/** Life first, then who waits for an answer, then what somebody else must look at. */
const byUrgency: readonly DutyKind[] = ['re-thrive', 'tell-caller', 'agree'];

const inOrder = (duties: readonly DutyKind[]): readonly DutyKind[] =>
  byUrgency.filter((kind) => duties.includes(kind));

const titleOfAll = (duties: readonly DutyKind[]): string => duties.map((duty) => dutyTitles[duty]).join('. ');

/** In a row of one line: the most urgent, and how many more there are (rule W-35). */
function FirstDuty({ duties }: { readonly duties: readonly DutyKind[] }) {
  const [first, ...more] = inOrder(duties);
  if (first === undefined) return null;
  return (
    <Badge look="plain" title={titleOfAll(inOrder(duties))}>
      {more.length === 0 ? dutyWords[first] : `${dutyWords[first]} +${more.length}`}
    </Badge>
  );
}

/**
 * In a row of two lines: every duty, after the place. The most urgent stands at the end, in the same place in every row; where there is no room
 * for the words of the others, how many there are.
 */
export function DutyBadges({ duties }: { readonly duties: readonly DutyKind[] }) {
  const isCompact = useCell(useWorkplace().store.settings).density === 'compact';
  const [first, ...others] = inOrder(duties);
  if (isCompact || first === undefined) return null;
  return (
    <span className={styles.duties} data-others={others.length}>
      <Badge look="plain" title={dutyTitles[first]}>
        {dutyWords[first]}
      </Badge>
      {others.length > 0 && (
        <span className={styles.count} title={titleOfAll(others)}>
          +{others.length}
        </span>
      )}
      {others.map((duty) => (
        <span key={duty} className={styles.other}>
          <Badge look="plain" title={dutyTitles[duty]}>
            {dutyWords[duty]}
          </Badge>
        </span>
      ))}
    </span>
  );
}

const dutyWords: Readonly<Record<DutyKind, string>> = {
  'tell-caller': 'Tell caller',
  're-thrive': 'Look again',
  agree: 'Agree',
};

const dutyTitles: Readonly<Record<DutyKind, string>> = {
  'tell-caller': 'The answer has changed, or word did not get there: the caller must be told',
  're-thrive': 'Something has changed since the risk was looked at',
  agree: 'A second person must look at a lower grade',
};

/** The last two of the 24 hours. Painted again when its words change, not with every second. */
function CrimeBadge({ dueAt }: { readonly dueAt: Instant }) {
  const { words, stage } = useCrimeWords(dueAt);
  if (stage !== 'near') return null;
  return (
    <Badge look={words === LATE ? 'strong' : 'plain'} title={CLOCK}>
      {words}
    </Badge>
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
    ...inOrder(duties).map((duty) => `. ${dutyWords[duty]}`),
    isNear ? `. ${crimeBadgeWords(crimeDueAt, now)}` : '',
  ].join('');
}
