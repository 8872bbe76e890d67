import { useEffect, useState, type ComponentType, type ReactNode } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import { useCell } from './cell.ts';
import { PaneBoundary } from './pane-boundary.tsx';
import { PaneSeparator } from './pane-separator.tsx';
import { columnsOf, type Shares } from './pane-widths.ts';
import styles from './panes.module.css';
import type { SheetKind } from './sheets.ts';
import { useWide } from './use-wide.ts';
import { useWorkplace } from './workplace-context.ts';

/** The sheets that lie over the record of the open contact. */
export type SheetParts = Readonly<Partial<Record<SheetKind, ComponentType<{ readonly id: ContactId }>>>>;

/** What stands in the panes: handed in, because only the frame knows the features. */
export interface PaneParts {
  readonly Inbox: ComponentType;
  readonly WorkPane: ComponentType<{
    readonly reasons: ComponentType;
    readonly body: ComponentType<{ readonly id: ContactId }>;
    readonly form: ComponentType<{ readonly id: ContactId }>;
    readonly message: ComponentType<{ readonly id: ContactId }>;
    readonly sheets: SheetParts;
  }>;
  readonly ChatComposer: ComponentType<{ readonly id: ContactId }>;
  readonly ContactBody: ComponentType<{ readonly id: ContactId }>;
  readonly ContextPane: ComponentType;
  readonly MissedReport: ComponentType;
  readonly NewContactForm: ComponentType<{ readonly id: ContactId }>;
  readonly Outbox: ComponentType;
  readonly OutboxView: ComponentType;
  readonly ReasonStrip: ComponentType;
  readonly SearchPanel: ComponentType;
  readonly GuidePanel: ComponentType;
  readonly sheets: SheetParts;
  /** Fetches what the next key may be typed into. */
  readonly fetchFirst: () => Promise<void>;
  /** Fetches what else is not needed for the first painting. */
  readonly fetchLater: () => Promise<void>;
}

/** What a key opens is fetched when the window has been there for so long, or with that key. Milliseconds. */
const FETCH_LATER_MS = 150;

interface PanesProps {
  readonly parts: PaneParts;
}

/** Inbox, work and context while the handler has not moved a separator; in a narrow window the first two. */
const usual: Shares = [38, 39, 23];
const usualNarrow: Shares = [50, 50];
/** What each needs to be read. */
const mins: Shares = [25, 25, 14];

/**
 * Inbox, work and context side by side, or the first two in a narrow window, where the context lies over one of them
 * when it is asked for. Widths are the handler's; nothing is built anew when they change, so caret and scroll stay.
 */
export function Panes({ parts }: PanesProps) {
  const {
    ChatComposer,
    ContactBody,
    fetchFirst,
    fetchLater,
    GuidePanel,
    Inbox,
    MissedReport,
    NewContactForm,
    OutboxView,
    ReasonStrip,
    SearchPanel,
    sheets,
    WorkPane,
  } = parts;
  const { after, covers, policies, store } = useWorkplace();
  const wide = useWide();
  const over = useCell(covers.over);
  const { layout } = useCell(store.settings);
  const [narrow, setNarrow] = useState(usualNarrow);
  const [dragged, setDragged] = useState<Shares | null>(null);
  const kept = wide ? (layout.length === usual.length ? layout : usual) : narrow;
  const shares = dragged?.length === kept.length ? dragged : kept;

  // No key should wait for the disk, neither for code nor for what the questions of a call are; and the first key not for
  // the reading of all that.
  useEffect(() => {
    void fetchFirst().catch(() => undefined);
    after(FETCH_LATER_MS, () => {
      for (const name of ['questions', 'triage', 'chat'] as const) policies.want(name);
      void fetchLater().catch(() => undefined);
    });
  }, [after, fetchFirst, fetchLater, policies]);

  const divider = {
    shares,
    mins,
    onMove: setDragged,
    onMoved: (next: Shares) => {
      setDragged(null);
      if (!wide) setNarrow(next);
      else if (next.some((share, at) => share !== layout[at])) store.saveSettings({ layout: next });
    },
  };
  return (
    <div className={styles.panes} style={{ gridTemplateColumns: columnsOf(shares) }}>
      <div className={styles.pane}>
        <Covered
          cover={
            over.inbox === 'search' ? (
              <SearchPanel />
            ) : over.inbox === 'guide' ? (
              <GuidePanel />
            ) : (
              over.inbox === 'context' && !wide && <Context parts={parts} />
            )
          }
        >
          <PaneBoundary name="The inbox" spot="inbox">
            <Inbox />
          </PaneBoundary>
        </Covered>
      </div>
      <PaneSeparator between="inbox and work" at={0} {...divider} />
      <div className={styles.pane}>
        <Covered
          cover={
            over.work === 'missed' ? (
              <MissedReport />
            ) : over.work === 'outbox' ? (
              <OutboxView />
            ) : (
              over.work === 'context' && !wide && <Context parts={parts} />
            )
          }
        >
          <PaneBoundary name="The work pane" spot="work">
            <WorkPane
              reasons={ReasonStrip}
              body={ContactBody}
              form={NewContactForm}
              message={ChatComposer}
              sheets={sheets}
            />
          </PaneBoundary>
        </Covered>
      </div>
      {wide && <PaneSeparator between="work and context" at={1} {...divider} />}
      {wide && (
        <div className={styles.pane}>
          <Context parts={parts} />
        </div>
      )}
    </div>
  );
}

/** What is covered keeps its scroll, caret and words; nothing in it can be reached until the cover has gone. */
function Covered({ cover, children }: { readonly cover: ReactNode; readonly children: ReactNode }) {
  const isCovered = cover !== false && cover !== null;
  return (
    <>
      <div className={styles.under} inert={isCovered}>
        {children}
      </div>
      {isCovered && (
        <div className={styles.cover}>
          <PaneBoundary name="What was asked for">{cover}</PaneBoundary>
        </div>
      )}
    </>
  );
}

function Context({ parts: { ContextPane, Outbox } }: PanesProps) {
  return (
    <div className={styles.context} data-pane>
      <PaneBoundary name="The context pane" spot="context">
        <ContextPane />
      </PaneBoundary>
      <PaneBoundary name="The outbox">
        <Outbox />
      </PaneBoundary>
    </div>
  );
}
