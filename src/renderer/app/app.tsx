import { useEffect } from 'react';
import { KeyBar } from '../commands/key-bar.tsx';
import { KeyboardContext } from '../commands/keyboard-context.ts';
import type { Keyboard } from '../commands/keyboard.ts';
import { Announcers } from './announcers.tsx';
import styles from './app.module.css';
import { useCell } from './cell.ts';
import {
  EmergencyStrip,
  LockPage,
  MajorLine,
  MissedLine,
  OfferLine,
  UnreadLine,
  Notices,
  SignInPage,
  SignOffPage,
  Sound,
  StatusLine,
  CommandPalette,
  HelpSheet,
  paneParts,
} from './features.ts';
import { PaneBoundary } from './pane-boundary.tsx';
import { Panes } from './panes.tsx';
import { useAppearance } from './use-appearance.ts';
import { WorkplaceContext } from './workplace-context.ts';
import type { Workplace } from './workplace.ts';

export interface AppProps {
  readonly workplace: Workplace;
  readonly keyboard: Keyboard;
}

/**
 * The frame: strip and status line above, three panes, notices and keys below. Its lines never change their height. The
 * lock takes the place of the panes; with nobody signed in the page asks for number and PIN, and that is all.
 */
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
  const door = useCell(workplace.session.door);
  return (
    <div className={styles.frame}>
      {door === 'unknown' && <p className={styles.starting}>Starting this desk…</p>}
      {door === 'signed-out' && (
        <>
          <SignInPage />
          <PaneBoundary name="The line of notices">
            <Notices />
          </PaneBoundary>
        </>
      )}
      {(door === 'open' || door === 'locked') && (
        <>
          <PaneBoundary name="The emergency strip">
            <EmergencyStrip />
          </PaneBoundary>
          <PaneBoundary name="The status line">
            <StatusLine />
          </PaneBoundary>
          <Sound />
          {door === 'open' ? <Work workplace={workplace} /> : <LockPage />}
        </>
      )}
      <Announcers />
      <Title workplace={workplace} />
    </div>
  );
}

/** Everything of the work that is not an emergency: gone from the page while the desk is locked (rule W-16). */
function Work({ workplace }: { readonly workplace: Workplace }) {
  const panel = useCell(workplace.panel);
  const signingOff = useCell(workplace.session.signingOff) !== null;
  return (
    <>
      <main className={styles.main}>
        <h1 className={styles.unseen}>FCR Desk</h1>
        <div className={styles.behind} inert={signingOff}>
          <Panes parts={paneParts} />
        </div>
        <SignOffPage />
        {panel === 'help' && <HelpSheet />}
        {panel === 'palette' && <CommandPalette />}
      </main>
      <footer>
        <div className={styles.told}>
          <PaneBoundary name="The line of notices">
            <Notices />
          </PaneBoundary>
          <div className={styles.later}>
            <PaneBoundary name="The line of the major incident">
              <MajorLine />
            </PaneBoundary>
            <PaneBoundary name="The line of an offered chat">
              <OfferLine />
            </PaneBoundary>
            <PaneBoundary name="The line of what nobody has looked at">
              <UnreadLine />
            </PaneBoundary>
            <PaneBoundary name="The line of what was missed">
              <MissedLine />
            </PaneBoundary>
          </div>
        </div>
        <PaneBoundary name="The key bar">
          <KeyBar />
        </PaneBoundary>
      </footer>
    </>
  );
}

/** The window's title tells of waiting emergencies too, for the taskbar. It waits until they have been painted. */
function Title({ workplace }: { readonly workplace: Workplace }) {
  const { emergencyCount } = useCell(workplace.store.counts);
  const realm = useCell(workplace.store.desk)?.realm ?? 'live';
  useEffect(() => {
    const waiting = emergencyCount === 0 ? '' : `(${emergencyCount}!) `;
    const world = realm === 'live' ? '' : ` – ${realm.toUpperCase()}`;
    document.title = `${waiting}FCR Desk${world}`;
  }, [emergencyCount, realm]);
  return null;
}
