import type { Contact } from '../../../shared/domain/contact.ts';
import type { CommandId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { gradeWords, languageWords, outcomeWords } from '../../app/contact-words.ts';
import { useNow } from '../../app/use-now.ts';
import { whenWords } from '../../ui/time-words.ts';
import styles from './record.module.css';
import { recordOf, type Entry } from './record-entries.ts';

export interface RecordProps {
  readonly contact: Contact;
  readonly keptHere: readonly CommandId[];
}

/**
 * What has been said, written and decided since the contact began, in order of time, each with who and when, and whether
 * the queue has received it (rule X-07). What comes later stands below, so nothing that is being read moves.
 */
export function ContactRecord({ contact, keptHere }: RecordProps) {
  const entries = recordOf(contact, new Set<string>(keptHere));
  const now = useNow();
  return (
    <section className={styles.section} aria-label="Notes">
      <h3>Messages and notes</h3>
      {entries.length === 0 && <p className={styles.nothing}>Nothing since.</p>}
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <li key={entry.key} data-kept={entry.kept} data-from={fromOf(entry)}>
            <p className={styles.by}>
              <span>{whoWords(entry)}</span>
              <span className={styles.when}>{receivedWords(entry, now)}</span>
            </p>
            <Words entry={entry} now={now} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const fromOf = ({ what }: Entry): string => (what.kind === 'message' ? what.message.from : 'desk');

function whoWords({ what }: Entry): string {
  if (what.kind !== 'message') return `Desk ${what.by.deskNumber}, ${what.by.handler}`;
  const { from, language } = what.message;
  const who = from === 'public' ? 'The public' : 'Assistant, before a handler';
  return language === null ? who : `${who}, in ${languageWords(language)}`;
}

function receivedWords({ what, at, kept }: Entry, now: Instant): string {
  if (what.kind === 'message') return `written ${whenWords(at, now)}`;
  return `${kept ? 'kept here' : 'received'} ${whenWords(at, now)}`;
}

/** Plain text, whatever it contains (rule W-10). */
function Words({ entry: { what, at }, now }: { readonly entry: Entry; readonly now: Instant }) {
  switch (what.kind) {
    case 'message':
      return (
        <p className={styles.words} lang={what.message.language ?? undefined} dir="auto">
          {what.message.text}
        </p>
      );
    case 'note': {
      const { happenedAt, late, text } = what.note;
      return (
        <>
          {happenedAt !== null && (
            <p className={styles.done}>
              done {whenWords(happenedAt, now)}, written {whenWords(at, now)}
            </p>
          )}
          <p className={styles.words}>
            {late && <strong>Late: </strong>}
            {text}
          </p>
        </>
      );
    }
    case 'grading': {
      const { grade, reason } = what.grading;
      const words = grade === null ? 'Grade taken back' : `Grade ${grade}, ${gradeWords[grade]}`;
      return <Decision words={words} reason={reason} />;
    }
    case 'band':
      return <Decision words={what.to === 'A' ? 'Promoted' : 'Demoted'} reason={what.reason} />;
    case 'closing':
      return <Decision words={`Closed, ${outcomeWords[what.outcome]}`} reason={what.reason} />;
    default:
      return unreachable(what);
  }
}

function Decision({ words, reason }: { readonly words: string; readonly reason: string }) {
  return (
    <p className={styles.words}>
      <strong>{words}:</strong> {reason}
    </p>
  );
}
