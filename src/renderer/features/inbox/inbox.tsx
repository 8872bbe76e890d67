import { useTable } from '@tanstack/react-table';
import { useLayoutEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useCell } from '../../app/cell.ts';
import type { ListSnapshot } from '../../app/inbox-list.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { columns, gridFeatures, type GridRow } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { InboxHead } from './inbox-head.tsx';
import { InboxRow, rowElementId } from './inbox-row.tsx';
import styles from './inbox.module.css';
import { RowFoot } from './row-foot.tsx';

/** The column heads stay in sight above the rows. Pixels, as in the style sheet. */
const HEAD_HEIGHT = 28;
/** One line, or two: what and where below each other. Pixels, as in the style sheet. */
const rowHeights = { compact: 28, comfortable: 42 } as const;

/** The inbox: one list, emergencies pinned on top, worked with the keys. */
export function Inbox() {
  const workplace = useWorkplace();
  const { list, law } = workplace;
  const snapshot = useSyncExternalStore(list.subscribe, list.read);
  const { density } = useCell(workplace.store.settings);
  const gridSpot = useSpot('inbox');
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = rowHeights[density];

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = () => list.measured({ rowHeight, viewport: (element.clientHeight || 720) - HEAD_HEIGHT });
    if (typeof ResizeObserver === 'undefined') {
      measure();
      return undefined;
    }
    // It calls back before the frame is painted, when the page has been laid out anyway: to ask now would lay it out twice.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, rowHeight]);

  // The list has worked out where it must stand so that the selected row does not move; here it is made so. Not at every
  // change: to ask where an element is scrolled to lays the page out at once.
  const { scrollTop } = snapshot.place;
  const placed = useRef(0);
  useLayoutEffect(() => {
    // A new element stands at its top.
    if (scroller.current !== null && (scrollTop !== 0 || placed.current !== 0))
      law.keepPlace(scroller.current, scrollTop);
    placed.current = scrollTop;
  }, [law, scrollTop]);

  const { entries, emergencies, start } = snapshot;
  const data = useMemo(
    () => rowsOf({ entries, emergencies, start, pinned: snapshot.pinned }),
    [entries, emergencies, start, snapshot.pinned],
  );
  const table = useTable({
    features: gridFeatures,
    columns,
    data,
    getRowId: ({ entry }) => entry.row.summary.id,
  });
  const { place, measures, total, pinned, selected } = snapshot;
  const rows = table.getRowModel().rows;
  const tall = Math.max(place.lead + total * measures.rowHeight, place.scrollTop + measures.viewport);
  return (
    <section className={styles.inbox} data-pane data-density={density}>
      <InboxHead snapshot={snapshot} />
      <div
        ref={(element) => {
          scroller.current = element;
          gridSpot(element);
        }}
        className={styles.grid}
        role="grid"
        aria-label="Inbox"
        aria-rowcount={total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={selected === null ? undefined : rowElementId(selected)}
        tabIndex={0}
        data-focus="inbox"
        data-stood={rows.some((row) => row.id === selected)}
        data-testid="inbox-scroller"
        onPointerMove={() => list.touched()}
        onScroll={(event) => list.scrolled(event.currentTarget.scrollTop)}
      >
        <div role="rowgroup" className={styles.headGroup}>
          <div role="row" aria-rowindex={1} className={styles.head}>
            {table.getHeaderGroups()[0]?.headers.map((header) => (
              <div key={header.id} role="columnheader" data-column={header.column.id} className={styles.cell}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          <div className={styles.pinned} role="presentation">
            {rows
              .filter((row) => row.original.index < pinned)
              .map((row) => (
                <InboxRow key={row.id} row={row} selected={row.id === selected} />
              ))}
          </div>
          <div className={styles.rows} role="presentation" style={{ blockSize: tall }}>
            <div
              className={styles.flow}
              role="presentation"
              style={{
                transform: `translateY(${place.lead + Math.max(start, pinned) * measures.rowHeight}px)`,
              }}
            >
              {rows
                .filter((row) => row.original.index >= pinned)
                .map((row) => (
                  <InboxRow key={row.id} row={row} selected={row.id === selected} />
                ))}
            </div>
          </div>
        </div>
      </div>
      <RowFoot id={selected} />
      <div className={styles.ring} aria-hidden="true" />
      {total === 0 && <EmptyList scope={snapshot.scope} />}
    </section>
  );
}

/** The pinned emergencies and the rows in sight, each once. */
function rowsOf({
  emergencies,
  entries,
  start,
  pinned,
}: Pick<ListSnapshot, 'emergencies' | 'entries' | 'start' | 'pinned'>): GridRow[] {
  const over = emergencies.map((entry, index) => ({ entry, index }));
  const inFlow = entries
    .map((entry, at) => ({ entry, index: start + at }))
    .filter(({ index }) => index >= pinned);
  return [...over, ...inFlow];
}
