import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeskStore } from '../../src/main/cache/open-desk-store.ts';
import type { Start } from '../../src/main/workstation/process-protocol.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aCommand, aContact, anActor, anId, testStart } from '../harness/builders.ts';
import { keepSignIn } from '../harness/kept-sign-in.ts';
import { WorkstationProgram, workstationProgram } from '../harness/workstation-program.ts';

const parent = join(import.meta.dirname, 'desk-process', 'parent.ts');
const key = '4b'.repeat(32);
const contact = aContact().id;
const writer = anActor().handler;
const draft = { text: 'Half a sen', caret: 4 };

let place: string;
let folder: string;
let start: Start;
let programs: WorkstationProgram[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-process-'));
  folder = join(place, 'profile');
  start = {
    kind: 'start',
    demoSignIn: null,
    folder,
    profile: 'test',
    realm: 'demo',
    appVersion: '1',
    queue: null,
    key,
    faults: [],
  };
  programs = [];
});

afterEach(async () => {
  await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()));
  rmSync(place, { recursive: true, force: true });
});

function run(): WorkstationProgram {
  const one = new WorkstationProgram();
  programs.push(one);
  return one;
}

/** What is in the profile, once no program has it open. */
function look() {
  const { store, faults, uncleanEnd, release } = openDeskStore({
    folder,
    realm: 'demo',
    key,
    newId: () => anId(1),
    clock: systemClock,
  });
  const found = {
    draft: store.draft(writer, contact),
    acts: store.outbox().map(({ command }) => command.act),
    faults,
    uncleanEnd,
  };
  store.close();
  release();
  return found;
}

/** A profile in which somebody is signed in and has kept a note. */
function prepare(): void {
  const { store, release } = openDeskStore({
    folder,
    realm: 'demo',
    key,
    newId: () => anId(1),
    clock: systemClock,
  });
  keepSignIn(store, { until: later(systemClock.now(), 3_600_000) });
  store.keep(aCommand({ act: { kind: 'note', text: 'from before', happenedAt: null } }), {
    keptAt: testStart,
    mono: 1,
    clearsDraft: false,
  });
  store.close();
  release();
}

describe('the workstation process', () => {
  it('S-08: starts when it is told to, answers requests under their ids, pushes, and stops in good order', async () => {
    prepare();
    const one = await run().begin(start);
    const [desk, outbox, kept] = await Promise.all([
      one.request('desk.read', {}),
      one.request('outbox.read', {}),
      one.request('draft.save', { contact, draft }),
    ]);
    await one.until('push', ({ name }) => name === 'desk.changed');
    one.tell({ kind: 'stop' });
    const end = await one.ended;
    expect({ desk, outbox, kept, end, left: look() }).toMatchObject({
      desk: { ok: true, value: { realm: 'demo', storage: 'file', faults: [] } },
      outbox: {
        ok: true,
        value: {
          items: [{ act: { kind: 'note', text: 'from before', happenedAt: null }, state: 'waiting' }],
        },
      },
      kept: { ok: true, value: { kind: 'kept' } },
      end: { code: 0, signal: null },
      left: {
        draft,
        acts: [{ kind: 'note', text: 'from before', happenedAt: null }],
        faults: [],
        uncleanEnd: false,
      },
    });
  });

  it('W-14: what it does not understand does not end it, and is answered only where there is somebody to answer', async () => {
    const one = run();
    for (const message of [
      {},
      7,
      'start',
      { kind: 'later' },
      { kind: 'request', id: 'x', name: 'desk.read', input: {} },
      null,
      [],
    ])
      one.tell(message);
    const early = await one.request('desk.read', {});
    await one.begin(start);
    const answers = [
      await one.request('no.such', {}),
      await one.request('settings.read', {}),
      await one.request('draft.save', { contact: 'not an id', draft }),
      await one.request('__proto__', {}),
      await one.request('desk.read', {}),
    ];
    expect([early, answers.map((answer) => (answer.ok ? 'ok' : answer.why))]).toEqual([
      { ok: false, why: 'desk.read is not served here' },
      [
        'no such request',
        'settings.read is not served here',
        'draft.save: contact is not valid',
        'no such request',
        'ok',
      ],
    ]);
  });

  it('X-01, X-09: killed, the next start finds every act and half-typed word that it said it kept, and knows of the unclean end', async () => {
    prepare();
    const one = await run().begin(start);
    await one.request('draft.save', { contact, draft });
    one.child.kill('SIGKILL');
    await one.ended;
    const two = await run().begin(start);
    const reading = await two.request('contact.read', { contact });
    two.child.kill('SIGKILL');
    await two.ended;
    expect([reading, look()]).toEqual([
      { ok: true, value: { kind: 'unknown', draft } },
      {
        draft,
        acts: [{ kind: 'note', text: 'from before', happenedAt: null }],
        faults: [],
        uncleanEnd: true,
      },
    ]);
  });

  it('X-09: when the shell is gone without a word it ends by itself, and the file is closed in good order', async () => {
    prepare();
    const shell = spawn(
      process.execPath,
      [parent, workstationProgram, JSON.stringify(start), JSON.stringify({ contact, draft })],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await once(shell.stdout, 'data');
    expect(existsSync(join(folder, 'running'))).toBe(true);
    shell.kill('SIGKILL');
    await once(shell, 'close');
    expect(await lookWhenFree()).toMatchObject({ draft, faults: [], uncleanEnd: false });
  });

  it('S-08: a second program on the same profile says busy, serves nothing, and leaves the first alone', async () => {
    const one = await run().begin(start);
    const two = run();
    two.tell(start);
    const refusal = await two.until('cannot-start');
    const served = await two.request('desk.read', {});
    expect([refusal, served.ok, (await one.request('draft.save', { contact, draft })).ok]).toEqual([
      { kind: 'cannot-start', why: 'busy' },
      false,
      true,
    ]);
  });

  it('S-09: a profile folder that cannot be used is said to be so', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const one = run();
    one.tell(start);
    expect(await one.until('cannot-start')).toEqual({ kind: 'cannot-start', why: 'io' });
  });

  it('S-06: damage found by the check after an unclean end ends it with a code of its own; the next start carries the work over', async () => {
    prepare();
    const one = await run().begin(start);
    await one.request('draft.save', { contact, draft });
    one.child.kill('SIGKILL');
    await one.ended;
    look();
    writeFileSync(join(folder, 'running'), '');
    damageAPageNobodyReads();
    const two = await run().begin(start);
    const end = await two.ended;
    const three = await run().begin(start);
    const desk = await three.request('desk.read', {});
    three.tell({ kind: 'stop' });
    await three.ended;
    expect([end, desk, look()]).toMatchObject([
      { code: 70, signal: null },
      { ok: true, value: { faults: [{ fault: { kind: 'cache-damaged', salvaged: 2 } }] } },
      { draft, acts: [{ kind: 'note', text: 'from before', happenedAt: null }], faults: [] },
    ]);
  });

  /** The last page of a new file is the draft's or an index's: which one that opening does not read is found by trying. */
  function damageAPageNobodyReads(): void {
    const path = join(folder, 'desk.db');
    const whole = readFileSync(path);
    for (let page = whole.length / 4096 - 1; page > 0; page -= 1) {
      const damaged = Buffer.from(whole);
      damaged.fill(0xee, page * 4096 + 100, page * 4096 + 164);
      writeFileSync(path, damaged);
      try {
        const { store, faults, release } = openDeskStore({
          folder,
          realm: 'demo',
          key,
          newId: () => anId(1),
          clock: systemClock,
        });
        const isReadable =
          attempt(() => store.outbox().length) === 1 && attempt(() => store.draft(writer, contact)) !== null;
        store.close();
        release();
        if (faults.length === 0 && isReadable) {
          writeFileSync(path, damaged);
          writeFileSync(join(folder, 'running'), '');
          return;
        }
      } finally {
        rmSync(join(folder, 'set-aside'), { recursive: true, force: true });
      }
    }
    throw new Error('every page is read');
  }
});

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Looks as soon as no program has the profile open. */
async function lookWhenFree(): Promise<ReturnType<typeof look>> {
  for (;;) {
    const found = attempt(look);
    if (found !== null) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
