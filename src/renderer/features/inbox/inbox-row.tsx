import { constructRow, type Cell as TableCell } from '@tanstack/react-table';
import { memo, useSyncExternalStore } from 'react';
import { useCell } from '../../app/cell.ts';
import type { ListEntry } from '../../app/list-lanes.ts';
import { rowLabel } from '../../app/contact-words.ts';
import { useMarkerWords } from '../../app/marker-mark.tsx';
import { sameNumberLines } from '../../app/same-number-words.ts';
import { TARGET_NEAR, useTargetNear } from '../../app/target-near.ts';
import { isOpenEmergency } from '../../../shared/domain/contact.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { gridFeatures, GridRow, InboxTable } from './columns.tsx';
import styles from './inbox.module.css';
import { marksLabel } from './marks-cell.tsx';

export interface InboxRowProps {
  readonly table: InboxTable;
  readonly entry: ListEntry;
  /** The place in the whole list, from 0, as a screen reader is told it. */
  readonly index: number;
  readonly selected: boolean;
}

/** The id of a row's element, for `aria-activedescendant`. */
export const rowElementId = (id: string): string => `contact-${id}`;

/**
 * One contact, in two lines or in one as the handler has it; the cells come from the table. A row stands below the one before it, so that one that comes or
 * goes above moves all of them as one box, and only those that say something else are painted anew.
 */
export const InboxRow = memo(Line);

function Line({ table, entry, index, selected }: InboxRowProps) {
  const workplace = useWorkplace();
  const { summary } = entry.row;
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const now = workplace.clock.tick.read();
  const markers = useMarkerWords(summary.marks);
  const onRecord = markers === '' ? '' : `. ${markers}`;
  const ofNumber = sameNumberLines(entry.row)
    .map((line) => `. ${line}`)
    .join('');
  const { active } = workplace;
  const isOpen = useSyncExternalStore(active.subscribe, () => active.read() === summary.id);
  const target = useTargetNear(summary) ? `. ${TARGET_NEAR}` : '';
  return (
    <div
      id={rowElementId(summary.id)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={
        rowLabel(entry.row, me, now) + ofNumber + marksLabel(summary.marks, now) + onRecord + target
      }
      data-contact-id={summary.id}
      data-open-emergency={isOpenEmergency(summary) || undefined}
      data-open={isOpen || undefined}
      data-leaving={entry.leaving ?? undefined}
      className={styles.row}
      onPointerDown={() => {
        workplace.list.pointer('down');
        workplace.list.select(summary.id);
      }}
      onPointerUp={() => workplace.list.pointer('up')}
      onDoubleClick={() => {
        workplace.open(summary.id);
        workplace.acts.claimIfFree(summary.id);
      }}
    >
      <Cells table={table} entry={entry} />
    </div>
  );
}

/** A row that only moves keeps its cells as they are: they show the entry, and each asks for the time by itself. */
const Cells = memo(({ table, entry }: Pick<InboxRowProps, 'table' | 'entry'>) =>
  constructRow(table, entry.row.summary.id, { entry }, 0, 0)
    .getAllCells()
    .map((cell) => <Cell key={cell.id} cell={cell} />),
);

function Cell({ cell }: { readonly cell: TableCell<typeof gridFeatures, GridRow> }) {
  const render = cell.column.columnDef.cell;
  return typeof render === 'function' ? render(cell.getContext()) : null;
}
