import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { silentLogger } from '../../src/platform/log.ts';
import { startEmbeddedPostgres } from '../../src/queue/embedded-postgres.ts';
import { auditFlaw, eventFlaw } from '../../src/queue/store/audit-chain.ts';
import { auditAfterRow, auditHeadRow } from '../../src/queue/store/audit-rows.ts';
import { entriesAfterRow } from '../../src/queue/store/log-rows.ts';
import type { Realm } from '../../src/shared/contract/realm.ts';
import { asLsn } from '../../src/shared/domain/ids.ts';
import { aBody, post } from './arrivals.ts';
import type { ChatDoor } from './public-page.ts';
import { programFolder, programNode } from './e2e-program.ts';

/** One real PostgreSQL for a whole run of journeys; each queue gets a database of its own in it. */
export interface Cluster extends AsyncDisposable {
  readonly connectionString: string;
}

export async function startCluster(): Promise<Cluster> {
  const place = mkdtempSync(join(tmpdir(), 'fcr-e2e-postgres-'));
  // Root's account for PostgreSQL has to pass through; mkdtemp shuts everyone else out.
  chmodSync(place, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: join(place, 'data'), log: silentLogger });
  return {
    connectionString: postgres.connectionString,
    async [Symbol.asyncDispose]() {
      await postgres.stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** A contact's id and the reference that the window shows. */
export interface Receipt {
  readonly id: string;
  readonly ref: string;
}

/** An entry of a contact's history, and of its audit, as short as a test wants it. */
export interface History {
  readonly events: readonly string[];
  readonly audit: readonly string[];
}

/** How a queue is started; what is left out is the demo's. */
export interface E2eQueueWish {
  readonly realm?: Realm;
  /** The folder with what the force has on record. */
  readonly register?: string | null;
  /** The service that translates, and where it is; nobody does when left out. */
  readonly translation?: { readonly engine: string; readonly url: string } | null;
}

/** The real queue as a program of its own, on real PostgreSQL. */
export class E2eQueue implements AsyncDisposable {
  readonly #connectionString: string;
  readonly #admin: pg.Client;
  readonly #database: string;
  readonly #data: string;
  readonly #realm: Realm;
  readonly #register: string | null;
  readonly #translation: NonNullable<E2eQueueWish['translation']> | null;
  readonly #db: pg.Client;
  readonly port: number;
  #child: ChildProcess | null = null;
  #intakeKey = '';
  /** The file with the keys of the intake's sources. */
  intakeKeyFile = '';
  errors = '';

  private constructor(options: {
    admin: pg.Client;
    db: pg.Client;
    connectionString: string;
    database: string;
    port: number;
    realm: Realm;
    register: string | null;
    translation: NonNullable<E2eQueueWish['translation']> | null;
  }) {
    this.#admin = options.admin;
    this.#db = options.db;
    this.#connectionString = options.connectionString;
    this.#database = options.database;
    this.#realm = options.realm;
    this.#register = options.register;
    this.#translation = options.translation;
    this.port = options.port;
    this.#data = mkdtempSync(join(tmpdir(), 'fcr-e2e-queue-'));
  }

  static async start(
    cluster: Cluster,
    { realm = 'demo', register = null, translation = null }: E2eQueueWish = {},
  ): Promise<E2eQueue> {
    const database = `e2e_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: cluster.connectionString });
    await admin.connect();
    await admin.query(`create database ${database}`);
    const url = new URL(cluster.connectionString);
    url.pathname = `/${database}`;
    const db = new pg.Client({ connectionString: url.href });
    await db.connect();
    // `drop … with (force)` ends other connections; that must not end the test run.
    db.on('error', () => undefined);
    const port = await freePort();
    const queue = new E2eQueue({
      ...{ admin, db, connectionString: url.href, database, port, realm, register, translation },
    });
    await queue.start();
    return queue;
  }

  get deskUrl(): string {
    return `ws://127.0.0.1:${this.port}/desk`;
  }

  /**
   * Starts the program, or starts it again on the same port and data after `kill`. `aheadMs`: its clock goes so far ahead of this machine's, as if
   * that time had passed; desks go by the queue's clock (rule L-17).
   */
  async start({ aheadMs = 0 }: { readonly aheadMs?: number } = {}): Promise<void> {
    const ahead = `const now = Date.now; Date.now = () => now() + ${aheadMs};`;
    const clock = aheadMs === 0 ? [] : ['--import', `data:text/javascript,${encodeURIComponent(ahead)}`];
    const args = ['--port', String(this.port), '--data', this.#data, '--realm', this.#realm];
    if (this.#register !== null) args.push('--register', this.#register);
    if (this.#translation !== null)
      args.push('--translation', this.#translation.engine, '--translation-url', this.#translation.url);
    const child = spawn(programNode, [...clock, join(programFolder, 'src/queue/index.ts'), ...args], {
      cwd: programFolder,
      env: { ...process.env, DATABASE_URL: this.#connectionString },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.on('data', (text: Buffer) => {
      this.errors += text.toString('utf8');
    });
    const ready = new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('{"ready":true')) resolve(line);
      });
      child.once('close', () => reject(new Error(`the queue ended: ${this.errors}`)));
    });
    const { intakeKeyFile } = JSON.parse(await ready) as { readonly intakeKeyFile: string };
    this.intakeKeyFile = intakeKeyFile;
    this.#intakeKey = (JSON.parse(readFileSync(intakeKeyFile, 'utf8')) as { readonly demo: string }).demo;
  }

  /** Ends the program at once, as a power cut does. What it had committed is in the database. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** The program's process, while it runs. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The intake, as a source speaks to it. */
  get door(): ChatDoor {
    return { intakeUrl: `http://127.0.0.1:${this.port}/intake`, intakeKey: this.#intakeKey };
  }

  /** A contact comes in by the public door. By default a 101 call. */
  async arrive(body: Readonly<Record<string, unknown>> = {}): Promise<Receipt> {
    const answer = await post(this.door, aBody(body));
    if (answer.status !== 201)
      throw new Error(`the intake said ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Receipt;
  }

  emergency(body: Readonly<Record<string, unknown>> = {}): Promise<Receipt> {
    return this.arrive({ channel: '999-voice', title: 'Intruder in the house', ...body });
  }

  /** Looks into the database, past the queue. */
  async sql<R extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await this.#db.query<R>(text, [...values]);
    return rows;
  }

  /** What has happened to a contact, and what the audit says of it, each in order. */
  async history(contact: string): Promise<History> {
    const events = await this.sql<{ kind: string }>(
      'select kind from event where contact = $1 order by lsn',
      [contact],
    );
    const audit = await this.sql<{ act: string; outcome: string }>(
      'select act, outcome from audit where contact = $1 order by seq',
      [contact],
    );
    return {
      events: events.map(({ kind }) => kind),
      audit: audit.map(({ act, outcome }) => `${act} ${outcome}`),
    };
  }

  async contact(
    id: string,
  ): Promise<{ state: string; owner: number | null; rev: number; body: ContactBody }> {
    const [row] = await this.sql<{
      state: string;
      owner_number: number | null;
      rev: number;
      body: ContactBody;
    }>('select state, owner_number, rev, body from contact where id = $1', [id]);
    if (row === undefined) throw new Error(`no contact ${id}`);
    return { state: row.state, owner: row.owner_number, rev: row.rev, body: row.body };
  }

  /** Where the audit chain does not hold or an event is not the one that was audited; `null` when all is well. */
  async auditFlaw(): Promise<string | null> {
    const entries = await auditAfterRow(this.#db, 0, 10_000);
    const events = await entriesAfterRow(this.#db, asLsn(0), 10_000);
    return auditFlaw(entries, await auditHeadRow(this.#db)) ?? eventFlaw(entries, events);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.#db.end();
    await this.#admin.query(`drop database ${this.#database} with (force)`);
    await this.#admin.end();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** What the tests read of a contact as the queue keeps it. */
export interface ContactBody {
  readonly grade: string | null;
  readonly notes: readonly { readonly text: string }[];
  readonly closing: { readonly outcome: string; readonly reason: string } | null;
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
