import Store from 'electron-store';
import { serve } from '../../shared/contract/serve.ts';
import type { Envelope, RequestHandlers } from '../../shared/contract/workstation.ts';
import { Printing, type PrintingOptions } from './printing.ts';
import type { SettingsFile } from './settings.ts';

/** What the shell answers itself: how the window is liked, and paper. */
export interface OwnRequests {
  readonly printing: Printing;
  /** Never rejects; the input is parsed (rule W-14). */
  readonly answer: (name: string, input: unknown) => Promise<Envelope>;
}

/**
 * Opens it. Fetched when the page of the window is there, because its parsers and the writer of the settings take longer to
 * load than everything the window itself needs. How the window is liked (`settings.read`) is told before, without them.
 */
export function openOwnRequests(settings: SettingsFile, options: PrintingOptions): OwnRequests {
  settings.writeWith(Store);
  const printing = new Printing(options);
  const handlers: Partial<RequestHandlers> = {
    'settings.save': async (next) => {
      settings.keep({ settings: next });
      return {};
    },
    ...printing.handlers,
  };
  return { printing, answer: async (name, input) => serve(handlers, name, input) };
}
