import { useTable } from '@tanstack/react-table';
import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useCell } from '../../app/cell.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { columns, tableOptions, type InboxTable } from './columns.tsx';
import { EmptyList } from './empty-list.tsx';
import { InboxHead } from './inbox-head.tsx';
import { rowElementId } from './inbox-row.tsx';
import { ColumnHeads, InboxRows } from './inbox-rows.tsx';
import styles from './inbox.module.css';
import { RowFoot } from './row-foot.tsx';

/** The column heads stay in sight above the rows. Pixels, as in the style sheet. */
const HEAD_HEIGHT = 28;
/** One line, or two: what and where below each other. Pixels, as in the style sheet. */
const rowHeights = { compact: 28, comfortable: 42 } as const;

/** The inbox: one list, emergencies pinned on top, worked with the keys. */
export function Inbox() {
  const table = useTable(tableOptions);
  return <List table={table} />;
}

function List({ table }: { readonly table: InboxTable }) {
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

  const { place, measures, total, selected, entries, emergencies, start, toldStart } = snapshot;
  // An emergency leaves the room of the scroll bar as it was for a moment, unless the end of the list is in sight.
  const roomFor = start + entries.length < total ? total - (start - toldStart) : total;
  const tall = Math.max(place.lead + roomFor * measures.rowHeight, place.scrollTop + measures.viewport);
  const isStood = [emergencies, entries].some((rows) => rows.some(({ row }) => row.summary.id === selected));
  return (
    <section className={styles.inbox} data-pane data-density={density}>
      <InboxHead newAbove={snapshot.newAbove} />
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
        data-stood={isStood}
        data-testid="inbox-scroller"
        onPointerMove={() => list.touched()}
        onScroll={(event) => list.scrolled(event.currentTarget.scrollTop)}
      >
        <ColumnHeads table={table} />
        <div role="rowgroup">
          <div className={styles.pinned} role="presentation">
            <InboxRows table={table} entries={emergencies} told={0} selected={selected} />
          </div>
          <div className={styles.rows} role="presentation" style={{ blockSize: tall }}>
            <div
              className={styles.flow}
              role="presentation"
              style={{ transform: `translateY(${place.lead + start * measures.rowHeight}px)` }}
            >
              <InboxRows table={table} entries={entries} told={toldStart} selected={selected} />
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
