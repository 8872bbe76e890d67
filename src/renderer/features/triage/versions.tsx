import { deskWords } from '../../app/refusals.ts';
import { useNow } from '../../app/use-now.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './triage.module.css';
import type { Triage } from './use-triage.ts';
import { lookLines } from '../../app/look-words.ts';

/** Every look at the risk there was: who, when, and what it changed. */
export function Versions({ triage: { contact, policies } }: { readonly triage: Triage }) {
  const now = useNow();
  const lines = lookLines(contact.triage, policies.questions.callTypes).toReversed();
  const count = lines.length;
  return (
    <details className={styles.fold}>
      <summary tabIndex={-1}>
        THRIVE, {count === 0 ? 'no version yet' : `${count} ${count === 1 ? 'version' : 'versions'}`}
      </summary>
      <ol className={styles.versions} reversed>
        {lines.map(({ version, number, changes }) => (
          <li key={version.id}>
            <p>
              <b>{number}</b> {whenWords(version.at, now)}, {deskWords(version.by)}, {version.by.handler}
            </p>
            <p>{changes.length === 0 ? 'Looked at again, nothing changed.' : changes.join(' · ')}</p>
          </li>
        ))}
      </ol>
    </details>
  );
}
