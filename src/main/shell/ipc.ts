import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { Envelope } from '../../shared/contract/workstation.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { isRequestName, type PushName, type RequestName } from '../../shared/contract/workstation-names.ts';
import { pageOrigin } from './app-scheme.ts';

/** What the shell answers itself, besides how the window is liked. */
const ownNames: ReadonlySet<RequestName> = new Set([
  'settings.save',
  'paper.print',
  'window.attend',
  'training.start',
]);

export interface IpcOptions {
  readonly window: () => BrowserWindow | null;
  /** How the window is liked: its page asks before it paints anything. */
  readonly settings: () => Settings;
  /** Answers those of `ownNames`, and parses them. */
  readonly own: (name: string, input: unknown) => Promise<Envelope>;
  /** Hands the rest to the workstation process, which parses them (rule W-14). */
  readonly relay: (name: string, input: unknown) => Promise<Envelope>;
}

/** Answers the window's requests: only from the main frame of our own window, only the contract's names (rule W-14). */
export function serveWindow({ window, settings, own, relay }: IpcOptions): void {
  const atOnce: Partial<Record<RequestName, () => unknown>> = {
    'settings.read': settings,
  };
  ipcMain.handle('workstation:request', async (event, name: unknown, input: unknown): Promise<Envelope> => {
    if (!isOurs(event, window())) return { ok: false, why: 'not from the window' };
    if (!isRequestName(name)) return { ok: false, why: 'no such request' };
    const known = atOnce[name];
    if (known !== undefined) return { ok: true, value: known() };
    return ownNames.has(name) ? own(name, input) : relay(name, input);
  });
}

export function pushToWindow(window: BrowserWindow | null, name: PushName, payload: unknown): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send('workstation:push', name, payload);
}

function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow | null): boolean {
  const frame = event.senderFrame;
  if (window === null || window.isDestroyed() || frame === null) return false;
  return (
    event.sender === window.webContents &&
    frame === window.webContents.mainFrame &&
    originOf(frame.url) === pageOrigin
  );
}

function originOf(url: string): string {
  // `URL.origin` of a scheme that is not the web's is "null" in Node.
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
