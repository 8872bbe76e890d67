import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { migrations } from '../../src/queue/store/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';

const root = join(import.meta.dirname, '..', '..');
const readySchema = z.object({
  ready: z.literal(true),
  desk: z.string(),
  intake: z.string(),
  intakeKeyFile: z.string(),
});

/** Somebody with an account in every demo realm. */
const demoHandler = { handler: '1001', pin: '2580' };

/** A program of this project, started as a person would, with what it says. */
class Program {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  errors = '';
  readonly ended: Promise<number | null>;
  readonly #waiting: (() => void)[] = [];

  constructor(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [join(root, file), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.child;
    if (stdout === null || stderr === null) throw new Error('no pipes');
    stderr.on('data', (text: Buffer) => {
      this.errors += text.toString('utf8');
    });
    createInterface(stdout).on('line', (line) => {
      this.lines.push(line);
      for (const wake of this.#waiting.splice(0)) wake();
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        resolve(code);
        for (const wake of this.#waiting.splice(0)) wake();
      });
    });
  }

  async line(fits: (line: string) => boolean): Promise<string> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found !== undefined) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`it ended: ${this.errors}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

describe('the queue as a program', () => {
  let data: string;
  let running: Program[];
  let database: TestDatabase | null;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'fcr-queue-'));
    // Root's account for PostgreSQL has to pass through; mkdtemp shuts everyone else out.
    chmodSync(data, 0o755);
    running = [];
    database = null;
  });
  afterEach(async () => {
    await Promise.all(running.map((program) => program.stop('SIGTERM')));
    await database?.drop();
    rmSync(data, { recursive: true, force: true });
  });

  const program = (...args: ConstructorParameters<typeof Program>) => {
    const started = new Program(...args);
    running.push(started);
    return started;
  };
  const startQueue = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const queue = program('src/queue/index.ts', ['--data', data, ...args], env);
    const ready = readySchema.parse(JSON.parse(await queue.line((line) => line.includes('"ready":true'))));
    const intakeKey = z
      .object({ demo: z.string() })
      .parse(JSON.parse(readFileSync(ready.intakeKeyFile, 'utf8'))).demo;
    return { queue, deskUrl: ready.desk, intakeUrl: ready.intake, intakeKey, keyFile: ready.intakeKeyFile };
  };
  const snapshotOf = async (deskUrl: string) => {
    await using desk = await DeskClient.welcomed(deskUrl, demoHandler);
    await desk.first('SNAPEND');
    const text = desk
      .all('SNAP')
      .map(({ data: slice }) => slice)
      .join('');
    return text === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => contactSchema.parse(JSON.parse(line)));
  };
  const freePort = async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return String(port);
  };

  it('C-01 has every accepted contact after a kill -9 under load, and no contact twice', async () => {
    database = await createTestDatabase();
    const env = { DATABASE_URL: database.connectionString };
    const port = await freePort();
    const first = await startQueue(['--port', port], env);
    const receipts = new Map<string, string>();
    let isDown = false;
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let n = 0; n < 40; n += 1) {
        const key = `s${sender}-${n}`;
        // As a source must: the same contact under the same key until the queue has said that it has it.
        for (;;) {
          const answer = await post(
            first,
            aBody({ title: key, channel: n % 3 === 0 ? '999-voice' : '101-voice' }),
            { key },
          ).catch(() => null);
          if (answer !== null && (answer.status === 200 || answer.status === 201)) {
            receipts.set(key, (answer.body as { id: string }).id);
            break;
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
        if (receipts.size >= 60 && !isDown) {
          isDown = true;
          await first.queue.stop('SIGKILL');
          await startQueue(['--port', port], env);
        }
      }
    });
    await Promise.all(senders);
    expect(isDown).toBe(true);
    const contacts = await snapshotOf(first.deskUrl);
    expect(contacts).toHaveLength(320);
    expect(new Map(contacts.map(({ title, id }) => [title, id]))).toEqual(receipts);
    expect(contacts.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 320 }, (_, n) => n + 1),
    );
  });

  it('S-05 says in one sentence that a newer program has changed its database, and ends with 1', async () => {
    database = await createTestDatabase();
    const { queue } = await startQueue(['--port', '0'], { DATABASE_URL: database.connectionString });
    await database.sql.query(`insert into schema_version (version, name) values (99, 'from tomorrow')`);
    expect(await queue.ended).toBe(1);
    expect(queue.errors).toContain(
      `The database has form 99; this program knows up to ${migrations.length}. Update the program.`,
    );
  });

  it('S-10 keeps contacts in its own PostgreSQL over a stop and a start, and ends with 0', async () => {
    const first = await startQueue(['--port', '0']);
    expect((await post(first, aBody({ title: 'kept' }))).status).toBe(201);
    expect(await first.queue.stop('SIGTERM')).toBe(0);
    const second = await startQueue(['--port', '0']);
    expect((await snapshotOf(second.deskUrl)).map(({ title }) => title)).toEqual(['kept']);
    expect(second.intakeKey).toBe(first.intakeKey);
    if (process.platform !== 'win32') expect(statSync(first.keyFile).mode & 0o777).toBe(0o600);
  });

  it('C-11 logs nothing that the public said', async () => {
    const { queue, deskUrl, ...intake } = await startQueue(['--memory', '--port', '0']);
    const secret = { name: 'Quentin Zebra', number: '07700 900999', address: '9 Zebra Yard' };
    await post(intake, aBody({ caller: secret, account: 'zebra words', title: 'zebra title' }));
    await post(intake, aBody({ caller: secret, account: 'zebra \u0000' }));
    await using desk = await DeskClient.welcomed(deskUrl, demoHandler);
    desk.send({ t: 'zebra' });
    await desk.closed;
    await queue.stop('SIGTERM');
    expect(queue.lines.join('\n') + queue.errors).not.toMatch(/zebra|900999/i);
  });

  it('C-14 checks the audit of its own PostgreSQL, tells in one sentence, and ends with 0 or 1', async () => {
    const check = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const run = program('src/queue/index.ts', ['--check-audit', '--data', data, ...args], env);
      return { code: await run.ended, lines: run.lines, errors: run.errors };
    };
    expect(await check([])).toEqual({
      code: 1,
      lines: [],
      errors: `There is no queue’s database in ${data}.\n`,
    });
    const first = await startQueue(['--port', '0']);
    await post(first, aBody());
    expect(await first.queue.stop('SIGTERM')).toBe(0);
    expect(await check([])).toEqual({ code: 0, lines: ['6 entries, unbroken'], errors: '' });

    database = await createTestDatabase();
    const env = { DATABASE_URL: database.connectionString };
    const second = await startQueue(['--port', '0'], env);
    await post(second, aBody());
    await database.sql.query('alter table event disable trigger all');
    await database.sql.query('update event set at = 0');
    expect(await check([], env)).toEqual({ code: 1, lines: ['event 1 is not what was audited'], errors: '' });
  });

  it('A-12 changes accounts while the queue runs on its own PostgreSQL, and shows no PIN but a new one', async () => {
    const { queue, deskUrl } = await startQueue(['--port', '0']);
    const pinFile = join(data, 'pin');
    writeFileSync(pinFile, '135790\n');
    const accounts = async (...words: readonly string[]) => {
      const run = program('src/queue/index.ts', ['accounts', ...words, '--data', data]);
      return { code: await run.ended, lines: run.lines, errors: run.errors };
    };
    const kim = ['--number', '1234', '--name', 'Kim Zebra', '--role', 'handler'];
    expect(await accounts('add', ...kim, '--pin-file', pinFile)).toEqual({
      code: 0,
      lines: ['Account 1234 was made, as handler.'],
      errors: '',
    });
    await using desk = await DeskClient.welcomed(deskUrl, { handler: '1234', pin: '135790' });
    expect(desk.welcome.signedIn.person.name).toBe('Kim Zebra');
    expect(await accounts('add', ...kim, '--new-pin')).toEqual({
      code: 1,
      lines: [],
      errors: 'There is an account 1234 already.\n',
    });
    expect((await accounts('close', '--number', '1234')).code).toBe(0);
    expect((await desk.closed).code).toBe(4004);
    expect((await accounts('list')).lines).toEqual([
      '1001\thandler\topen\tSam Okafor',
      '1002\thandler\topen\tPriya Nair',
      '1234\thandler\tclosed\tKim Zebra',
      '2001\ttrainee\topen\tLeo Hartley',
      '3001\tmentor\topen\tRuth Ellery',
      '4001\tteam-leader\topen\tNadia Brandt',
    ]);
    await queue.stop('SIGTERM');
    expect(queue.lines.join('\n') + queue.errors).not.toMatch(/Zebra|135790/);
  });

  it.each(['live', 'training'] as const)(
    'A-12 makes no account in the realm %s by itself, and takes no realm for granted',
    async (realm) => {
      database = await createTestDatabase();
      const env = { DATABASE_URL: database.connectionString };
      writeFileSync(join(data, 'intake-keys.json'), JSON.stringify({ demo: 'k'.repeat(20) }), {
        mode: 0o600,
      });
      writeFileSync(join(data, 'photo-keys'), `${'ab'.repeat(32)}\n`, { mode: 0o600 });
      const list = (...words: readonly string[]) =>
        program('src/queue/index.ts', ['accounts', 'list', ...words], env);
      const unsaid = list();
      expect([await unsaid.ended, unsaid.errors]).toEqual([
        1,
        'No queue has opened this database yet: say with --realm whether it is live, demo or training.\n',
      ]);
      await startQueue(['--port', '0', '--realm', realm], env);
      const said = list();
      expect([await said.ended, said.lines, said.errors]).toEqual([0, [], '']);
      expect(await list('--realm', 'demo').ended).toBe(1);
    },
  );

  it('says in one sentence that the port is in use, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const queue = program('src/queue/index.ts', ['--memory', '--data', data, '--port', String(port)]);
    expect(await queue.ended).toBe(1);
    expect(queue.errors).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program: stop it, or choose another with --port.\n`,
    );
    other.close();
  });

  it.each([
    [['--port', 'x'], /--port must be a number/],
    [['--realm', 'play'], /--realm must be/],
    [['--nonsense'], /nonsense/],
    [['accounts', 'sack', '--number', '1'], /wants one of: list, add/],
    [['--realm', 'live', '--memory'], /must not run with --memory/],
  ])('refuses %j with a sentence and the usage', async (args, sentence) => {
    const queue = program('src/queue/index.ts', args);
    expect(await queue.ended).toBe(2);
    expect(queue.errors).toMatch(sentence);
    expect(queue.errors).toContain('usage:');
  });

  it('C-01 is fed by the demand generator, which loses nothing when the queue restarts', async () => {
    database = await createTestDatabase();
    const env = { DATABASE_URL: database.connectionString };
    const port = await freePort();
    const first = await startQueue(['--port', port], env);
    const demand = program('src/demand/index.ts', [
      '--queue',
      new URL(first.intakeUrl).origin,
      '--key-file',
      first.keyFile,
      '--rate',
      '1000',
      '--from',
      '2026-11-21T18:00',
      '--seed',
      '7',
      '--count',
      '60',
    ]);
    await demand.line((line) => line.includes('received'));
    await first.queue.stop('SIGKILL');
    const second = await startQueue(['--port', port], env);
    expect(await demand.ended).toBe(0);
    const contacts = await snapshotOf(second.deskUrl);
    expect(contacts).toHaveLength(60);
    expect(contacts.filter(({ band }) => band === 'A').length).toBeGreaterThan(10);
    const refs = demand.lines.flatMap((line) => (JSON.parse(line) as { received?: string }).received ?? []);
    expect(new Set(refs)).toEqual(new Set(contacts.map(({ ref }) => ref)));
  });
});
