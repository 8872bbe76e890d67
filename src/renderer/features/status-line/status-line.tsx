import type { DeskState } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { Timer } from '../../app/timer.tsx';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';
import { linkWords } from './link-words.ts';
import styles from './status-line.module.css';

/** Who sits here, what waits, and how far what is on screen can be trusted. */
export function StatusLine() {
  const workplace = useWorkplace();
  const desk = useCell(workplace.store.desk);
  const facts = useCell(workplace.store.facts);
  const outbox = useCell(workplace.store.outbox);
  const kept = outbox.items.filter(({ state }) => state === 'waiting').length;
  const { waiting } = facts;
  return (
    <div className={styles.line} role="status" aria-live="off" aria-label="Status line">
      {desk !== null && desk.realm !== 'live' && (
        <strong className={styles.realm}>
          {desk.realm === 'demo' ? 'DEMO – not real calls' : 'TRAINING – no real calls'}
        </strong>
      )}
      <span className={styles.desk}>
        <strong>
          {desk?.me === null || desk?.me === undefined ? 'Desk –' : `Desk ${desk.me.deskNumber}`}
        </strong>
        {desk?.me !== null && desk?.me !== undefined && <span>{desk.me.handler}</span>}
      </span>
      <dl className={styles.counts} aria-label="Waiting">
        <Count word="999" count={waiting['999']} />
        <Count word="101" count={waiting['101']} />
        <Count word="Chat" count={waiting.chat} />
        <Count word="Online" count={waiting.online} />
        <Count word="Other" count={waiting.other} />
      </dl>
      <span className={styles.oldest}>
        Longest wait <strong>{facts.oldestWait === null ? '–' : <Timer since={facts.oldestWait} />}</strong>
      </span>
      <span className={styles.gap} />
      {desk?.storage === 'memory' && (
        <strong className={styles.warning}>Memory only: nothing is kept if this desk stops</strong>
      )}
      <span className={styles.kept} data-some={kept > 0}>
        Kept here: <strong>{kept}</strong>
      </span>
      {desk !== null && <Link desk={desk} />}
      <Clock />
    </div>
  );
}

function Count({ word, count }: { readonly word: string; readonly count: number }) {
  return (
    <div data-none={count === 0}>
      <dt>{word}</dt>
      <dd>{count.toLocaleString('en-GB')}</dd>
    </div>
  );
}

function Link({ desk }: { readonly desk: DeskState }) {
  const { clock } = useWorkplace();
  const now = useNow();
  const { confirmedAt } = desk.link;
  const { sign, words, tone } = linkWords(
    desk.link,
    confirmedAt === null ? null : clock.toQueueTime(confirmedAt),
    now,
  );
  return (
    <span className={styles.link} data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {words}
    </span>
  );
}

function Clock() {
  return <time className={styles.clock}>{clockWords(useNow())}</time>;
}
