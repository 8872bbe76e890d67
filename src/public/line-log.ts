import { redacted, type LogFields, type Logger } from '../platform/log.ts';
import type { Clock } from '../shared/domain/time.ts';

/** A log of JSON lines. Fields are cut by `redacted`; no address, path or words of anybody are ever among them. */
export function createLineLog(write: (line: string) => void, clock: Clock): Logger {
  const at =
    (level: string) =>
    (msg: string, fields?: LogFields): void =>
      write(JSON.stringify({ level, time: clock.now(), name: 'public', msg, ...redacted(fields) }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
