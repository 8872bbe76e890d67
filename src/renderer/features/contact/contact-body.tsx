import { channelFacts } from '../../../shared/domain/channel.ts';
import { ownerOf, type Contact, type ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId, DeskId } from '../../../shared/domain/ids.ts';
import type { Pending } from '../../../shared/domain/view.ts';
import { useCell } from '../../app/cell.ts';
import { dueReason, dueState, ownershipWords, stateOf } from '../../app/contact-words.ts';
import { markOf } from '../../app/marks.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './contact-body.module.css';
import { Notes } from './notes.tsx';

/** An open contact: what it is, whose it is, what the public said, what we have written. */
export function ContactBody({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  const known = useRow(id);
  if (reading === null) {
    return known === undefined ? (
      <p className={styles.wait}>Reading the contact…</p>
    ) : (
      <Head summary={known.summary} pending={known.pending} />
    );
  }
  if (reading.kind === 'unknown') {
    return (
      <p className={styles.wait}>
        This desk does not have this contact any more. Find it by its reference, or close the tab.
      </p>
    );
  }
  if (reading.kind === 'flash-only') {
    return (
      <>
        <Head summary={reading.summary} pending={known?.pending ?? []} />
        <p className={styles.wait}>Its details are on their way. You can claim it and write already.</p>
      </>
    );
  }
  return (
    <>
      <Head summary={reading.contact} pending={reading.pending} />
      <Caller contact={reading.contact} />
      <Account contact={reading.contact} />
      <Notes contact={reading.contact} keptHere={reading.keptHere} />
      <Closing contact={reading.contact} />
    </>
  );
}

function Head({
  summary,
  pending,
}: {
  readonly summary: ContactSummary;
  readonly pending: readonly Pending[];
}) {
  const workplace = useWorkplace();
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const mark = markOf(summary);
  const state = stateOf({ summary, pending }, me);
  const asked = pending.length > 0;
  return (
    <header className={styles.head} data-level={mark.level}>
      <p className={styles.line}>
        <span className={styles.ref}>{summary.ref}</span>
        <span>{channelFacts[summary.channel].word}</span>
        <span className={styles.mark}>
          <Shape name={mark.shape} letter={mark.letter} /> {mark.word}
        </span>
        {summary.grade !== null && <span>Grade {summary.grade}</span>}
      </p>
      <h2>{summary.title}</h2>
      <p className={styles.place}>{summary.place ?? 'Place not known'}</p>
      <Why summary={summary} />
      <p className={styles.owner}>
        {asked && <span className={styles.asked}>{state.words}</span>} {ownershipWords(summary, me)}
      </p>
      <Acts summary={summary} me={me} />
    </header>
  );
}

function Why({ summary }: { readonly summary: ContactSummary }) {
  const now = useNow();
  const due = dueState(summary.due, now);
  const answered = ownerOf(summary) !== null || summary.ownership.kind === 'closed';
  return (
    <p className={styles.why}>
      {dueReason(summary, now)}
      {!answered && (
        <>
          {' · '}
          <span data-due={due.kind}>{due.words}</span>
        </>
      )}
    </p>
  );
}

/** The acts as buttons, for the mouse; the keys are the same commands. */
function Acts({ summary, me }: { readonly summary: ContactSummary; readonly me: DeskId | null }) {
  const keyboard = useKeyboard();
  const mine = me !== null && ownerOf(summary)?.desk === me;
  const kind = summary.ownership.kind;
  const free = kind === 'waiting' || kind === 'verify';
  const offered: readonly (readonly [string, string, boolean])[] = [
    ['claim', 'c', free],
    ['grade', 'p', mine],
    ['close', 'e', mine],
    ['release', 'r', mine],
    ['promote', 'Shift+E', summary.band === 'B' && (free || mine)],
    ['demote', 'Shift+D', summary.band === 'A' && mine],
    ['reopen', 'o', kind === 'closed'],
  ];
  return (
    <div className={styles.acts} role="group" aria-label="Acts">
      {offered
        .filter(([, , makesSense]) => makesSense)
        .map(([id, key]) => {
          const command = keyboard.commands.find((each) => each.id === id);
          return (
            command !== undefined && (
              <button key={id} type="button" onClick={() => keyboard.run(command)}>
                {capital(command.short)} <KeyHint>{key}</KeyHint>
              </button>
            )
          );
        })}
    </div>
  );
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function Caller({ contact }: { readonly contact: Contact }) {
  const { name, number, address } = contact.caller;
  return (
    <section className={styles.section} aria-label="Caller">
      <h3>Caller</h3>
      <dl className={styles.caller}>
        <dt>Name</dt>
        <dd>{name ?? 'not given'}</dd>
        <dt>Number</dt>
        <dd className={styles.digits}>{number ?? 'not shown'}</dd>
        <dt>Address</dt>
        <dd>{address ?? 'not known'}</dd>
      </dl>
    </section>
  );
}

function Account({ contact }: { readonly contact: Contact }) {
  return (
    <section className={styles.section} aria-label="Account">
      <h3>In their own words</h3>
      {contact.account.trim() === '' ? (
        <p className={styles.nothing}>Nothing written down yet.</p>
      ) : (
        <p className={styles.account}>{contact.account}</p>
      )}
    </section>
  );
}

function Closing({ contact }: { readonly contact: Contact }) {
  if (contact.closing === null) return null;
  return (
    <section className={styles.section} aria-label="Closing">
      <h3>Closed, {contact.closing.outcome}</h3>
      <p className={styles.account}>{contact.closing.reason}</p>
    </section>
  );
}
