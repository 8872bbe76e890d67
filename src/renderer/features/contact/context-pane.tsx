import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import { useCell } from '../../app/cell.ts';
import { dueReason, gradeWords, languageWords, ownershipWords } from '../../app/contact-words.ts';
import { markOf } from '../../app/marks.ts';
import { PaneBoundary } from '../../app/pane-boundary.tsx';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { clockWords, shortLengthWords } from '../../ui/time-words.ts';
import styles from './context-pane.module.css';

/** Beside the work: a contact looked at without claiming it, or the facts about the open one. */
export function ContextPane() {
  const workplace = useWorkplace();
  const looking = useCell(workplace.looking);
  const active = useCell(workplace.active);
  const spot = useSpot('context');
  return (
    <div
      ref={spot}
      className={styles.context}
      tabIndex={-1}
      data-focus="context"
      aria-label="Context"
      role="region"
    >
      {looking !== null ? (
        <PaneBoundary name="The contact looked at" key={looking}>
          <Look id={looking} />
        </PaneBoundary>
      ) : active !== null ? (
        <PaneBoundary name="The facts about the contact" key={active}>
          <Facts id={active} />
        </PaneBoundary>
      ) : (
        <Nothing />
      )}
    </div>
  );
}

function Nothing() {
  return (
    <p className={styles.nothing}>
      <KeyHint>Space</KeyHint> on a contact shows it here without claiming it.
    </p>
  );
}

/** A look: claims nothing. Reading is logged as a consultation. */
function Look({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const row = useRow(id);
  const now = useNow();
  const known = reading?.kind === 'here' ? reading.contact : row?.summary;
  if (known === undefined)
    return <p className={styles.nothing}>This desk does not have this contact any more.</p>;
  const mark = markOf(known);
  return (
    <article className={styles.look} aria-label="Look" data-contact-id={id}>
      <p className={styles.lead}>
        <span>Look, not claimed</span>
        <button type="button" onClick={() => workplace.look(null)}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </p>
      <p className={styles.line}>
        <Shape name={mark.shape} letter={mark.letter} /> {mark.word} · {channelFacts[known.channel].word}
      </p>
      <h2>{known.title}</h2>
      <p>{known.place ?? 'Place not known'}</p>
      <p className={styles.muted}>{dueReason(known, now)}</p>
      <p className={styles.muted}>{ownershipWords(known, me)}</p>
      {reading?.kind === 'here' && (
        <>
          <dl>
            <dt>Name</dt>
            <dd>{reading.contact.caller.name ?? 'not given'}</dd>
            <dt>Number</dt>
            <dd>{reading.contact.caller.number ?? 'not shown'}</dd>
            <dt>Address</dt>
            <dd>{reading.contact.caller.address ?? 'not known'}</dd>
          </dl>
          <p className={styles.account}>{reading.contact.account}</p>
        </>
      )}
    </article>
  );
}

function Facts({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  if (reading?.kind !== 'here') return null;
  return <ContactFacts contact={reading.contact} />;
}

function ContactFacts({ contact }: { readonly contact: Contact }) {
  const { flags, language, due, claimedReceivedAt } = contact;
  return (
    <article className={styles.look} aria-label="Facts">
      <h3>Times</h3>
      <dl>
        <dt>Reached us</dt>
        <dd>{clockWords(contact.receivedAt)}</dd>
        <dt>Written down</dt>
        <dd>{clockWords(contact.enteredAt)}</dd>
        {claimedReceivedAt !== null && (
          <>
            <dt>Its source says</dt>
            <dd>{clockWords(claimedReceivedAt)}</dd>
          </>
        )}
        <dt>Target</dt>
        <dd>
          {shortLengthWords(due.targetMs)} <span className={styles.muted}>policy {due.policy}</span>
        </dd>
        <dt>Came by</dt>
        <dd>{contact.source}</dd>
      </dl>
      <h3>To know</h3>
      <ul>
        {flags.vulnerable && <li>Vulnerable person</li>}
        {flags.repeat && <li>Repeat caller</li>}
        {flags.lookFirst && <li>Look first: risk words were found in the account</li>}
        {language !== null && <li>Speaks {languageWords(language)}</li>}
        {contact.callBackDue && <li>Must be rung back</li>}
        {!flags.vulnerable &&
          !flags.repeat &&
          !flags.lookFirst &&
          language === null &&
          !contact.callBackDue && <li className={styles.muted}>Nothing marked</li>}
      </ul>
      <h3>Grades</h3>
      {contact.gradings.length === 0 && <p className={styles.muted}>Not graded yet.</p>}
      <ul>
        {contact.gradings.toReversed().map((grading, at) => (
          <li key={contact.gradings.length - at}>
            <strong>{grading.grade}</strong> {gradeWords[grading.grade]} · desk {grading.by.deskNumber},{' '}
            {clockWords(grading.at)}
          </li>
        ))}
      </ul>
      {contact.bandChanges.length > 0 && <h3>Promoted and demoted</h3>}
      <ul>
        {contact.bandChanges.map((change, at) => (
          <li key={at}>
            {change.to === 'A' ? 'Promoted' : 'Demoted'} by desk {change.by.deskNumber},{' '}
            {clockWords(change.at)}: {change.reason}
          </li>
        ))}
      </ul>
    </article>
  );
}
