import type { Contact } from '../../../shared/domain/contact.ts';
import { languageWords } from '../../app/contact-words.ts';
import styles from './context-pane.module.css';

/** Who it is, as the source gave it: to be read back, never to be trusted. */
export function CallerFacts({ contact }: { readonly contact: Contact }) {
  const { name, number, address } = contact.caller;
  return (
    <section aria-label="Caller" className={styles.section}>
      <h3>Caller</h3>
      <dl>
        <dt>Name</dt>
        <dd>{name ?? 'not given'}</dd>
        <dt>Number</dt>
        <dd className={styles.copied}>{number ?? 'not shown'}</dd>
        <dt>Address</dt>
        <dd>{address ?? 'not known'}</dd>
        <dt>Speaks</dt>
        <dd>{contact.language === null ? 'English, or not known' : languageWords(contact.language)}</dd>
      </dl>
    </section>
  );
}
