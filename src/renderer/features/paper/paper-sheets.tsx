import { channelFacts } from '../../../shared/domain/channel.ts';
import { ownerOf, type Contact, type ContactSummary } from '../../../shared/domain/contact.ts';
import type { HandlerId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { deskWords } from '../../app/refusals.ts';
import { clockWords, dateWords, lengthWords } from '../../ui/time-words.ts';
import { BlankLog } from './blank-log.tsx';
import type { PaperContact, PaperPrint, PaperSection } from './paper-data.ts';
import styles from './paper-sheets.module.css';

/** So much of an account as fits beside a contact; the whole stays on the desk. Characters. */
const EXCERPT = 420;
/** The newest notes of the handler's own. */
const NOTES = 4;

const realmWords: Readonly<Record<PaperPrint['realm'], string>> = {
  live: '',
  demo: 'DEMO – not real calls. ',
  training: 'TRAINING – no real calls. ',
};

/** The whole print-out. A table, because only the head of a table is repeated on every sheet (rule P-06). */
export function PaperSheets({ print }: { readonly print: PaperPrint }) {
  return (
    <table className={styles.sheets}>
      <thead>
        <tr>
          <td>
            <p className={styles.whose}>
              <strong>Hertfordshire Constabulary, force control room</strong>
              <span>
                Desk {print.desk}
                {print.handler !== null && `, handler ${print.handler}`}
              </span>
              <span>
                made {dateWords(print.madeAt)} {clockWords(print.madeAt)}
              </span>
            </p>
            <p className={styles.rule}>
              {realmWords[print.realm]}Personal data: keep it in the control room, and destroy it when it is
              typed in.
            </p>
          </td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <Lists print={print} />
            {print.blank.map((number, at) => (
              <BlankLog key={number === '' ? at : number} number={number} />
            ))}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Lists({ print }: { readonly print: PaperPrint }) {
  return (
    <>
      <h1>What was open</h1>
      <p className={styles.age}>{ageWords(print)}</p>
      {print.sections.map((section) => (
        <Section key={section.name} section={section} print={print} />
      ))}
    </>
  );
}

/** How far the paper can be trusted: it was old when it was made, by so much. */
function ageWords({ madeAt, confirmedAt }: PaperPrint): string {
  if (confirmedAt === null)
    return 'The queue has not been heard since this desk was started: nobody knows how old this copy is.';
  const age = madeAt - confirmedAt;
  return age < 15_000
    ? `As the queue had it at ${clockWords(madeAt)}.`
    : `As the queue had it at ${clockWords(confirmedAt)}: ${lengthWords(age)} before this was made.`;
}

function Section({ section, print }: { readonly section: PaperSection; readonly print: PaperPrint }) {
  const { name, contacts, rest, more, lines } = section;
  return (
    <section>
      <h2 className={styles.group}>
        {name}: {contacts.length + rest.length + more}
        {more > 0 && <small> ({contacts.length + rest.length} of them here)</small>}
      </h2>
      {contacts.length === 0 && <p>None.</p>}
      {contacts.map((contact) => (
        <Entry key={contact.summary.id} contact={contact} lines={lines} print={print} />
      ))}
      {rest.map((summary) => (
        <Line key={summary.id} summary={summary} madeAt={print.madeAt} />
      ))}
    </section>
  );
}

/** One that waits, in a line. */
function Line({ summary, madeAt }: { readonly summary: ContactSummary; readonly madeAt: Instant }) {
  const { ref, channel, receivedAt, grade, title, place } = summary;
  return (
    <p className={styles.facts}>
      <strong>{ref}</strong> {channelFacts[channel].word} · {timeWords(receivedAt, madeAt)} ·{' '}
      {grade ?? 'not graded'} · {title} – {place ?? 'place not known'}
    </p>
  );
}

interface EntryProps {
  readonly contact: PaperContact;
  readonly lines: number;
  readonly print: PaperPrint;
}

function Entry({ contact: { summary, details }, lines, print: { madeAt, handler } }: EntryProps) {
  const owner = ownerOf(summary);
  const facts = [
    channelFacts[summary.channel].word,
    `received ${timeWords(summary.receivedAt, madeAt)}`,
    `due ${timeWords(summary.due.at, madeAt)}`,
    summary.grade === null ? 'not graded' : `grade ${summary.grade}`,
    owner === null ? null : deskWords(owner),
    summary.flags.vulnerable ? 'VULNERABLE' : null,
    summary.flags.repeat ? 'repeat caller' : null,
    summary.callBackDue ? 'RING BACK' : null,
  ].filter((fact) => fact !== null);
  return (
    <article className={styles.entry}>
      <p className={styles.facts}>
        <strong>
          {summary.band === 'A' ? '■ ' : ''}
          {summary.ref}
        </strong>{' '}
        {facts.join(' · ')}
      </p>
      <p className={styles.title}>
        <strong>{summary.title}</strong> – {summary.place ?? 'place not known'}
      </p>
      {details === null ? (
        <p>Details are not on this desk.</p>
      ) : (
        <Details contact={details} handler={handler} madeAt={madeAt} />
      )}
      <Ruled lines={lines} />
    </article>
  );
}

interface DetailsProps {
  readonly contact: Contact;
  readonly handler: HandlerId | null;
  readonly madeAt: Instant;
}

function Details({ contact, handler, madeAt }: DetailsProps) {
  const { name, number, address } = contact.caller;
  const caller = [name, number, address].filter((part) => part !== null);
  const own = contact.notes.filter(({ by }) => by.handler === handler).slice(-NOTES);
  return (
    <>
      {caller.length > 0 && <p>Caller: {caller.join(', ')}</p>}
      {contact.account.trim() !== '' && <p className={styles.account}>“{excerpt(contact.account)}”</p>}
      {own.map((note) => (
        <p key={note.id}>
          {timeWords(note.happenedAt ?? note.at, madeAt)}, my note: {excerpt(note.text)}
        </p>
      ))}
    </>
  );
}

/** The day is said when it is not the day at the head of the sheet: "today" would be wrong tomorrow. */
const timeWords = (at: Instant, madeAt: Instant): string =>
  dateWords(at) === dateWords(madeAt) ? clockWords(at) : `${dateWords(at)} ${clockWords(at)}`;

const excerpt = (text: string): string => (text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT)} […]`);

/** Lines for a pen. */
function Ruled({ lines }: { readonly lines: number }) {
  return (
    <div className={styles.ruled} aria-hidden="true">
      {Array.from({ length: lines }, (_, at) => (
        <div key={at} />
      ))}
    </div>
  );
}
