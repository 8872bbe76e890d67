import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import { pageUrl } from './app-scheme.ts';
import type { SettingsFile } from './settings.ts';
import type { WindowPlace } from './window-file.ts';

/** The grounds of the two themes, painted before the page is: no white flash in a dark room. */
const ground = { day: '#e9ecef', night: '#0e1319' } as const;

/** A page of the program's own files is there in well under a second. Milliseconds. */
const LOAD_LIMIT_MS = 8 * SECOND;

export interface WindowOptions {
  readonly preload: string;
  readonly title: string;
  /** Where it last stood, and in which theme. */
  readonly settings: SettingsFile;
  /** The page did not come in time and is loaded again. */
  readonly onLoadedLate: () => void;
  readonly timers: Timers;
}

/** Opens the desk's window where it last stood, sandboxed, isolated; shown as soon as its page can be painted. */
export function openWindow({ preload, title, settings, onLoadedLate, timers }: WindowOptions): BrowserWindow {
  const { place } = settings;
  const { theme } = settings.settings;
  const dark = theme === 'night' || (theme === 'system' && nativeTheme.shouldUseDarkColors);
  const window = new BrowserWindow({
    ...boundsOf(place),
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title,
    backgroundColor: dark ? ground.night : ground.day,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // A covered window still counts its seconds and paints its emergencies.
      backgroundThrottling: false,
      // An emergency sounds also before the first key of a shift.
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  if (place.maximised) window.maximize();
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    settings.keep({ place: { x, y, width, height, maximised: window.isMaximized() } });
  });
  window.once('ready-to-show', () => window.show());
  // The page's own <title> says what waits; the profile stays in the window's name until it does.
  loadUntilThere(window, { timers, onLoadedLate });
  return window;
}

/**
 * Loads the page, and loads it again when nothing has come of it: a browser whose graphics process fails at its start has been
 * seen never to begin, and a chair without a window takes no calls.
 */
function loadUntilThere(
  window: BrowserWindow,
  { timers, onLoadedLate }: Pick<WindowOptions, 'timers' | 'onLoadedLate'>,
): void {
  let again: Disposable | null = null;
  const stop = () => again?.[Symbol.dispose]();
  const load = () => {
    again = timers.after(LOAD_LIMIT_MS, () => {
      if (window.isDestroyed()) return;
      onLoadedLate();
      load();
    });
    // A load that another one overtakes rejects; what counts is the page that comes.
    void window.loadURL(pageUrl).catch(() => undefined);
  };
  window.webContents.once('did-finish-load', stop);
  window.once('closed', stop);
  load();
}

/** Where it stood, unless that screen is gone. */
function boundsOf({ x, y, width, height }: WindowPlace): Partial<Rectangle> {
  if (x === null || y === null) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const visible =
    x < workArea.x + workArea.width &&
    x + width > workArea.x &&
    y < workArea.y + workArea.height &&
    y + height > workArea.y;
  return visible ? { x, y, width, height } : { width, height };
}
