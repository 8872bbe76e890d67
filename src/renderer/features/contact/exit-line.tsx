import { isExitUnchecked } from '../../../shared/domain/chat/chat.ts';
import type { Contact, ContactSummary } from '../../../shared/domain/contact.ts';
import { EXIT_WORDS } from '../../app/contact-words.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './exit-line.module.css';

/**
 * The person left by the safety exit of a public page: whoever is beside them may read what we send. Stands at the foot
 * of a pane, right where one would write, so that it covers and moves nothing that is being read (rule CH-07).
 */
export function ExitLine({
  contact,
  details,
}: {
  readonly contact: ContactSummary | undefined;
  /** The whole of it, once it is read: when they left, and whether somebody has checked since. */
  readonly details: Contact | null;
}) {
  const exit = details?.chat?.exit ?? null;
  const isUnchecked = details !== null && isExitUnchecked(details);
  if (contact?.channelState !== 'left-by-exit' && !isUnchecked) return null;
  return (
    <p className={styles.exit} role="note" aria-label="Safety exit">
      <span aria-hidden="true" className={styles.sign}>
        ✕
      </span>
      <span>{wordsOf(exit)}</span>
    </p>
  );
}

function wordsOf(exit: NonNullable<Contact['chat']>['exit']): string {
  if (exit === null) return EXIT_WORDS;
  const left = `Left by the safety exit ${clockWords(exit.at)}`;
  return exit.checked === null
    ? `${left}: do not message, ring or e-mail until checked.`
    : `${left}. Checked ${clockWords(exit.checked.at)} by desk ${exit.checked.by.deskNumber}: ${exit.checked.words}`;
}
