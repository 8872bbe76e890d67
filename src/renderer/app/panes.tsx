import { useEffect, useRef, type ComponentType, type ReactNode } from 'react';
import { Group, Panel, Separator, type GroupImperativeHandle, type Layout } from 'react-resizable-panels';
import type { ContactId } from '../../shared/domain/ids.ts';
import { useKeyboard } from '../commands/keyboard-context.ts';
import { useCell } from './cell.ts';
import { PaneBoundary } from './pane-boundary.tsx';
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
    readonly sheets: SheetParts;
  }>;
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
  /** Fetches what is not needed for the first painting. */
  readonly fetchLater: () => Promise<void>;
}

interface PanesProps {
  readonly parts: PaneParts;
}

const panes = ['inbox', 'work', 'context'] as const;
/** Shares of the width while the handler has not moved a separator. Per cent. */
const usual: Layout = { inbox: 46, work: 34, context: 20 };
const usualNarrow: Layout = { inbox: 50, work: 50 };

/**
 * Inbox, work and context side by side, or the first two in a narrow window, where the context lies over one of them
 * when it is asked for. Widths are the handler's; nothing is built anew when they change, so caret and scroll stay.
 */
export function Panes({ parts }: PanesProps) {
  const {
    ContactBody,
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
  const { covers, policies, store } = useWorkplace();
  const wide = useWide();
  const over = useCell(covers.over);
  const { layout } = useCell(store.settings);
  const group = useRef<GroupImperativeHandle>(null);
  const wanted = wide ? layoutOf(layout) : usualNarrow;
  const wantedShares = panes.map((pane) => wanted[pane] ?? 0).join(' ');

  // The handler's own widths are read after the first painting, and reset by a command.
  useEffect(() => {
    const shares = wantedShares.split(' ').map(Number);
    const next = Object.fromEntries(panes.map((pane, at) => [pane, shares[at] ?? 0]));
    const { inbox = 0, work = 0, context = 0 } = next;
    const now = group.current?.getLayout();
    // A pane that has just come or gone is not in the group's own account yet.
    if (now === undefined || 'context' in now !== context > 0) return;
    group.current?.setLayout(context > 0 ? { inbox, work, context } : { inbox, work });
  }, [wantedShares]);

  // No key should wait for the disk: neither for code nor for what the questions of a call are.
  useEffect(() => {
    const read = () => {
      for (const name of ['questions', 'triage'] as const) policies.want(name);
    };
    void fetchLater().then(read, () => undefined);
  }, [fetchLater, policies]);

  const save = (next: Layout) => {
    if (!wide) return;
    const shares = panes.map((pane) => Math.round((next[pane] ?? 0) * 10) / 10);
    if (shares.some((share, at) => share !== layout[at])) store.saveSettings({ layout: shares });
  };
  return (
    <Group
      groupRef={group}
      className={styles.panes}
      defaultLayout={wanted}
      onLayoutChanged={(next, { isUserInteraction }) => {
        if (isUserInteraction) save(next);
      }}
    >
      <Panel id="inbox" minSize="25%" className={styles.pane}>
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
      </Panel>
      <Divider between="inbox and work" />
      <Panel id="work" minSize="25%" className={styles.pane}>
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
            <WorkPane reasons={ReasonStrip} body={ContactBody} form={NewContactForm} sheets={sheets} />
          </PaneBoundary>
        </Covered>
      </Panel>
      {wide && <Divider between="work and context" />}
      {wide && (
        <Panel id="context" minSize="14%" className={styles.pane}>
          <Context parts={parts} />
        </Panel>
      )}
    </Group>
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

/** Dragged, or moved with the arrow keys when Tab has reached it. */
function Divider({ between }: { readonly between: string }) {
  const keyboard = useKeyboard();
  return (
    <Separator
      className={styles.separator}
      aria-label={`Width of ${between}`}
      title={`Width of ${between}: drag, or ← →`}
      onKeyDownCapture={(event) => {
        if (event.key !== 'F6') return;
        // The separator would go from one to the other for ever; F6 goes through the panes.
        event.preventDefault();
        event.stopPropagation();
        keyboard.runById(event.shiftKey ? 'previous-pane' : 'next-pane');
      }}
    />
  );
}

function layoutOf(shares: readonly number[]): Layout {
  const [inbox, work, context] = shares;
  return inbox === undefined || work === undefined || context === undefined
    ? usual
    : { inbox, work, context };
}
