import { FlexRender } from '@tanstack/react-table';
import type { ListEntry } from '../../app/list-lanes.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { InboxTable } from './columns.tsx';
import { InboxRow } from './inbox-row.tsx';
import styles from './inbox.module.css';

export interface InboxRowsProps {
  readonly table: InboxTable;
  readonly entries: readonly ListEntry[];
  /** The place of the first one in the whole list, as a screen reader is told it. */
  readonly told: number;
  readonly selected: ContactId | null;
}

/** Rows that stand one below the other: one that comes elsewhere is not their business. */
export function InboxRows({ table, entries, told, selected }: InboxRowsProps) {
  return entries.map((entry, at) => {
    const { id } = entry.row.summary;
    return <InboxRow key={id} table={table} entry={entry} index={told + at} selected={id === selected} />;
  });
}

export function ColumnHeads({ table }: { readonly table: InboxTable }) {
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.head}>
        {table.getHeaderGroups()[0]?.headers.map((header) => (
          <div key={header.id} role="columnheader" data-column={header.column.id} className={styles.cell}>
            <FlexRender header={header} />
          </div>
        ))}
      </div>
    </div>
  );
}
