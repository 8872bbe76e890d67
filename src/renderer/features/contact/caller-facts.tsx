import type { Contact } from '../../../shared/domain/contact.ts';
import { otherNumberOf, toldCaller } from '../../../shared/domain/record/description.ts';
import { languageWords } from '../../app/contact-words.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './context-pane.module.css';

/** Who it is, as the source or the caller gave it: to be read back, never to be trusted. */
export function CallerFacts({ contact }: { readonly contact: Contact }) {
  const { name, number, address } = contact.caller;
  const other = otherNumberOf(contact);
  return (
    <section aria-label="Caller" className={styles.section}>
      <h3>Caller</h3>
      <dl>
        <dt>Name</dt>
        <dd>{name ?? 'not given'}</dd>
        <dt>Number</dt>
        <dd className={styles.copied}>{number ?? 'not shown'}</dd>
        {other !== null && (
          <>
            <dt>Also</dt>
            <dd className={styles.copied}>{other}</dd>
          </>
        )}
        <dt>Address</dt>
        <dd>{address ?? 'not known'}</dd>
        <dt>Speaks</dt>
        <dd>{contact.language === null ? 'English, or not known' : languageWords(contact.language)}</dd>
      </dl>
      <Before contact={contact} />
    </section>
  );
}

/** What the source itself had told, where a handler has written something else over it (rule R-24). */
function Before({ contact }: { readonly contact: Contact }) {
  const last = contact.descriptions.at(-1);
  if (last === undefined) return null;
  const told = toldCaller(contact);
  const changed = (['name', 'address'] as const).flatMap((field) => {
    const words = told[field];
    return words === null || words === contact.caller[field] ? [] : [words];
  });
  return (
    <p className={styles.muted}>
      As the caller says, {clockWords(last.at)}
      {changed.length > 0 && `. Before: ${changed.join(', ')}`}
    </p>
  );
}
