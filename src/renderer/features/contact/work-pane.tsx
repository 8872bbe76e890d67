import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { markOf } from '../../app/marks.ts';
import { PaneBoundary } from '../../app/pane-boundary.tsx';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { ContactBody } from './contact-body.tsx';
import { Composer } from './composer.tsx';
import { ReasonStrip } from './reason-strip.tsx';
import styles from './work-pane.module.css';

/** The contacts in hand: a tab for each, the open one below, the note at the bottom. */
export function WorkPane() {
  const workplace = useWorkplace();
  const active = useCell(workplace.active);
  const spot = useSpot('work');
  return (
    <section className={styles.pane} data-pane aria-label="Work" role="region">
      <Tabs />
      {active === null ? (
        <div className={styles.none} ref={spot} tabIndex={-1} data-focus="work">
          <p>No contact is open.</p>
          <p>
            <KeyHint>Enter</KeyHint> on a contact opens it and claims it if it is free. <KeyHint>F2</KeyHint>{' '}
            takes the oldest emergency.
          </p>
        </div>
      ) : (
        <>
          <div
            className={styles.body}
            ref={spot}
            tabIndex={-1}
            data-focus="work"
            aria-label="Contact"
            role="group"
          >
            <PaneBoundary name="The contact" key={active}>
              <ContactBody id={active} />
            </PaneBoundary>
          </div>
          <ReasonStrip key={`strip-${active}`} />
          <Composer key={`note-${active}`} id={active} />
        </>
      )}
    </section>
  );
}

function Tabs() {
  const workplace = useWorkplace();
  const tabs = useCell(workplace.tabs);
  const active = useCell(workplace.active);
  return (
    <div className={styles.tabs} role="tablist" aria-label="Contacts in hand">
      {tabs.map((id, at) => (
        <Tab key={id} id={id} at={at} active={id === active} />
      ))}
    </div>
  );
}

interface TabProps {
  readonly id: ContactId;
  readonly at: number;
  readonly active: boolean;
}

function Tab({ id, at, active }: TabProps) {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  const { draft } = useCell(workplace.drafts.of(id));
  const row = useRow(id);
  const known =
    reading?.kind === 'here'
      ? reading.contact
      : reading?.kind === 'flash-only'
        ? reading.summary
        : row?.summary;
  const mark = known === undefined ? null : markOf(known);
  return (
    <div role="presentation" className={styles.tab} data-active={active} data-contact-id={id}>
      <button
        type="button"
        role="tab"
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        onClick={() => workplace.show(id)}
      >
        <span className={styles.number}>{at + 1}</span>
        {mark !== null && <Shape name={mark.shape} letter={mark.letter} />}
        <span className={styles.name}>{known?.title ?? 'Contact'}</span>
        {draft.text !== '' && <span className={styles.draft}>draft</span>}
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={styles.shut}
        aria-hidden="true"
        title="Close this tab"
        onClick={() => workplace.closeTab(id)}
      >
        ×
      </button>
    </div>
  );
}
