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
import { majorOf, type MajorNow } from './major-now.ts';
import styles from './major-line.module.css';
import { splitWords } from './split-words.ts';

/** While a major incident is on, every desk says so in a line that is always there, and asks of each call whether it is about it. */
export function MajorLine() {
  const workplace = useWorkplace();
  const facts = useCell(workplace.store.facts);
  const active = useCell(workplace.active);
  const major = majorOf(facts);
  if (major === null) return null;
  const others = facts.majors.length > 1 ? ` ${facts.majors.length - 1} more.` : '';
  const named = `Major incident: ${major.name}.${others}`;
  return (
    <section className={styles.line} aria-label="Major incident">
      {active === null || active === major.contact ? (
        <>
          <p title={named}>
            <strong>{named}</strong>
          </p>
          <button type="button" tabIndex={-1} onClick={() => workplace.look(major.contact)}>
            Look
          </button>
        </>
      ) : (
        <AboutIt id={active} major={major} named={named} />
      )}
    </section>
  );
}

interface AboutItProps {
  readonly id: ContactId;
  readonly major: MajorNow;
  readonly named: string;
}

/** Asks of the open contact; once it is linked, what is said to the caller stands there instead. */
function AboutIt({ id, major, named }: AboutItProps) {
  const keyboard = useKeyboard();
  const reading = useCell(useWorkplace().readings.of(id));
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const policy = usePolicy('triage');
  const say = (each: IncidentSplit): string | null =>
    policy.kind === 'here' ? policy.value.incidentSays[each] : null;
  const split = contact === null ? null : splitAs(contact, major.contact);
  if (split !== null)
    return (
      <p title={named}>
        <strong>{named}</strong> Linked: {splitWords(split)}.
        {say(split) !== null && <> Say: “{say(split)}”</>}
      </p>
    );
  return (
    <>
      <p title={named}>
        <strong>{named}</strong> Is this call about it?
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
