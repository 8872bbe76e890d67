import type { Contact } from '../../../shared/domain/contact.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useStanding } from '../../app/use-standing.ts';
import { whyWords } from '../../app/why-words.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './context-pane.module.css';

/** Why it stands where it stands, and by which names and times it is known. */
export function ContactFacts({ contact }: { readonly contact: Contact }) {
  const now = useNow();
  const standing = useStanding(contact.id);
  return (
    <>
      <section aria-label="Why it stands here" className={styles.section}>
        <h3>Why it stands here</h3>
        <p className={styles.sum}>{whyWords(contact, now, standing)}</p>
      </section>
      <section aria-label="Times and names" className={styles.section}>
        <h3>Times and names</h3>
        <dl>
          <dt>Reference</dt>
          <dd className={styles.copied}>{contact.ref}</dd>
          {contact.provisionalRef !== null && contact.provisionalRef !== contact.ref && (
            <>
              <dt>Began as</dt>
              <dd className={styles.copied}>{contact.provisionalRef}</dd>
            </>
          )}
          {contact.paperLog !== null && (
            <>
              <dt>Paper log</dt>
              <dd className={styles.copied}>{contact.paperLog}</dd>
            </>
          )}
          <dt>Reached us</dt>
          <dd>{whenWords(contact.receivedAt, now)}</dd>
          <dt>Written down</dt>
          <dd>{whenWords(contact.enteredAt, now)}</dd>
          {contact.claimedReceivedAt !== null && (
            <>
              <dt>Source says</dt>
              <dd>{whenWords(contact.claimedReceivedAt, now)}</dd>
            </>
          )}
          <dt>Came by</dt>
          <dd>{contact.source}</dd>
        </dl>
      </section>
      <Grades contact={contact} />
    </>
  );
}

function Grades({ contact: { gradings } }: { readonly contact: Contact }) {
  const now = useNow();
  return (
    <section aria-label="Grades" className={styles.section}>
      <h3>Grades</h3>
      {gradings.length === 0 && <p className={styles.muted}>Not graded yet.</p>}
      <ul>
        {gradings.toReversed().map(({ id, grade, by, at }) => (
          <li key={id}>
            <strong>{grade ?? 'Taken back'}</strong> {grade === null ? '' : gradeWords[grade]} · desk{' '}
            {by.deskNumber}, {whenWords(at, now)}
          </li>
        ))}
      </ul>
    </section>
  );
}
