import type { Closing, Grading } from '../../../shared/domain/contact.ts';
import { categoryOf } from '../../../shared/domain/record/categories.ts';
import type { CallerTold } from '../../../shared/domain/record/closing-record.ts';
import type { CrimeDecision } from '../../../shared/domain/record/crime-decision.ts';
import type { Description } from '../../../shared/domain/record/description.ts';
import type { CrimeStanding, Incident, PassedOn } from '../../../shared/domain/record/parts.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { partNames, rationaleParts, type Rationale } from '../../../shared/domain/triage/rationale.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { crimeWords, gradeWords, languageWords, outcomeWords } from '../../app/contact-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { crimeRefWords, incidentRefWords, passedWords, wasWords } from '../../app/record-words.ts';
import { withoutRules } from '../../app/rule-words.ts';
import styles from './record.module.css';

interface DecisionProps {
  readonly words: string;
  readonly reason: string;
  /** The reason as it is on the record, where less of it is read: under the pointer. */
  readonly whole?: string;
}

/** What was decided, and why, in a line. */
export function Decision({ words, reason, whole }: DecisionProps) {
  return (
    <p className={styles.words} title={whole}>
      <strong>{words}:</strong> {reason}
    </p>
  );
}

/** A grade with its reason; why it may be lower, on demand (rule C-29). */
export function GradingWords({ grading: { grade, reason, rationale } }: { readonly grading: Grading }) {
  const words = grade === null ? 'Grade taken back' : `Grade ${grade}, ${gradeWords[grade]}`;
  return (
    <>
      <Decision words={words} reason={withoutRules(reason)} whole={reason} />
      {rationale !== null && <Why rationale={rationale} />}
    </>
  );
}

function Why({ rationale }: { readonly rationale: Rationale }) {
  const written = rationaleParts.filter((part) => rationale[part].trim() !== '');
  return (
    <details className={styles.why}>
      <summary>Rationale</summary>
      <dl>
        {written.map((part) => (
          <div key={part}>
            <dt>{partNames[part]}</dt>
            <dd>{rationale[part].trim()}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export function IncidentWords({ incident, now }: { readonly incident: Incident; readonly now: Instant }) {
  const category = useCategoryWords(incident.category);
  const said = [incidentRefWords(incident, now), wasWords(incident), category];
  return <Decision words="Incident opened" reason={said.filter((part) => part !== '').join(', ')} />;
}

/** "41/895/26, was PROV-7K4MRA"; empty where no crime is recorded. */
export const crimeNumberWords = (crime: CrimeStanding): string =>
  [crimeRefWords(crime), wasWords(crime)].filter((part) => part !== '').join(', ');

export function CrimeWords({ crime }: { readonly crime: CrimeStanding }) {
  const { decision } = crime;
  const reason = useDecisionWords(decision);
  const called = crimeNumberWords(crime);
  const number = called === '' ? '' : ` as ${called}`;
  const why = decision.kind === 'not-a-crime' ? decision.rationale : undefined;
  return (
    <>
      <Decision words={`Crime: ${crimeWords[decision.kind]}${number}`} reason={reason} />
      {why !== undefined && <Why rationale={why} />}
    </>
  );
}

/** Who it is and what it is about, as a handler wrote it down: the whole version, so that what changed can be read (rule R-24). */
export function CallerWords({ description: { said } }: { readonly description: Description }) {
  const { title, caller, language } = said;
  const parts = [title, caller.name, caller.number, caller.address, language && languageWords(language)];
  return <Decision words="Caller" reason={parts.filter((part) => part !== null).join(' · ')} />;
}

/** What was tried to reach somebody, and what came over the line, each with the handler's words if there are any. */
export function CallWords({ words, said }: { readonly words: string; readonly said: string }) {
  return said === '' ? (
    <p className={styles.words}>
      <strong>{words}</strong>
    </p>
  ) : (
    <Decision words={words} reason={said} />
  );
}

export function PassingWords({ passing }: { readonly passing: PassedOn }) {
  return (
    <>
      <p className={styles.words}>
        <strong>{passedWords(passing)}</strong>
      </p>
      <details className={styles.why}>
        <summary>What they were told</summary>
        <p className={styles.words}>{passing.pack}</p>
      </details>
    </>
  );
}

/** How it ended, and below it what the record says: category, crime, caller. */
export function ClosingWords({
  closing: { outcome, reason, record },
  crime: recorded,
}: {
  readonly closing: Closing;
  /** What the closing itself has recorded. */
  readonly crime: CrimeStanding | null;
}) {
  const category = useCategoryWords(record?.category ?? null);
  const why = record?.crime.kind === 'not-a-crime' ? record.crime.rationale : undefined;
  const crime = useDecisionWords(record?.crime ?? { kind: 'not-yet' });
  const said = [
    category === '' ? null : category,
    crime === '' || record === null ? null : `crime ${crimeWords[record.crime.kind]}: ${crime}`,
    recorded === null || crimeNumberWords(recorded) === '' ? null : crimeNumberWords(recorded),
    record === null || record.callerTold === null ? null : toldWords(record.callerTold),
  ].filter((part) => part !== null);
  return (
    <>
      <Decision words={`Closed, ${outcomeWords[outcome]}`} reason={reason} />
      {said.length > 0 && <p className={styles.words}>{said.join(' · ')}</p>}
      {why !== undefined && <Why rationale={why} />}
    </>
  );
}

function toldWords({ kind, words }: CallerTold): string {
  const said = words.trim() === '' ? '' : `: ${words.trim()}`;
  switch (kind) {
    case 'yes':
      return `caller told${said}`;
    case 'could-not':
      return `caller could not be told${said}`;
    case 'not-needed':
      return `caller need not be told${said}`;
    default:
      return unreachable(kind);
  }
}

/** What the decision rests on; empty while there is none. */
function useDecisionWords(decision: CrimeDecision): string {
  const view = usePolicy('categories');
  switch (decision.kind) {
    case 'recorded':
      return decision.offence;
    case 'not-a-crime': {
      const reasons = view.kind === 'here' ? view.value.notACrime : [];
      const name = reasons.find(({ code }) => code === decision.because)?.name ?? decision.because;
      return `${name}. ${decision.words}`;
    }
    case 'elsewhere':
      return [decision.force, decision.theirRef].filter((part) => part !== null).join(', ');
    case 'not-yet':
      return '';
    default:
      return unreachable(decision);
  }
}

/** "PS-DOM Domestic incident"; the code alone when the policy does not know it (any more). */
function useCategoryWords(code: string | null): string {
  const view = usePolicy('categories');
  const name = view.kind === 'here' ? categoryOf(view.value, code)?.name : undefined;
  return [code, name].filter((part) => part !== null && part !== undefined).join(' ');
}
