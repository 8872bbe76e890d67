import { join } from 'node:path';
import log from 'electron-log/node';
import { redacted, type LogFields, type Logger } from '../../platform/log.ts';

/** The shell's log: a file in the profile's folder, and standard output for whoever started it. Ids and counts only. */
export function shellLog(folder: string): Logger {
  const file = log.create({ logId: 'shell' });
  file.transports.file.resolvePathFn = () => join(folder, 'desk.log');
  file.transports.file.maxSize = 5 * 1024 * 1024;
  file.transports.console.format = '{y}-{m}-{d}T{h}:{i}:{s} {level} {text}';
  const line = (message: string, fields?: LogFields): string =>
    fields === undefined ? message : `${message} ${JSON.stringify(redacted(fields))}`;
  return {
    info: (message, fields) => file.info(line(message, fields)),
    warn: (message, fields) => file.warn(line(message, fields)),
    error: (message, fields) => file.error(line(message, fields)),
  };
}
