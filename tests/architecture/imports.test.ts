import { describe, expect, it } from 'vitest';
import { breaches, folders, isSql } from './import-law.ts';
import { factsOf, readTree } from './source-tree.ts';

const tree = readTree('src');

describe('the import law', () => {
  it('W-13: no file knows what it must not know', () => {
    expect(breaches(tree)).toEqual([]);
  });

  it('W-13: the law is read from the real program: its heart is there, and was looked at', () => {
    const lifecycle = factsOf('src/shared/domain/lifecycle.ts', tree['src/shared/domain/lifecycle.ts'] ?? '');
    expect(lifecycle.edges.map(({ to }) => to)).toContain('src/shared/lib/assert.ts');
    expect(Object.keys(tree).length).toBeGreaterThan(20);
  });
});

/**
 * Negative controls: for each kind of breach a small program with exactly one. A checker that passes over any of these
 * proves nothing about the real tree.
 */
describe('the law is broken, and it is seen, when', () => {
  const forbidden: readonly [what: string, path: string, text: string, breach: string][] = [
    // Folders.
    [
      'the domain knows the contract',
      'src/shared/domain/a.ts',
      "import { x } from '../contract/x.ts';",
      '→ src/shared/contract/x.ts',
    ],
    [
      'lib knows the domain',
      'src/shared/lib/a.ts',
      "import { x } from '../domain/x.ts';",
      '→ src/shared/domain/x.ts',
    ],
    [
      'the contract knows the platform',
      'src/shared/contract/a.ts',
      "import { x } from '../../platform/x.ts';",
      '→ src/platform/x.ts',
    ],
    [
      'the platform knows a rule',
      'src/platform/a.ts',
      "import { decide } from '../shared/domain/lifecycle.ts';",
      '→ src/shared/domain/lifecycle.ts',
    ],
    [
      'the queue knows a desk',
      'src/queue/a.ts',
      "import { x } from '../main/link/x.ts';",
      '→ src/main/link/x.ts',
    ],
    [
      'the store knows the service',
      'src/queue/store/a.ts',
      "import { x } from '../service.ts';",
      '→ src/queue/service.ts',
    ],
    [
      'the demand generator knows the queue',
      'src/demand/a.ts',
      "import { x } from '../queue/intake/x.ts';",
      '→ src/queue/intake/x.ts',
    ],
    [
      'the workstation knows the queue',
      'src/main/workstation/a.ts',
      "import { x } from '../../queue/service.ts';",
      '→ src/queue/service.ts',
    ],
    [
      'the workstation knows the shell',
      'src/main/workstation/a.ts',
      "import { x } from '../shell/x.ts';",
      '→ src/main/shell/x.ts',
    ],
    [
      'the cache knows the link',
      'src/main/cache/a.ts',
      "import { x } from '../link/x.ts';",
      '→ src/main/link/x.ts',
    ],
    [
      'the link knows the cache',
      'src/main/link/a.ts',
      "import { x } from '../cache/x.ts';",
      '→ src/main/cache/x.ts',
    ],
    [
      'the shell looks inside the workstation',
      'src/main/shell/a.ts',
      "import { x } from '../workstation/inbox.ts';",
      '→ src/main/workstation/inbox.ts',
    ],
    [
      'the shell decides',
      'src/main/shell/a.ts',
      "import { decide } from '../../shared/domain/lifecycle.ts';",
      '→ src/shared/domain/lifecycle.ts',
    ],
    [
      'the shell orders',
      'src/main/shell/a.ts',
      "import { inView } from '../../shared/domain/ordering.ts';",
      '→ src/shared/domain/ordering.ts',
    ],
    [
      'the program’s start loads the workstation',
      'src/main/index.ts',
      "import { x } from './workstation/workstation.ts';",
      '→ src/main/workstation/workstation.ts',
    ],
    [
      'the bridge carries a parser',
      'src/preload/a.ts',
      "import { requests } from '../shared/contract/workstation.ts';",
      '→ src/shared/contract/workstation.ts',
    ],
    [
      'the window knows the workstation',
      'src/renderer/app/a.ts',
      "import { x } from '../../main/workstation/x.ts';",
      '→ src/main/workstation/x.ts',
    ],
    [
      'a feature knows another',
      'src/renderer/features/inbox/a.ts',
      "import { x } from '../contact/x.ts';",
      '→ src/renderer/features/contact/x.ts',
    ],
    [
      'the frame knows a feature',
      'src/renderer/app/a.ts',
      "import { x } from '../features/inbox/x.ts';",
      '→ src/renderer/features/inbox/x.ts',
    ],
    [
      'a button knows contacts',
      'src/renderer/ui/a.tsx',
      "import { x } from '../../shared/domain/contact.ts';",
      '→ src/shared/domain/contact.ts',
    ],
    [
      'a button knows the store',
      'src/renderer/ui/a.tsx',
      "import { x } from '../app/workplace.ts';",
      '→ src/renderer/app/workplace.ts',
    ],
    [
      'the program knows its tests',
      'src/queue/a.ts',
      "import { aContact } from '../../tests/harness/builders.ts';",
      '→ tests/harness/builders.ts',
    ],
    [
      'a file lies where the law knows no folder',
      'src/helpers/a.ts',
      'export const a = 1;',
      'has no place in the import law',
    ],
    [
      'the window is put together from what only tests use',
      'src/renderer/app/start-window.tsx',
      "import { x } from '../testing/memory-bridge.ts';",
      '→ src/renderer/testing/memory-bridge.ts',
    ],
    [
      'a feature uses what only tests use',
      'src/renderer/features/inbox/a.ts',
      "import { x } from '../../testing/builders.ts';",
      '→ src/renderer/testing/builders.ts',
    ],
    // Packages and Node.
    ['the domain uses a package', 'src/shared/domain/a.ts', "import { z } from 'zod';", '→ zod'],
    [
      'the contract uses Node',
      'src/shared/contract/a.ts',
      "import { join } from 'node:path';",
      '→ node:path',
    ],
    ['the queue uses Electron', 'src/queue/a.ts', "import { app } from 'electron';", '→ electron'],
    [
      'the workstation uses Electron',
      'src/main/workstation/process.ts',
      "import { app } from 'electron/main';",
      '→ electron/main',
    ],
    [
      'the workstation opens a socket',
      'src/main/workstation/a.ts',
      "import { WebSocket } from 'ws';",
      '→ ws',
    ],
    ['the cache opens a socket', 'src/main/cache/a.ts', "import { WebSocket } from 'ws';", '→ ws'],
    ['the platform opens a socket', 'src/platform/a.ts', "import { WebSocket } from 'ws';", '→ ws'],
    [
      'the workstation opens a file of SQLite',
      'src/main/workstation/a.ts',
      "import Database from 'better-sqlite3';",
      '→ better-sqlite3',
    ],
    [
      'the shell opens a file of SQLite',
      'src/main/shell/a.ts',
      "import Database from 'better-sqlite3';",
      '→ better-sqlite3',
    ],
    [
      'the shell opens SQLite by way of the platform',
      'src/main/shell/a.ts',
      "import { openSqlite } from '../../platform/sqlite.ts';",
      '→ src/platform/sqlite.ts',
    ],
    ['the shell opens a socket', 'src/main/shell/a.ts', "import { WebSocket } from 'ws';", '→ ws'],
    ['the queue outside its store uses PostgreSQL', 'src/queue/a.ts', "import pg from 'pg';", '→ pg'],
    ['the window uses Node', 'src/renderer/app/a.ts', "import { readFileSync } from 'node:fs';", '→ node:fs'],
    [
      'the window uses Node by an old name',
      'src/renderer/app/a.ts',
      "import { readFileSync } from 'fs';",
      '→ fs',
    ],
    [
      'a feature uses Electron',
      'src/renderer/features/inbox/a.ts',
      "import { ipcRenderer } from 'electron';",
      '→ electron',
    ],
    // Ways of importing.
    [
      'by a type import',
      'src/shared/domain/a.ts',
      "import type { X } from '../contract/x.ts';",
      '→ src/shared/contract/x.ts (type)',
    ],
    [
      'by types among names',
      'src/shared/domain/a.ts',
      "import { type X } from '../contract/x.ts';",
      '→ src/shared/contract/x.ts (type)',
    ],
    [
      'by a type in place',
      'src/shared/domain/a.ts',
      "export type X = import('../contract/x.ts').X;",
      '→ src/shared/contract/x.ts (type)',
    ],
    [
      'by a re-export',
      'src/shared/domain/a.ts',
      "export const a = 1; export { x } from '../contract/x.ts';",
      '→ src/shared/contract/x.ts',
    ],
    [
      'while running',
      'src/shared/domain/a.ts',
      "export const x = () => import('../contract/x.ts');",
      '→ src/shared/contract/x.ts',
    ],
    [
      'by require',
      'src/shared/domain/a.ts',
      "const x = require('../contract/x.ts');",
      '→ src/shared/contract/x.ts',
    ],
    [
      'for its effect only',
      'src/shared/domain/a.ts',
      "import '../contract/x.ts';",
      '→ src/shared/contract/x.ts',
    ],
    [
      'over several lines',
      'src/shared/domain/a.ts',
      "import {\n  x,\n} from\n  '../contract/x.ts';",
      '→ src/shared/contract/x.ts',
    ],
    [
      'by a way round',
      'src/shared/domain/a.ts',
      "import { x } from '../../shared/./contract/x.ts';",
      '→ src/shared/contract/x.ts',
    ],
    [
      'from a name made while running',
      'src/queue/a.ts',
      'export const x = (n: string) => import(n);',
      'imports what cannot be read from the text',
    ],
    // Clocks, timers, chance.
    [
      'the domain reads a clock',
      'src/shared/domain/a.ts',
      'export const now = () => Date.now();',
      'uses Date.now',
    ],
    ['a clock is handed on', 'src/queue/a.ts', 'export const now = Date.now;', 'uses Date.now'],
    ['a date is made from nothing', 'src/queue/a.ts', 'export const now = new Date();', 'uses new Date()'],
    ['a date is called', 'src/queue/a.ts', 'export const now = Date();', 'uses Date()'],
    [
      'a clock is reached through the world',
      'src/queue/a.ts',
      "export const now = globalThis.Date['now']();",
      'uses Date.now',
    ],
    [
      'the stop-watch is read',
      'src/main/link/a.ts',
      'export const now = performance.now();',
      'uses performance.now',
    ],
    ['chance is asked', 'src/main/link/a.ts', 'export const x = Math.random();', 'uses Math.random'],
    [
      'an id is made on the spot',
      'src/queue/a.ts',
      'export const id = () => crypto.randomUUID();',
      'uses crypto.randomUUID',
    ],
    ['a timer is set', 'src/main/link/a.ts', 'setTimeout(() => {}, 5);', 'uses setTimeout'],
    [
      'a timer is set through the world',
      'src/renderer/features/inbox/a.ts',
      'window.setInterval(() => {}, 5);',
      'uses setInterval',
    ],
    [
      'a timer is handed on',
      'src/queue/a.ts',
      'export const deps = { after: setTimeout };',
      'uses setTimeout',
    ],
    [
      'a timer is imported',
      'src/queue/a.ts',
      "import { setTimeout as wait } from 'node:timers/promises'; void wait(5);",
      'uses node:timers/promises',
    ],
    // SQL.
    [
      'SQL stands in a service',
      'src/main/workstation/a.ts',
      "export const q = 'select id from contact where id = ?';",
      'holds SQL',
    ],
    [
      'SQL stands in a template',
      'src/queue/store/a.ts',
      'export const q = (t: string) => `insert into ${t} values (1)`;',
      'holds SQL',
    ],
    ['SQL is written large', 'src/queue/a.ts', "export const q = 'UPDATE contact SET rev = 2';", 'holds SQL'],
    [
      'SQL runs over lines',
      'src/queue/a.ts',
      'export const q = `\n  delete from\n    contact`;',
      'holds SQL',
    ],
    [
      'SQL begins with a name for a part of it',
      'src/queue/a.ts',
      "export const q = 'with one as (select 1) select * from one';",
      'holds SQL',
    ],
    [
      'a table is made outside a migration',
      'src/main/cache/a.ts',
      "export const q = 'create table contact (id text)';",
      'holds SQL',
    ],
    // Exports.
    ['something is exported without a name', 'src/queue/a.ts', 'export default 1;', 'default export'],
    [
      'something is exported as default',
      'src/queue/a.ts',
      'const a = 1; export { a as default };',
      'default export',
    ],
    ['an index passes on', 'src/queue/index.ts', "export { x } from './x.ts';", 'barrel'],
    [
      'a file passes on everything',
      'src/queue/a.ts',
      "export const a = 1; export * from './x.ts';",
      'barrel',
    ],
    [
      'a file only passes on',
      'src/queue/all.ts',
      "export { x } from './x.ts'; export type { Y } from './y.ts';",
      'barrel',
    ],
  ];
  it.each(forbidden)('W-13: %s', (_what, path, text, breach) => {
    const found = breaches({ [path]: text });
    expect(found.filter((line) => line.endsWith(` ${breach}`))).not.toEqual([]);
    expect(new Set(found.map((line) => line.replace(/^\S+ /, '')))).toContain(breach);
  });

  const allowed: readonly [what: string, path: string, text: string][] = [
    [
      'what stands in a comment',
      'src/shared/domain/a.ts',
      "// import { x } from '../contract/x.ts'; Date.now()\nexport const a = 1;",
    ],
    [
      'what stands in a string',
      'src/shared/domain/a.ts',
      'export const a = "import x from \'zod\'; Math.random()";',
    ],
    ['a date from a number', 'src/shared/domain/a.ts', 'export const day = (ms: number) => new Date(ms);'],
    ['the type of a timer', 'src/queue/a.ts', 'export let timer: ReturnType<typeof setTimeout>;'],
    [
      'a member that is called like a timer',
      'src/queue/a.ts',
      'export const stop = (s: { setTimeout(ms: number): void }) => s.setTimeout(0);',
    ],
    [
      'a sentence that reads like SQL',
      'src/renderer/ui/a.ts',
      "export const help = 'Select a contact from the list, or press F2';",
    ],
    ['SQL in a row file', 'src/main/cache/contact-rows.ts', "export const q = 'select id from contact';"],
    [
      'SQL in a migration',
      'src/queue/store/migrations/0001-first.ts',
      "export const q = 'create table contact (id uuid)';",
    ],
    [
      'the bridge’s types',
      'src/preload/a.ts',
      "import type { WorkstationBridge } from '../shared/contract/workstation.ts';",
    ],
    ['the system’s clock', 'src/platform/clock.ts', 'export const now = () => Date.now();'],
    [
      'the list of features',
      'src/renderer/app/features.ts',
      "import { inbox } from '../features/inbox/inbox.tsx';",
    ],
    [
      'a test that knows everything',
      'src/shared/domain/a.test.ts',
      "import { aContact } from '../../../tests/harness/builders.ts';",
    ],
  ];
  it.each(allowed)('W-13: … but %s is no breach', (_what, path, text) => {
    expect(breaches({ [path]: text })).toEqual([]);
  });

  it('W-13: every folder of the law is checked: a package that nobody may use is seen in each', () => {
    const paths = folders.map(({ at }) => (at.endsWith('/') ? `${at.replace('*', 'one')}a.ts` : at));
    const found = paths.flatMap((path) => breaches({ [path]: "import 'left-pad';" }));
    expect(found).toEqual(paths.map((path) => `${path}:1 → left-pad`));
  });
});

describe('SQL in a text', () => {
  it.each([
    'select 1',
    'Update the settings',
    'from',
    'update',
    'delete',
    'Insert into the record what was said',
    '',
  ])('S-10: "%s" is not taken for a statement on a table', (text) => {
    expect(isSql(text)).toBe(false);
  });
});
