import { rights } from '../../../shared/domain/authorisation.ts';
import { channelFacts, waitsUnread } from '../../../shared/domain/channel.ts';
import { ownerOf, type Contact, type ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId, DeskId } from '../../../shared/domain/ids.ts';
import { otherNumberOf } from '../../../shared/domain/record/description.ts';
import type { Pending } from '../../../shared/domain/view.ts';
import { useCell } from '../../app/cell.ts';
import { lineStateWords, ownershipWords, stateOf } from '../../app/contact-words.ts';
import { isLinkDown } from '../../app/link-down.ts';
import { markOf } from '../../app/marks.ts';
import { handOverWords } from '../../app/hand-over-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useStanding } from '../../app/use-standing.ts';
import { dueState, placeWords } from '../../app/why-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './contact-body.module.css';
import { FormFields } from './form-fields.tsx';
import { Glance } from './glance.tsx';
import { later } from '../../app/later.ts';
import { NotHere } from './not-here.tsx';
import { ContactRecord } from './record.tsx';
import { AccountWords } from './public-words.tsx';
import { RiskLine, useRiskReading } from './risk-words.tsx';

/** Few contacts have any. */
const photos = later(async () => (await import('./photos.tsx')).Photos);

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
    return <NotHere id={id} className={styles.wait} />;
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
      <Head summary={reading.contact} pending={reading.pending} contact={reading.contact} />
      <Glance contact={reading.contact} />
      <Account contact={reading.contact} />
      <Filled contact={reading.contact} />
      {reading.contact.photos.length > 0 && <photos.Shown contact={reading.contact} />}
      <ContactRecord contact={reading.contact} keptHere={reading.keptHere} />
    </>
  );
}

function Filled({ contact }: { readonly contact: Contact }) {
  const risk = useRiskReading(contact);
  return contact.form === null ? null : <FormFields contact={contact} form={contact.form} risk={risk} />;
}

/** Who may be back (rule CH-12): never sure, and nothing of the earlier chat is in this one. */
function MaybeBack({ contact }: { readonly contact: Contact }) {
  const workplace = useWorkplace();
  const earlier = contact.chat?.earlier ?? null;
  if (earlier === null) return null;
  const { contact: id, ref, owner } = earlier;
  return (
    <p className={styles.back}>
      <strong>Possibly the same person</strong> as {ref}
      {owner === null ? '' : `, whom desk ${owner.deskNumber} (${owner.handler}) had`}. It may be another
      hand: ask for the code word.{' '}
      <button type="button" onClick={() => workplace.look(id)}>
        Look at it
      </button>
    </p>
  );
}

interface HeadProps {
  readonly summary: ContactSummary;
  readonly pending: readonly Pending[];
  /** Its details, once they are read. */
  readonly contact?: Contact;
}

function Head({ summary, pending, contact }: HeadProps) {
  const workplace = useWorkplace();
  const desk = useCell(workplace.store.desk);
  const me = desk?.me?.desk ?? null;
  const mark = markOf(summary);
  const state = stateOf({ summary, pending }, me);
  const asked = pending.length > 0;
  // What only this desk has written down is with nobody else.
  const unsent = state.look === 'kept' && summary.rev > 0 && isLinkDown(desk);
  return (
    <header className={styles.head} data-level={mark.level}>
      <p className={styles.line}>
        <span className={styles.ref}>{summary.ref}</span>
        {summary.rev === 0 && <span>until the queue has given its own</span>}
        <span>
          {channelFacts[summary.channel].word}, <LineState summary={summary} />
        </span>
        <span className={styles.mark}>
          <Shape name={mark.shape} letter={mark.letter} /> {mark.word}
        </span>
        {summary.grade !== null && <span>Grade {summary.grade}</span>}
        {contact !== undefined && <OtherNames contact={contact} />}
      </p>
      <h2>{summary.title}</h2>
      <p className={styles.place} title={summary.place ?? undefined}>
        {summary.place ?? 'Place not known'}
      </p>
      <p className={styles.caller}>{contact === undefined ? '' : callerWords(contact)}</p>
      <Why summary={summary} />
      {contact !== undefined && <MaybeBack contact={contact} />}
      <p className={styles.owner}>
        {asked && <span className={styles.asked}>{state.words}</span>} {ownershipWords(summary, me)}
        {unsent && <strong> NOT SENT: it may already be with another desk.</strong>}
      </p>
      {contact !== undefined && <HandedOver contact={contact} me={me} />}
      <Acts summary={summary} me={me} />
    </header>
  );
}

/** What became of the last try to hand the chat on, and what the new owner was told (rules CH-16, CH-17). */
function HandedOver({ contact, me }: { readonly contact: Contact; readonly me: DeskId | null }) {
  const words = handOverWords(contact, me, useNow());
  return words === null ? null : (
    <p className={styles.owner} role="status" aria-label="Handing on">
      <bdi>{words}</bdi>
    </p>
  );
}

function LineState({ summary }: Pick<HeadProps, 'summary'>) {
  return lineStateWords(summary, useNow());
}

/** Who it is, in one line: all of it stands in the context pane. */
const callerWords = (contact: Contact): string => {
  const { name, number } = contact.caller;
  const other = otherNumberOf(contact);
  const numbers = `${number ?? 'number not shown'}${other === null ? '' : `, also ${other}`}`;
  return `${name ?? 'Name not given'} · ${numbers}`;
};

/** The paper it stands on, and the reference that was said before the queue had given its own (rules P-01, P-03). */
function OtherNames({ contact: { paperLog, provisionalRef, ref } }: { readonly contact: Contact }) {
  return (
    <>
      {paperLog !== null && <span>paper log {paperLog}</span>}
      {provisionalRef !== null && provisionalRef !== ref && <span>began as {provisionalRef}</span>}
    </>
  );
}

function Why({ summary }: { readonly summary: ContactSummary }) {
  const now = useNow();
  const standing = useStanding(summary.id);
  const due = dueState(summary.due, now);
  const answered = ownerOf(summary) !== null || summary.ownership.kind === 'closed';
  return (
    <p className={styles.why}>
      {placeWords(summary, now, standing)}
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
  const session = useCell(useWorkplace().store.desk)?.session;
  const mayFree = session?.kind === 'signed-in' && rights.free[session.person.role] === 'yes';
  const mine = me !== null && ownerOf(summary)?.desk === me;
  const kind = summary.ownership.kind;
  const free = kind === 'waiting' || kind === 'verify';
  const offered: readonly (readonly [string, string, boolean])[] = [
    ['claim', 'c', free],
    ['triage', 'q', mine],
    ['caller', 'i', mine],
    ['place', 'l', mine],
    ['incident', 'd', mine && summary.marks.isr === null],
    ['call-back', 'Shift+C', mine && summary.callBackDue],
    ['grade', 'p', mine],
    ['check-exit', 'Shift+X', mine && summary.channelState === 'left-by-exit'],
    ['safe-contact', 'Shift+S', mine && summary.channel === 'web-chat'],
    ['send-reference', 'Shift+N', mine && waitsUnread.has(summary.channel)],
    ['choose-language', 'Shift+V', mine && waitsUnread.has(summary.channel)],
    ['end-chat', 'Ctrl+Shift+E', mine && isTalking(summary)],
    ['hand-over', 'Shift+H', mine && summary.channel === 'web-chat'],
    ['close', 'e', mine],
    ['release', 'r', mine],
    ['promote', 'Shift+E', summary.band === 'B' && (free || mine)],
    ['demote', 'Shift+D', summary.band === 'A' && mine],
    ['reopen', 'o', kind === 'closed'],
    ['free', 'Shift+R', mayFree && !mine && (kind === 'owned' || kind === 'link-lost')],
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

const isTalking = ({ channel, channelState }: ContactSummary): boolean =>
  channel === 'web-chat' && channelState !== 'ended' && channelState !== 'left-by-exit';

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function Account({ contact }: { readonly contact: Contact }) {
  const reading = useRiskReading(contact);
  return (
    <section className={styles.section} aria-label="Account">
      <div className={styles.accountHead}>
        <h3>In their own words</h3>
        <RiskLine contact={contact} reading={reading} />
      </div>
      {contact.account.trim() === '' ? (
        <p className={styles.nothing}>Nothing written down yet.</p>
      ) : (
        <AccountWords contact={contact} risk={reading} className={styles.account} />
      )}
    </section>
  );
}
