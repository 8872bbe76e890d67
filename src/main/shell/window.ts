import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron';
import type { Settings } from '../../shared/contract/workstation.ts';
import { pageUrl } from './app-scheme.ts';
import type { SettingsFile, WindowPlace } from './settings.ts';

/** The grounds of the two themes, painted before the page is: no white flash in a dark room. */
const ground = { day: '#e9ecef', night: '#0e1319' } as const;

export interface WindowOptions {
  readonly preload: string;
  readonly settings: SettingsFile;
  readonly title: string;
  readonly theme: Settings['theme'];
}

/** Opens the desk's window: sandboxed, isolated, shown with its first paint, where it last stood. */
export function openWindow({ preload, settings, title, theme }: WindowOptions): BrowserWindow {
  const { place } = settings;
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
    },
  });
  if (place.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  // The page's own <title> says what waits; the profile stays in the window's name until it does.
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds();
    settings.place = { x, y, width, height, maximised: window.isMaximized() };
  });
  void window.loadURL(pageUrl);
  return window;
}

/** Where it stood, unless that screen is gone. */
function boundsOf({ x, y, width, height }: WindowPlace): BrowserWindowConstructorOptions {
  if (x === null || y === null) return { width, height };
  const { workArea } = screen.getDisplayMatching({ x, y, width, height });
  const visible =
    x < workArea.x + workArea.width &&
    x + width > workArea.x &&
    y < workArea.y + workArea.height &&
    y + height > workArea.y;
  return visible ? { x, y, width, height } : { width, height };
}
