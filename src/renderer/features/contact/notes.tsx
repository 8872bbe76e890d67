import type { Contact, Grading, Note } from '../../../shared/domain/contact.ts';
import type { CommandId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { gradeWords } from '../../app/contact-words.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './contact-body.module.css';

type Entry =
  | {
      readonly kind: 'note';
      readonly key: string;
      readonly at: Instant;
      readonly note: Note;
      readonly kept: boolean;
    }
  | {
      readonly kind: 'grading';
      readonly key: string;
      readonly at: Instant;
      readonly grading: Grading;
      readonly kept: boolean;
    };

export interface NotesProps {
  readonly contact: Contact;
  readonly keptHere: readonly CommandId[];
}

/** Notes and gradings in order of time, each with its writer and whether the queue has received it (rule X-07). */
export function Notes({ contact, keptHere }: NotesProps) {
  const entries = entriesOf(contact, new Set<string>(keptHere));
  return (
    <section className={styles.section} aria-label="Notes">
      <h3>Notes</h3>
      {entries.length === 0 && <p className={styles.nothing}>No notes yet.</p>}
      <ol className={styles.notes}>
        {entries.map((entry) => (
          <li key={entry.key} data-kept={entry.kept}>
            <p className={styles.by}>
              <span>
                Desk {byOf(entry).deskNumber}, {byOf(entry).handler}
              </span>
              <span className={styles.received}>
                {entry.kept ? `kept here ${clockWords(entry.at)}` : `received ${clockWords(entry.at)}`}
              </span>
            </p>
            {entry.kind === 'note' ? (
              <p className={styles.account}>
                {entry.note.late && <strong>Late: </strong>}
                {entry.note.text}
              </p>
            ) : (
              <p className={styles.account}>
                <strong>
                  Grade {entry.grading.grade}, {gradeWords[entry.grading.grade]}:
                </strong>{' '}
                {entry.grading.reason}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

const byOf = (entry: Entry) => (entry.kind === 'note' ? entry.note.by : entry.grading.by);

/** Notes and gradings in order of time; what only this desk has stands last, because the queue will date it later. */
function entriesOf(contact: Contact, keptHere: ReadonlySet<string>): readonly Entry[] {
  const notes = contact.notes.map((note): Entry => ({
    kind: 'note',
    key: note.id,
    at: note.at,
    note,
    kept: keptHere.has(note.id),
  }));
  const gradings = contact.gradings.map((grading): Entry => {
    const { id, at } = grading;
    return { kind: 'grading', key: id, at, grading, kept: keptHere.has(id) };
  });
  return [...notes, ...gradings].sort((a, b) => Number(a.kept) - Number(b.kept) || a.at - b.at);
}
