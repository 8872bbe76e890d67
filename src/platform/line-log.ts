import type { Clock } from '../shared/domain/time.ts';
import { redacted, type LogFields, type Logger } from './log.ts';

/** A log of JSON lines under the name of its program. Fields are cut by `redacted`; no address, path or words of anybody are ever among them. */
export function createLineLog(options: {
  readonly name: string;
  readonly write: (line: string) => void;
  readonly clock: Clock;
}): Logger {
  const { name, write, clock } = options;
  const at =
    (level: string) =>
    (msg: string, fields?: LogFields): void =>
      write(JSON.stringify({ level, time: clock.now(), name, msg, ...redacted(fields) }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
