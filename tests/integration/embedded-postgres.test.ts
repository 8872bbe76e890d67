import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Logger } from '../../src/platform/log.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/queue/embedded-postgres.ts';

const ownerProgram = join(import.meta.dirname, 'embedded-postgres', 'owner.ts');
const asRoot = process.getuid?.() === 0;

let place: string;
let dataDir: string;
let said: string[];
let log: Logger;
let running: EmbeddedPostgres[];
let owners: ChildProcess[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-postgres-'));
  // Root's account for PostgreSQL has to pass through; mkdtemp shuts everyone else out.
  chmodSync(place, 0o755);
  dataDir = join(place, 'data');
  said = [];
  const keep = (message: string) => void said.push(message);
  log = { info: keep, warn: keep, error: keep };
  running = [];
  owners = [];
});

afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  await Promise.all(owners.filter((owner) => owner.exitCode === null && owner.signalCode === null).map(end));
  rmSync(place, { recursive: true, force: true });
});

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log });
  running.push(postgres);
  return postgres;
}

/** Starts the owner program and waits for its one line. */
async function startOwner(folder: string, account: { uid?: number; gid?: number } = {}) {
  const owner = spawn(process.execPath, [ownerProgram, folder], {
    ...account,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  for await (const line of createInterface({ input: owner.stdout })) {
    const { connectionString, refusal }: { connectionString?: string; refusal?: string } = JSON.parse(line);
    return { owner, connectionString: connectionString ?? '', refusal };
  }
  throw new Error('the owner program said nothing');
}

async function query(connectionString: string, sql: string): Promise<readonly unknown[][]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const result = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return result.rows;
  } finally {
    await client.end();
  }
}

async function kill(owner: ChildProcess): Promise<void> {
  const ended = once(owner, 'exit');
  owner.kill('SIGKILL');
  await ended;
}

/** Asks an owner to end in order; its exit code and signal. */
async function end(owner: ChildProcess): Promise<readonly unknown[]> {
  const ended = once(owner, 'exit');
  owner.kill('SIGTERM');
  return ended;
}

const postmaster = (folder = dataDir) =>
  Number.parseInt(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8'), 10);

/** A process that has ended but that nobody has waited for (a container's first process may not) still has a number. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
}

describe('the embedded PostgreSQL', () => {
  it('keeps what was committed when it is stopped and started again', async () => {
    const first = await start();
    await query(first.connectionString, 'create table kept as select 999 as line');
    await first.stop();

    const second = await start();
    expect(await query(second.connectionString, 'select line from kept')).toEqual([[999]]);
  });

  it('keeps the promises of a server: fsync, durable commits, loopback only, order by code point', async () => {
    const { connectionString } = await start();
    const setting = async (name: string) => (await query(connectionString, `show ${name}`))[0]?.[0];
    expect(await setting('fsync')).toBe('on');
    expect(await setting('full_page_writes')).toBe('on');
    expect(await setting('synchronous_commit')).toBe('on');
    expect(await setting('data_checksums')).toBe('on');
    expect(await setting('listen_addresses')).toBe('127.0.0.1');
    expect(await query(connectionString, `select 'Z' < 'a', 'z' < 'é'`)).toEqual([[true, true]]);
  });

  it('asks for a password, which only the owner of the folder can read', async () => {
    const { connectionString } = await start();
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    await expect(query(connectionString.replace(/:[^:@/]+@/, ':wrong@'), 'select 1')).rejects.toThrow(
      /password/,
    );
    expect(readdirSync(dataDir).toSorted()).toEqual(['cluster', 'password']);
  });

  it('says nothing of what a statement held, not even when it fails', async () => {
    const { connectionString } = await start();
    await expect(query(connectionString, `select 'Mrs Example, 1 High Street'::int`)).rejects.toThrow(
      /invalid input/,
    );
    await running[0]?.stop();
    expect(said.join('\n')).not.toContain('High Street');
  });

  it('stops the server that a killed owner left behind, and loses nothing', async () => {
    const killed = await startOwner(dataDir);
    await query(killed.connectionString, 'create table kept as select 999 as line');
    const orphan = postmaster();
    await kill(killed.owner);
    expect(isAlive(orphan)).toBe(true);

    const { connectionString } = await start();
    expect(isAlive(orphan)).toBe(false);
    expect(said.join('\n')).toContain(`left PostgreSQL running (process ${orphan}); it was stopped`);
    expect(await query(connectionString, 'select line from kept')).toEqual([[999]]);
  });

  it('replays its log when owner and server were killed together', async () => {
    const killed = await startOwner(dataDir);
    await query(killed.connectionString, 'create table kept as select 999 as line');
    const server = postmaster();
    await kill(killed.owner);
    process.kill(server, 'SIGKILL');

    const { connectionString } = await start();
    expect(await query(connectionString, 'select line from kept')).toEqual([[999]]);
  });

  it('does not take another living process for a server, when a number has been used again', async () => {
    await (await start()).stop();
    writeFileSync(
      join(dataDir, 'cluster', 'postmaster.pid'),
      `${process.pid}\n${join(dataDir, 'cluster')}\n`,
    );

    const { connectionString } = await start();
    expect(await query(connectionString, 'select 1')).toEqual([[1]]);
  });

  it('refuses a folder that another running program holds, naming it, and leaves that one alone', async () => {
    const holder = await startOwner(dataDir);
    await expect(start()).rejects.toThrow(`in use by another running program (process ${holder.owner.pid})`);
    expect(await query(holder.connectionString, 'select 1')).toEqual([[1]]);
  });

  it('refuses the data of another PostgreSQL version in a sentence, and changes nothing', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(`belongs to PostgreSQL 17; this program brings 18`);

    writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '18\n');
    const { connectionString } = await start();
    expect(await query(connectionString, 'select 1')).toEqual([[1]]);
  });

  it('starts over when the first start was cut short', async () => {
    mkdirSync(join(dataDir, 'cluster.new'), { recursive: true });
    writeFileSync(join(dataDir, 'cluster.new', 'PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'password'), 'of the attempt that was cut short');

    const { connectionString } = await start();
    expect(await query(connectionString, 'select 1')).toEqual([[1]]);
    expect(existsSync(join(dataDir, 'cluster.new'))).toBe(false);
  });

  it('ends in order when its owner is asked to end', async () => {
    const { owner } = await startOwner(dataDir);
    const server = postmaster();
    expect(await end(owner)).toEqual([0, null]);
    expect(isAlive(server)).toBe(false);
    expect(existsSync(join(dataDir, 'cluster', 'postmaster.pid'))).toBe(false);
  });
});

describe.skipIf(!asRoot)('the embedded PostgreSQL, started by root', () => {
  it('never runs as root', async () => {
    await start();
    expect(statSync(join(dataDir, 'cluster')).uid).not.toBe(0);
  });

  it('keeps the data elsewhere, says where and finds it again, when its account cannot enter the folder', async () => {
    chmodSync(place, 0o700);
    const first = await start();
    await query(first.connectionString, 'create table kept as select 999 as line');
    const home = readFileSync(join(dataDir, 'postgresql-data-is-elsewhere.txt'), 'utf8').trim();
    try {
      expect(said.join('\n')).toContain(`data is kept in ${home}`);
      await first.stop();
      const second = await start();
      expect(await query(second.connectionString, 'select line from kept')).toEqual([[999]]);
      await second.stop();
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('is run by an ordinary user as that user', async (test) => {
    const id = (flag: string) =>
      Number.parseInt(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout, 10);
    const nobody = { uid: id('-u'), gid: id('-g') };
    const reaches = spawnSync(process.execPath, ['--version'], nobody).status === 0;
    if (!reaches) test.skip('the project lies in a folder that only root may enter');

    chmodSync(place, 0o777);
    const { connectionString, refusal } = await startOwner(dataDir, nobody);
    expect(refusal).toBeUndefined();
    expect(await query(connectionString, 'select 1')).toEqual([[1]]);
    expect(statSync(join(dataDir, 'cluster')).uid).toBe(nobody.uid);
  });
});
