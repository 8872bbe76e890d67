import { pino, type DestinationStream } from 'pino';
import { redacted, type LogFields, type Logger } from '../platform/log.ts';

/** A log of JSON lines, for programs without a window. Fields are cut by `redacted`, so no line can hold a sentence. */
export function createPinoLog(options: { readonly name: string; readonly to?: DestinationStream }): Logger {
  const settings = { name: options.name, base: { name: options.name, pid: process.pid } };
  // Written at once: the last lines before a crash are the ones that matter.
  const log = pino(settings, options.to ?? pino.destination({ dest: 1, sync: true }));
  return {
    info: (message: string, fields?: LogFields) => log.info(redacted(fields), message),
    warn: (message: string, fields?: LogFields) => log.warn(redacted(fields), message),
    error: (message: string, fields?: LogFields) => log.error(redacted(fields), message),
  };
}
