import { Readable } from 'node:stream';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import type { LogFields, Logger } from '../../platform/log.ts';
import { keepLog } from './workstation-log.ts';

it('S-09: the workstation’s lines come into the shell’s log, and a foreign line leaves only its length', async () => {
  const kept: unknown[] = [];
  const keep = (level: string) => (message: string, fields?: LogFields) =>
    void kept.push([level, message, fields]);
  const log: Logger = { info: keep('info'), warn: keep('warn'), error: keep('error') };
  const lines = Readable.from([
    '{"level":"error","at":"2026-11-22T14:00:00Z","message":"store fault","kind":"io"}\n',
    'SyntaxError: 12 Fretherne Road is not JSON\n',
  ]);
  keepLog(lines, log);
  await once(lines, 'close');
  await new Promise((done) => setImmediate(done));
  expect(kept).toEqual([
    ['error', 'workstation: store fault', { at: '2026-11-22T14:00:00Z', kind: 'io' }],
    ['warn', 'workstation: a line that is no log entry', { characters: 42 }],
  ]);
});
