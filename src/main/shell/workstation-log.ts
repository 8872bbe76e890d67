import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LogFields, Logger } from '../../platform/log.ts';

/**
 * Takes the workstation's log lines into the shell's log. A line that is not one of its own (a crash of native code, a
 * warning of Node) may quote anything, so only its length is kept.
 */
export function keepLog(lines: Readable | null, log: Logger): void {
  if (lines === null) return;
  createInterface({ input: lines }).on('line', (line) => {
    const entry = parsed(line);
    if (entry === null)
      return log.warn('workstation: a line that is no log entry', { characters: line.length });
    const { level, message, fields } = entry;
    log[level](`workstation: ${message}`, fields);
  });
}

interface Entry {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: LogFields;
}

function parsed(line: string): Entry | null {
  try {
    const { level, message, ...fields } = JSON.parse(line) as Record<string, unknown>;
    if (level !== 'info' && level !== 'warn' && level !== 'error') return null;
    return typeof message === 'string' ? { level, message, fields: fields as LogFields } : null;
  } catch {
    return null;
  }
}
