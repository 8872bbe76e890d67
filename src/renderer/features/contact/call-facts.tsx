import type { Contact } from '../../../shared/domain/contact.ts';
import { providerPeriod } from '../../app/call-back-words.ts';
import { addressDoubt, callMarkWords, handOverWords, lineWords } from '../../app/call-words.ts';
import { useNow } from '../../app/use-now.ts';
import { clockWords, timerWords } from '../../ui/time-words.ts';
import styles from './context-pane.module.css';

/** What the exchange has told of the line (rules TE-01 to TE-05). Its lines stand from the start, so that late facts move nothing. */
export function CallFacts({ contact }: { readonly contact: Contact }) {
  const { call } = contact;
  const now = useNow();
  if (call === null) return null;
  const { subscriber, line, network, cell, marks, operatorHeard, recording, waited, otherAgency } = call;
  const doubt = addressDoubt[line];
  const period = providerPeriod(contact, now);
  return (
    <section aria-label="Line" className={styles.section}>
      <h3>
        Line <span className={styles.asOf}>as of {clockWords(call.asOf)}</span>
      </h3>
      <p className={styles.strong}>{handOverWords[call.handOver]}</p>
      {operatorHeard !== null && (
        <p className={styles.heard}>
          Operator heard: <q>{operatorHeard}</q>
        </p>
      )}
      <dl>
        <dt>Line</dt>
        <dd>{[lineWords[line], network].filter((part) => part !== null).join(', ')}</dd>
        <dt>Subscriber</dt>
        <dd>{subscriber?.name ?? 'not known'}</dd>
        <dt>Installed at</dt>
        <dd>
          {subscriber?.address ?? 'not known'}
          {(subscriber?.address ?? null) !== null && doubt !== null && (
            <em className={styles.doubt}> {doubt}</em>
          )}
        </dd>
        {line !== 'fixed' && (
          <>
            <dt>Mast</dt>
            <dd>{cell ?? 'not known'}</dd>
          </>
        )}
        {otherAgency !== null && (
          <>
            <dt>Other end</dt>
            <dd>{otherAgency}</dd>
          </>
        )}
        {waited !== null && (
          <>
            <dt>Waited</dt>
            <dd>
              {timerWords(waited.queue * 1_000)} in the queue
              {waited.menu > 0 && ` after ${timerWords(waited.menu * 1_000)} of menu`}
            </dd>
          </>
        )}
        <dt>Recording</dt>
        <dd className={styles.copied}>{recording ?? 'none named yet'}</dd>
      </dl>
      {marks.length > 0 && (
        <ul>
          {marks.map((mark) => (
            <li key={mark}>{callMarkWords[mark]}</li>
          ))}
        </ul>
      )}
      {period !== null && (
        <p className={styles.period} data-over={period.isOver}>
          {period.words}
        </p>
      )}
    </section>
  );
}
