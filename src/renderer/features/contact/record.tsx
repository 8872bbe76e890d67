import type { Contact } from '../../../shared/domain/contact.ts';
import type { CommandId } from '../../../shared/domain/ids.ts';
import type { LateContribution } from '../../../shared/domain/record/parts.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { attemptWords, heardWords } from '../../app/call-back-words.ts';
import { lookLines } from '../../app/look-words.ts';
import { languageWords } from '../../app/contact-words.ts';
import { safeContactWords } from '../../app/safe-contact-words.ts';
import { sendingWords } from '../../app/sending-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { useNow } from '../../app/use-now.ts';
import { whenWords } from '../../ui/time-words.ts';
import {
  CallerWords,
  CallWords,
  ClosingWords,
  CrimeWords,
  Decision,
  GradingWords,
  IncidentWords,
  PassingWords,
} from './entry-words.tsx';
import { LinkWords, PartingWords, ToldWords } from './link-entry.tsx';
import styles from './record.module.css';
import { policyWords } from './policy-words.ts';
import { recordOf, type Entry } from './record-entries.ts';
import { OurWords, PublicWords } from './public-words.tsx';
import { useRiskReading, type RiskReading } from './risk-words.tsx';

export interface RecordProps {
  readonly contact: Contact;
  readonly keptHere: readonly CommandId[];
}

/**
 * What has been said, written and decided since the contact began, in order of time, each with who and when, and whether
 * the queue has received it (rule X-07). What comes later stands below, so nothing that is being read moves.
 */
export function ContactRecord({ contact, keptHere }: RecordProps) {
  const questions = usePolicy('questions');
  const callTypes = questions.kind === 'here' ? questions.value.callTypes : [];
  const entries = recordOf(contact, new Set<string>(keptHere), callTypes);
  const reading = useRiskReading(contact);
  const now = useNow();
  return (
    <section className={styles.section} aria-label="Notes">
      <h3>{contact.channel === 'web-chat' ? 'Chat and notes' : 'Messages and notes'}</h3>
      {entries.length === 0 && <p className={styles.nothing}>Nothing since.</p>}
      <ol className={styles.entries}>
        {entries.map((entry) => {
          const policies = policyWords(entry);
          return (
            <li
              key={entry.key}
              data-kept={entry.kept}
              data-from={fromOf(entry)}
              data-pair={contact.translations.some(({ line }) => line === entry.key)}
            >
              <p className={styles.by}>
                <span>{whoWords(entry)}</span>
                <span className={styles.when}>{receivedWords(entry, now)}</span>
                {policies !== '' && <span className={styles.under}>by {policies}</span>}
              </p>
              <Words entry={entry} now={now} contact={contact} risk={reading} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function fromOf({ what }: Entry): string {
  if (what.kind === 'message') return what.message.from;
  return what.kind === 'reply' || what.kind === 'note' ? what.kind : 'desk';
}

function whoWords({ what }: Entry): string {
  if (what.kind === 'reply') return `To the public, desk ${what.by.deskNumber}, ${what.by.handler}`;
  if (what.kind === 'note') return `Internal note, desk ${what.by.deskNumber}, ${what.by.handler}`;
  if (what.kind !== 'message')
    return what.by === null ? 'The public' : `Desk ${what.by.deskNumber}, ${what.by.handler}`;
  const { from, language } = what.message;
  const who = from === 'public' ? 'The public' : 'Assistant, before a handler';
  return language === null ? who : `${who}, in ${languageWords(language)}`;
}

function receivedWords({ what, at, kept }: Entry, now: Instant): string {
  if (what.kind === 'message') return `written ${whenWords(at, now)}`;
  if (what.kind === 'reply' && !kept && what.reached !== 'received')
    return `${what.reached === 'seen' ? 'seen' : 'in their browser'}, sent ${whenWords(at, now)}`;
  return `${kept ? 'kept here' : 'received'} ${whenWords(at, now)}`;
}

/** Plain text, whatever it contains (rule W-10). */
function Words({
  entry: { what, at, kept },
  now,
  contact,
  risk,
}: {
  readonly entry: Entry;
  readonly now: Instant;
  readonly contact: Contact;
  readonly risk: RiskReading | null;
}) {
  switch (what.kind) {
    case 'message': {
      const { key: line, text, language, from } = what.message;
      const isTheirs = from === 'public';
      return (
        <PublicWords
          {...{ contact, line, text, language, className: styles.words }}
          at={isTheirs ? at : null}
          risk={isTheirs ? risk : null}
        />
      );
    }
    case 'reply': {
      const { id: line, text } = what.reply;
      return <OurWords {...{ contact, line, text, className: styles.words }} at={kept ? null : at} />;
    }
    case 'exit':
      return <Decision words="Safety exit checked" reason={what.words} />;
    case 'promise':
      return <Decision words="Call-back promised" reason={what.words} />;
    case 'hand-over':
      return <Decision words="Handing on" reason={what.words} />;
    case 'safe':
      return <Decision words="Safe contact agreed" reason={safeContactWords(what.safe)} />;
    case 'sending': {
      const { to, neutral } = what.sending;
      const words = `Reference to ${to}${neutral ? ', in neutral words' : ''}`;
      return <Decision words={words} reason={sendingWords(what.sending)} />;
    }
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
    case 'grading':
      return <GradingWords grading={what.grading} />;
    case 'asked': {
      const { grade, reason } = what.asked;
      return (
        <Decision words={`${grade ?? 'No grade'} asked for, waits for a second person`} reason={reason} />
      );
    }
    case 'look': {
      const { number, changes } = what.look;
      const changed = changes.length === 0 ? 'looked at again, nothing changed' : changes.join(' · ');
      return <Decision words={`THRIVE, version ${number}`} reason={changed} />;
    }
    case 'told':
      return <p className={styles.words}>{what.words}</p>;
    case 'major':
      return <Decision words={what.words} reason={what.said} />;
    case 'band':
      return <Decision words={what.to === 'A' ? 'Promoted' : 'Demoted'} reason={what.reason} />;
    case 'incident':
      return <IncidentWords incident={what.incident} now={now} />;
    case 'crime':
      return <CrimeWords crime={what.crime} />;
    case 'attempt':
      return <CallWords words={attemptWords(what.attempt)} said={what.attempt.words} />;
    case 'late':
      return <LateSaid late={what.late} />;
    case 'caller':
      return <CallerWords description={what.description} />;
    case 'sound':
      return <CallWords words={heardWords(what.sound)} said={what.sound.words} />;
    case 'passing':
      return <PassingWords passing={what.passing} />;
    case 'link':
      return <LinkWords link={what.link} now={now} />;
    case 'child-told':
      return <ToldWords link={what.link} facts={what.facts} now={now} />;
    case 'parting':
      return <PartingWords link={what.link} />;
    case 'closing':
      return <ClosingWords closing={what.closing} crime={what.crime} />;
    default:
      return unreachable(what);
  }
}

/** What an earlier owner said late (rule C-10). */
function LateSaid({ late: { id, said, by, at } }: { readonly late: LateContribution }) {
  const questions = usePolicy('questions');
  const callTypes = questions.kind === 'here' ? questions.value.callTypes : [];
  switch (said.kind) {
    case 'hear':
      return <CallWords words={`Late: ${heardWords(said.sound)}`} said={said.sound.words} />;
    case 'attempt':
      return <CallWords words={`Late: ${attemptWords(said.attempt)}`} said={said.attempt.words} />;
    case 'triage': {
      const changes = lookLines([{ id, entry: said.entry, by, at }], callTypes).flatMap(
        (line) => line.changes,
      );
      return <Decision words="Late: a look at the risk" reason={changes.join(' · ')} />;
    }
    case 'pass':
      return <CallWords words={`Late: passed on to ${said.passed.to}`} said={said.passed.pack} />;
    default:
      return unreachable(said);
  }
}
