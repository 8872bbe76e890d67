import { useEffect, useMemo } from 'react';
import { Group, Panel, Separator, type Layout } from 'react-resizable-panels';
import { CommandPalette } from '../commands/command-palette.tsx';
import { HelpSheet } from '../commands/help-sheet.tsx';
import { KeyBar } from '../commands/key-bar.tsx';
import { KeyboardContext } from '../commands/keyboard-context.ts';
import type { Keyboard } from '../commands/keyboard.ts';
import { Announcers } from './announcers.tsx';
import styles from './app.module.css';
import { useCell } from './cell.ts';
import { ContextPane, EmergencyStrip, Inbox, Notices, Outbox, StatusLine, WorkPane } from './features.ts';
import { PaneBoundary } from './pane-boundary.tsx';
import { useAppearance } from './use-appearance.ts';
import { useWide } from './use-wide.ts';
import { WorkplaceContext } from './workplace-context.ts';
import type { Workplace } from './workplace.ts';

export interface AppProps {
  readonly workplace: Workplace;
  readonly keyboard: Keyboard;
}

const panes = ['inbox', 'work', 'context'] as const;
const usual: Layout = { inbox: 46, work: 34, context: 20 };

/** The frame: strip and status line above, three panes, notices and keys below. Its lines never change their height. */
export function App({ workplace, keyboard }: AppProps) {
  return (
    <WorkplaceContext value={workplace}>
      <KeyboardContext value={keyboard}>
        <Frame workplace={workplace} />
      </KeyboardContext>
    </WorkplaceContext>
  );
}

function Frame({ workplace }: { readonly workplace: Workplace }) {
  useAppearance();
  useTitle(workplace);
  const wide = useWide();
  const panel = useCell(workplace.panel);
  const { layout } = useCell(workplace.store.settings);
  const kept = useMemo(() => layoutOf(layout), [layout]);
  const save = (next: Layout) => {
    if (!wide) return;
    const shares = panes.map((pane) => Math.round((next[pane] ?? 0) * 10) / 10);
    if (shares.some((share, at) => share !== layout[at])) workplace.store.saveSettings({ layout: shares });
  };
  return (
    <div className={styles.frame}>
      <PaneBoundary name="The emergency strip">
        <EmergencyStrip />
      </PaneBoundary>
      <PaneBoundary name="The status line">
        <StatusLine />
      </PaneBoundary>
      <main className={styles.main}>
        <h1 className={styles.unseen}>FCR Desk</h1>
        <Group
          key={layout.length === 0 ? 'usual' : 'kept'}
          className={styles.panes}
          defaultLayout={wide ? kept : { inbox: 50, work: 50 }}
          onLayoutChanged={(next, { isUserInteraction }) => {
            if (isUserInteraction) save(next);
          }}
        >
          <Panel id="inbox" minSize="25%" className={styles.pane}>
            <PaneBoundary name="The inbox" spot="inbox">
              <Inbox />
            </PaneBoundary>
          </Panel>
          <Separator className={styles.separator} />
          <Panel id="work" minSize="25%" className={styles.pane}>
            <PaneBoundary name="The work pane" spot="work">
              <WorkPane />
            </PaneBoundary>
          </Panel>
          {wide && <Separator className={styles.separator} />}
          {wide && (
            <Panel id="context" minSize="14%" className={styles.pane}>
              <div className={styles.context} data-pane>
                <PaneBoundary name="The context pane" spot="context">
                  <ContextPane />
                </PaneBoundary>
                <PaneBoundary name="The outbox">
                  <Outbox />
                </PaneBoundary>
              </div>
            </Panel>
          )}
        </Group>
        {panel === 'help' && <HelpSheet />}
        {panel === 'palette' && <CommandPalette />}
      </main>
      <footer>
        <PaneBoundary name="The line of notices">
          <Notices />
        </PaneBoundary>
        <PaneBoundary name="The key bar">
          <KeyBar />
        </PaneBoundary>
      </footer>
      <Announcers />
    </div>
  );
}

function layoutOf(shares: readonly number[]): Layout {
  const [inbox, work, context] = shares;
  return inbox === undefined || work === undefined || context === undefined
    ? usual
    : { inbox, work, context };
}

/** The window's title tells of waiting emergencies too, for the taskbar. */
function useTitle(workplace: Workplace): void {
  const { emergencyCount } = useCell(workplace.store.facts);
  const realm = useCell(workplace.store.desk)?.realm ?? 'live';
  useEffect(() => {
    const waiting = emergencyCount === 0 ? '' : `(${emergencyCount}!) `;
    const world = realm === 'live' ? '' : ` – ${realm === 'demo' ? 'DEMO' : 'TRAINING'}`;
    document.title = `${waiting}FCR Desk${world}`;
  }, [emergencyCount, realm]);
}
