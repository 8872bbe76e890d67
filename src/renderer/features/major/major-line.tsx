import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import {
  incidentSplits,
  splitEffects,
  splitOf,
  type IncidentSplit,
} from '../../../shared/domain/triage/major-incident.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { majorFor, majorsOf, namesOf, type MajorNow } from './major-now.ts';
import styles from '../../ui/told-line.module.css';
import { splitWords } from './split-words.ts';

/** While a major incident is on, every desk says so in a line that is always there, and asks of each call whether it is about it. */
export function MajorLine() {
  const workplace = useWorkplace();
  const majors = majorsOf(useCell(workplace.store.facts));
  const active = useCell(workplace.active);
  if (majors.length === 0) return null;
  const isOwn = majors.some(({ contact }) => contact === active);
  return (
    <section className={styles.line} aria-label="Major incident">
      {active === null || isOwn ? <ThatAreOn majors={majors} /> : <AboutIt id={active} majors={majors} />}
    </section>
  );
}

/** Each by its name, which shows its contact beside the work. */
function ThatAreOn({ majors }: { readonly majors: readonly MajorNow[] }) {
  const workplace = useWorkplace();
  const named = `Major ${majors.length === 1 ? 'incident' : 'incidents'}: ${namesOf(majors)}.`;
  return (
    <>
      <p title={named}>
        <strong>{named}</strong>
      </p>
      {majors.map(({ contact, name }) => (
        <button
          key={contact}
          type="button"
          tabIndex={-1}
          title={name}
          onClick={() => workplace.look(contact)}
        >
          {majors.length === 1 ? 'Look' : <>Look: {name}</>}
        </button>
      ))}
    </>
  );
}

interface AboutItProps {
  readonly id: ContactId;
  readonly majors: readonly MajorNow[];
}

/** Asks of the open contact; once it is linked, what is said to the caller stands there instead. */
function AboutIt({ id, majors }: AboutItProps) {
  const keyboard = useKeyboard();
  const { readings, related, store } = useWorkplace();
  const facts = useCell(store.facts);
  const reading = useCell(readings.of(id));
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const about = majorFor(facts, id, contact, useCell(related.of(id)));
  const major = about.kind === 'one' ? about.major : null;
  const others = majors.filter(({ contact: each }) => each !== major?.contact);
  // What one key would sort it to stands first: the end of the line may not be seen.
  const [named, asked] =
    major === null
      ? [`Major incidents: ${namesOf(majors)}.`, 'Is this call about one?']
      : [
          `Major incident: ${major.name}.`,
          `Is this call about it?${others.length === 0 ? '' : ` Also on: ${namesOf(others)}.`}`,
        ];
  const policy = usePolicy('triage');
  const say = (each: IncidentSplit): string | null =>
    policy.kind === 'here' ? policy.value.incidentSays[each] : null;
  const split = contact === null || major === null ? null : splitAs(contact, major.contact);
  if (split !== null)
    return (
      <p title={named}>
        <strong>{named}</strong> Linked: {splitWords(split)}.
        {say(split) !== null && <> Say: “{say(split)}”</>}
      </p>
    );
  return (
    <>
      <p title={`${named} ${asked}`}>
        <strong>{named}</strong> {asked}
      </p>
      {incidentSplits.map((each, at) => (
        <button
          key={each}
          type="button"
          tabIndex={-1}
          title={say(each) ?? undefined}
          onClick={() => keyboard.runById(`split-${each}`)}
        >
          {splitEffects[each].word} <KeyHint>{`x ${at + 1}`}</KeyHint>
        </button>
      ))}
    </>
  );
}

/** How the contact was sorted; `null` when it was not. */
function splitAs({ links, grade }: Contact, major: ContactId): IncidentSplit | null {
  const link = links.findLast(
    ({ other, kind, parted }) => other.contact === major && kind === 'major-incident' && parted === null,
  );
  return link === undefined ? null : splitOf(link, grade);
}
