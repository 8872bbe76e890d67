import { serve } from '../../shared/contract/serve.ts';
import type { Envelope, RequestHandlers } from '../../shared/contract/workstation.ts';
import { Printing, type PrintingOptions } from './printing.ts';
import { SettingsFile } from './settings.ts';

/** What the shell answers itself: how the window is liked, and paper. */
export interface OwnRequests {
  readonly settings: SettingsFile;
  readonly printing: Printing;
  /** Never rejects; the input is parsed (rule W-14). */
  readonly answer: (name: string, input: unknown) => Promise<Envelope>;
}

/**
 * Opens it. Fetched while the page of the window is starting, because its parsers and its settings file take longer to load
 * than everything the window itself needs.
 */
export function openOwnRequests(options: PrintingOptions): OwnRequests {
  const settings = new SettingsFile(options.folder);
  const printing = new Printing(options);
  const handlers: Partial<RequestHandlers> = { ...settings.handlers, ...printing.handlers };
  return { settings, printing, answer: async (name, input) => serve(handlers, name, input) };
}
