import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { formTitle, readForm } from '../../app/form-words.ts';
import { markOf } from '../../app/marks.ts';
import type { Reading } from '../../app/readings.ts';
import { useRow } from '../../app/use-row.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Shape } from '../../ui/shape.tsx';
import styles from './tabs.module.css';

interface TabProps {
  readonly id: ContactId;
  readonly at: number;
  readonly active: boolean;
}

/** One contact in hand: its mark, its name, and what waits in it. */
export function Tab({ id, at, active }: TabProps) {
  const workplace = useWorkplace();
  const facts = useTab(id);
  const { known, name, draft, kept } = facts;
  const mark = known === undefined ? null : markOf(known);
  const whole = [
    `Ctrl+${at + 1}`,
    ...(known === undefined ? [name] : [known.ref, known.title]),
    ...(facts.waits ? ['they wait for a line of ours'] : []),
    ...(draft ? ['a draft is kept'] : []),
    ...(kept ? ['kept here, not received yet'] : []),
  ].join(' · ');
  return (
    <div role="presentation" className={styles.tab} data-active={active} data-contact-id={id}>
      <button
        type="button"
        role="tab"
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        title={whole}
        onClick={() => workplace.show(id)}
      >
        <span className={styles.number}>{at + 1}</span>
        {mark !== null && <Shape name={mark.shape} letter={mark.letter} />}
        <span className={styles.name}>{name}</span>
        {facts.waits && !active && <span className={styles.waits}>wrote</span>}
        {kept && <span className={styles.kept}>kept here</span>}
        {draft && <span className={styles.draft}>draft</span>}
      </button>
      <button
        type="button"
        tabIndex={-1}
        className={styles.shut}
        aria-hidden="true"
        title="Close this tab (Ctrl+W)"
        onClick={() => workplace.closeTab(id)}
      >
        ×
      </button>
    </div>
  );
}

const unknownWords = (reading: Reading): string => (reading === null ? 'Not read yet' : 'Not on this desk');

/** What is known of a tab without reading the contact behind it (rule C-12): from the inbox, or from its draft. */
function useTab(id: ContactId) {
  const { readings, drafts } = useWorkplace();
  const reading = useCell(readings.of(id));
  const { draft } = useCell(drafts.of(id));
  const stored = useCell(drafts.stored).find(({ contact }) => contact === id);
  const row = useRow(id);
  const read =
    reading?.kind === 'here' ? reading.contact : reading?.kind === 'flash-only' ? reading.summary : undefined;
  // A contact that is not on screen is not read again: its row knows what came since.
  const isRowNewer = row !== undefined && (read === undefined || row.summary.rev > read.rev);
  const known = isRowNewer ? row.summary : read;
  const form = readForm(id, draft.text);
  const pending = row?.pending ?? (reading?.kind === 'here' ? reading.pending : []);
  return {
    known,
    name: form === null ? (known?.title ?? stored?.title ?? unknownWords(reading)) : formTitle(form),
    draft: draft.text !== '' || (reading === null && stored !== undefined),
    kept: pending.length > 0,
    waits: (known?.marks.turnSince ?? null) !== null && known?.ownership.kind === 'owned',
  };
}
