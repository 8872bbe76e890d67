import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { PaneBoundary } from '../../app/pane-boundary.tsx';
import { useRiskMatcher } from '../../app/risk-matcher.ts';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { CallFacts } from './call-facts.tsx';
import { CallerFacts } from './caller-facts.tsx';
import { ContactFacts } from './contact-facts.tsx';
import styles from './context-pane.module.css';
import { Earlier } from './earlier.tsx';
import { ExitLine } from './exit-line.tsx';
import { Look } from './look.tsx';
import { Places } from './places.tsx';
import { RecordFacts } from './record-facts.tsx';
import { AgreedPlan } from './plan.tsx';
import { Related } from './related.tsx';
import { Risk } from './risk.tsx';

/** Beside the work: a contact looked at without claiming it, or what is known of the open one. */
export function ContextPane() {
  const workplace = useWorkplace();
  const looking = useCell(workplace.looking);
  const active = useCell(workplace.active);
  const spot = useSpot('context');
  // Made ready after the first painting, so that the first contact that is opened has its words marked at once.
  useRiskMatcher();
  const shown = looking ?? active;
  return (
    <>
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
          <p className={styles.nothing}>
            <KeyHint>Space</KeyHint> on a contact shows it here without claiming it.
          </p>
        )}
      </div>
      {shown !== null && <Exit id={shown} />}
    </>
  );
}

function Exit({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const row = useRow(id);
  const details = reading?.kind === 'here' ? reading.contact : null;
  return <ExitLine contact={row?.summary ?? details ?? undefined} details={details} />;
}

/** In the order in which a handler asks: who, what to beware of, what it is called, where, what belongs to it, the line, what was before; then the sums and the times. */
function Facts({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  if (reading?.kind !== 'here') return null;
  const { contact } = reading;
  return (
    <article className={styles.look} aria-label="Facts">
      <CallerFacts contact={contact} />
      <Risk contact={contact} />
      <RecordFacts contact={contact} />
      <AgreedPlan contact={contact} />
      <Places contact={contact} />
      <Related contact={contact} />
      <CallFacts contact={contact} />
      <Earlier contact={contact} />
      <ContactFacts contact={contact} />
    </article>
  );
}
