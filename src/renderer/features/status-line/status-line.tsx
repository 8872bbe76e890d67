import type { DeskState, OutboxState } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { statusWords } from '../../app/desk-status-words.ts';
import { roleWords } from '../../app/role-words.ts';
import { Timer } from '../../app/timer.tsx';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { numberWords, clockWords } from '../../ui/time-words.ts';
import { LinkSign } from './link-sign.tsx';
import { linkWords } from './link-words.ts';
import styles from './status-line.module.css';

/** Who sits here, what waits, and how far what is on screen can be trusted. Behind the lock nothing of the work (rule W-16). */
export function StatusLine() {
  const { store, session } = useWorkplace();
  const desk = useCell(store.desk);
  const door = useCell(session.door);
  return (
    <div className={styles.line} role="status" aria-live="off" aria-label="Status line">
      {desk !== null && desk.realm !== 'live' && (
        <strong className={styles.realm}>
          {desk.realm === 'demo' ? 'DEMO – not real calls' : 'TRAINING – no real calls'}
        </strong>
      )}
      {desk !== null && <Who desk={desk} />}
      {door === 'open' && <Waiting />}
      <span className={styles.gap} />
      <span className={styles.end}>
        {desk !== null && <Link desk={desk} />}
        <Clock />
      </span>
    </div>
  );
}

function Who({ desk: { me, session, status } }: { readonly desk: DeskState }) {
  const keyboard = useKeyboard();
  const isOpen = useCell(useWorkplace().session.door) === 'open';
  // The way back is the key that led there, for as long as it lasts (rule A-11).
  const isForWelfare = status?.reason === 'welfare';
  const person = session.kind === 'signed-in' ? session.person : null;
  return (
    <span className={styles.desk}>
      <strong>{me === null ? 'Desk –' : `Desk ${me.deskNumber}`}</strong>
      {person !== null && (
        <span className={styles.person} title={`${person.name}, ${person.handler}`}>
          {person.name}
          {person.role !== 'handler' && `, ${roleWords[person.role]}`}
        </span>
      )}
      {status !== null && isOpen && (
        <button
          type="button"
          tabIndex={-1}
          className={styles.status}
          data-kind={status.kind}
          title={isForWelfare ? 'You are back' : 'Say what you are doing'}
          onClick={() => keyboard.runById(isForWelfare ? 'welfare' : 'status')}
        >
          {statusWords(status)} <KeyHint>{isForWelfare ? 'Shift+F8' : 'F8'}</KeyHint>
        </button>
      )}
    </span>
  );
}

function Waiting() {
  const { store, sound } = useWorkplace();
  const { waiting, oldestWait } = useCell(store.counts);
  const outbox = useCell(store.outbox);
  const desk = useCell(store.desk);
  const kept = keptCount(outbox);
  const warning = desk === null ? null : keepingWords(desk);
  const quietened = useCell(sound.quietened);
  const isHeard = useCell(sound.isHeard);
  return (
    <>
      <dl className={styles.counts} aria-label="Waiting">
        <Count word="999" count={waiting['999']} />
        <Count word="101" count={waiting['101']} />
        <Count word="Chat" count={waiting.chat} />
        <Count word="Online" count={waiting.online} />
        <Count word="Other" count={waiting.other} />
      </dl>
      <span className={styles.oldest}>
        Longest wait <strong>{oldestWait === null ? '–' : <Timer since={oldestWait} />}</strong>
      </span>
      <span className={styles.kept} data-some={kept > 0}>
        Kept here: <strong>{kept}</strong>
      </span>
      {warning !== null && (
        <strong className={styles.warning} title={warning.long}>
          {warning.short}
        </strong>
      )}
      {!isHeard && (
        <strong
          className={styles.warning}
          title="This desk has no loudspeaker or headset that works. Watch the strip, and tell IT support."
        >
          No sound
        </strong>
      )}
      {quietened > 0 && (
        <span
          className={styles.kept}
          title="Too much happened in ten minutes: only emergencies sound until it is calmer."
        >
          Not sounded: <strong>{quietened}</strong>
        </span>
      )}
    </>
  );
}

const keptCount = ({ items }: OutboxState): number => items.filter(({ state }) => state === 'waiting').length;

/** What keeps this desk from keeping, worst first (rule S-14); `null`: nothing does. */
function keepingWords({
  disk,
  storage,
}: DeskState): { readonly short: string; readonly long: string } | null {
  if (disk === 'full')
    return {
      short: 'Disk full: nothing is kept here',
      long: 'The disk of this desk is full. What you type stays on screen only. Read important words out, and tell IT support now.',
    };
  if (disk === 'nearly-full')
    return {
      short: 'Disk nearly full',
      long: 'The disk of this desk is nearly full: what is left is for emergencies. Tell IT support.',
    };
  if (storage === 'memory')
    return {
      short: 'Memory only: nothing is kept if this desk stops',
      long: 'This desk keeps its work in memory only. Nothing of it is left if the program stops.',
    };
  return null;
}

function Count({ word, count }: { readonly word: string; readonly count: number }) {
  return (
    <div data-none={count === 0}>
      <dt>{word}</dt>
      <dd>{numberWords(count)}</dd>
    </div>
  );
}

function Link({ desk }: { readonly desk: DeskState }) {
  const { clock, store, session } = useWorkplace();
  const now = useNow();
  const kept = keptCount(useCell(store.outbox));
  const isOpen = useCell(session.door) === 'open';
  const { confirmedAt } = desk.link;
  const { sign, words, tone, goOn } = linkWords(
    desk.link,
    confirmedAt === null ? null : clock.toQueueTime(confirmedAt),
    now,
  );
  return (
    <span className={styles.link} data-tone={tone}>
      <span>
        <LinkSign name={sign} /> {words}
      </span>
      {goOn !== null && (
        <>
          <span className={styles.goOn} data-for={isOpen ? 'wide' : 'all'}>
            {goOn}
          </span>
          {isOpen && (
            <span className={styles.goOn} data-for="narrow">
              Kept here: {kept}. Go on with what is yours; claims wait.
            </span>
          )}
        </>
      )}
    </span>
  );
}

function Clock() {
  return <time className={styles.clock}>{clockWords(useNow())}</time>;
}
