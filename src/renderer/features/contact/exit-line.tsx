import type { ContactSummary } from '../../../shared/domain/contact.ts';
import { EXIT_WORDS } from '../../app/contact-words.ts';
import styles from './exit-line.module.css';

/**
 * The person left by the safety exit of a public page: whoever is beside them may read what we send. Stands at the foot
 * of a pane, right where one would write, so that it covers and moves nothing that is being read.
 */
export function ExitLine({ contact }: { readonly contact: ContactSummary | undefined }) {
  if (contact?.channelState !== 'left-by-exit') return null;
  return (
    <p className={styles.exit} role="note" aria-label="Safety exit">
      <span aria-hidden="true" className={styles.sign}>
        ✕
      </span>
      {EXIT_WORDS}
    </p>
  );
}
