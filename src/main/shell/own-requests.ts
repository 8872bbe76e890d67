import { app, Notification, type BrowserWindow } from 'electron';
import Store from 'electron-store';
import { serve } from '../../shared/contract/serve.ts';
import type { Envelope, RequestHandlers } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import { Attention } from './attention.ts';
import { Printing, type PrintingOptions } from './printing.ts';
import { TrainingDoor } from './training-door.ts';
import type { SettingsFile } from './settings.ts';

/** What the shell answers itself: how the window is liked, paper, and pointing at the window. */
export interface OwnRequests {
  /** What the window is told. */
  readonly told: (name: PushName, payload: unknown) => void;
  /** Never rejects; the input is parsed (rule W-14). */
  readonly answer: (name: string, input: unknown) => Promise<Envelope>;
}

/**
 * Opens it. Fetched when the page of the window is there, because its parsers and the writer of the settings take longer to
 * load than everything the window itself needs. How the window is liked (`settings.read`) is told before, without them.
 */
export function openOwnRequests(
  settings: SettingsFile,
  options: PrintingOptions & { readonly startTraining: () => void },
): OwnRequests {
  settings.writeWith(Store);
  const printing = new Printing(options);
  const training = new TrainingDoor(options.startTraining);
  const attention = new Attention<BrowserWindow>({
    window: options.window,
    notify: systemNotice(options.window),
  });
  app.on('browser-window-focus', () => attention.seen());
  const handlers: Partial<RequestHandlers> = {
    'settings.save': async (next) => {
      settings.keep({ settings: next });
      return {};
    },
    ...printing.handlers,
    ...attention.handlers,
    ...training.handlers,
  };
  return {
    told(name, payload) {
      printing.told(name, payload);
      training.told(name, payload);
    },
    answer: async (name, input) => serve(handlers, name, input),
  };
}

/** The system's own notice: a click on it opens the window. It makes no sound, because the page does. */
function systemNotice(window: () => BrowserWindow | null) {
  return (words: { readonly title: string; readonly body: string }): (() => void) => {
    if (!Notification.isSupported()) return () => undefined;
    const notice = new Notification({ ...words, silent: true, urgency: 'critical' });
    notice.on('click', () => {
      window()?.show();
      window()?.focus();
    });
    notice.show();
    return () => notice.close();
  };
}
