import { useEffect, useRef } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import { categoryOf } from '../../../shared/domain/record/categories.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { crimeWords } from '../../app/contact-words.ts';
import { usePolicy } from '../../app/policies.ts';
import {
  clockOf,
  crimeClockWords,
  crimeRefWords,
  incidentRefWords,
  passedWords,
  wasWords,
} from '../../app/record-words.ts';
import { targetOf } from '../../app/target-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { whenWords } from '../../ui/time-words.ts';
import panes from './context-pane.module.css';
import styles from './record-facts.module.css';

/** The numbers it is called by, and how the 24 hours for a crime stand (rules C-26 to C-28, R-08). Its lines stand from the start. */
export function RecordFacts({ contact }: { readonly contact: Contact }) {
  const now = useNow();
  const view = usePolicy('categories');
  const { incident, crime, passedOn } = contact;
  useSaidNumber(contact.id, incident?.ref ?? null, () =>
    incident === null ? '' : `Incident number: ${incidentRefWords(incident, now)}.`,
  );
  useSaidNumber(contact.id, crime?.ref ?? null, () => `Crime number: ${crime?.ref ?? ''}.`);
  const opening = view.kind === 'here' ? categoryOf(view.value, incident?.category ?? null) : null;
  const category = incident === null ? null : [incident.category, opening?.name].join(' ').trim();
  return (
    <section aria-label="Record" className={panes.section}>
      <h3>Record</h3>
      <dl>
        <dt>Incident</dt>
        <dd>
          {incident === null ? (
            <span className={styles.muted}>none open</span>
          ) : (
            <>
              <span className={styles.ref} title={wasWords(incident)}>
                {incidentRefWords(incident, now)}
              </span>
              {incident.ref === null && UNTIL_NUMBERED}
            </>
          )}
        </dd>
        <dt>Opened as</dt>
        <dd title={category ?? undefined}>
          {category ?? <span className={styles.muted}>no category yet</span>}
        </dd>
        <dt>Target</dt>
        <dd>
          <TargetLine contact={contact} now={now} />
          {contact.asked !== null && (
            <>
              . <strong>{contact.asked.grade ?? 'No grade'} asked for</strong>: a mentor or team leader must
              agree
            </>
          )}
        </dd>
        <dt>Crime</dt>
        <dd>
          {crime === null || crime.decision.kind === 'not-yet' ? (
            <span className={styles.muted}>{crimeWords['not-yet']}</span>
          ) : (
            <>
              {crimeWords[crime.decision.kind]}
              {crimeRefWords(crime) !== '' && (
                <>
                  ,{' '}
                  <span className={styles.ref} title={wasWords(crime)}>
                    {crimeRefWords(crime)}
                  </span>
                </>
              )}
              {crime.ref === null && crime.decision.kind === 'recorded' && UNTIL_NUMBERED}
            </>
          )}
        </dd>
      </dl>
      <CrimeClock contact={contact} expects={opening?.crime ?? null} now={now} />
      {passedOn.map((passing) => (
        <p key={passing.id} className={styles.passed}>
          {passedWords(passing)}, {whenWords(passing.at, now)}
        </p>
      ))}
    </section>
  );
}

/** Until when somebody is to be there, and that the risk is to be looked at again when that is near (rule T-17). */
function TargetLine({ contact, now }: { readonly contact: Contact; readonly now: Instant }) {
  const view = usePolicy('triage');
  const target = view.kind === 'here' ? targetOf(view.value, contact, now) : null;
  if (target === null) return <span className={styles.muted}>not graded yet</span>;
  if (contact.closing !== null) return <span className={styles.muted}>closed</span>;
  return (
    <span title={target.words}>
      {contact.grade} by {target.left}
      {target.isDue && (
        <>
          {' '}
          <Badge look="strong" title="The target is near or past: look at the risk again">
            Look again
          </Badge>
        </>
      )}
    </span>
  );
}

function CrimeClock({
  contact,
  expects,
  now,
}: {
  readonly contact: Contact;
  readonly expects: Parameters<typeof clockOf>[1];
  readonly now: Instant;
}) {
  const clock = clockOf(contact, expects, now);
  const isOver = contact.closing !== null && clock.kind !== 'decided';
  const state = clock.kind === 'near' || clock.kind === 'late' ? clock.kind : 'quiet';
  const [due, left] = crimeClockWords(clock, now).split(/(?<=,) /);
  return (
    <p className={styles.clock} data-state={isOver ? 'quiet' : state}>
      {isOver ? 'Closed without a crime decision' : due}
      {!isOver && left !== undefined && (
        <>
          {' '}
          <span className={styles.together}>{left}</span>
        </>
      )}
    </p>
  );
}

const UNTIL_NUMBERED = <span className={styles.muted}> until the queue has given its number</span>;

/** A number of the queue's is said once, when it comes while the contact is on screen. */
function useSaidNumber(id: ContactId, ref: string | null, words: () => string): void {
  const workplace = useWorkplace();
  const before = useRef(ref);
  useEffect(() => {
    if (before.current === ref) return;
    before.current = ref;
    if (ref === null) return;
    workplace.say(words(), 'plain');
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the number is said when it comes, whatever the time is
  }, [workplace, id, ref]);
}
