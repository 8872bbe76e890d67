import { useEffect } from 'react';
import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import styles from './work-pane.module.css';

/** No contact is open: how to open one, and the handler's own words that wait to be finished. */
export function NoContact() {
  const workplace = useWorkplace();
  const { drafts, clock } = workplace;
  const stored = useCell(drafts.stored);
  useEffect(() => void drafts.readStored(), [drafts]);
  return (
    <>
      <p>No contact is open.</p>
      <p>
        <KeyHint>Enter</KeyHint> on a contact opens it and claims it if it is free. <KeyHint>F2</KeyHint>{' '}
        takes the oldest emergency.
      </p>
      {stored.length > 0 && (
        <section className={styles.stored} aria-label="Your drafts">
          <h3>Your drafts</h3>
          <ul>
            {stored.map(({ contact, ref, title, savedAt, characters }) => (
              <li key={contact}>
                <button
                  type="button"
                  title={title ?? ''}
                  onClick={() => {
                    workplace.open(contact);
                    workplace.goTo('note');
                  }}
                >
                  <span>{title ?? 'Contact no longer on this desk'}</span>
                  <span className={styles.saved}>
                    {ref ?? ''} {characters} letters, {clockWords(clock.toQueueTime(savedAt))}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
