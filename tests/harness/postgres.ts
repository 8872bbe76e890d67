import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll } from 'vitest';
import { silentLogger } from '../../src/platform/log.ts';
import { startEmbeddedPostgres } from '../../src/queue/embedded-postgres.ts';

/** The one PostgreSQL of a test file: started when the first test wants a database, stopped at the end of the file. */
let server: ReturnType<typeof start> | null = null;

async function start() {
  const place = mkdtempSync(join(tmpdir(), 'fcr-test-postgres-'));
  // Root's account for PostgreSQL has to pass through; mkdtemp shuts everyone else out.
  chmodSync(place, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: join(place, 'data'), log: silentLogger });
  return { postgres, place };
}

afterAll(async () => {
  if (server === null) return;
  const { postgres, place } = await server;
  server = null;
  await postgres.stop();
  rmSync(place, { recursive: true, force: true });
});

/** A new, empty database on a real PostgreSQL. */
export interface TestDatabase {
  readonly connectionString: string;
  /** A connection as the superuser, past the queue: for looking, and for doing what nobody should. */
  readonly sql: Client;
  drop(): Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  server ??= start();
  const { postgres } = await server;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new Client({ connectionString: postgres.connectionString });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(postgres.connectionString);
  url.pathname = `/${name}`;
  const sql = new Client({ connectionString: url.href });
  await sql.connect();
  // `drop … with (force)` ends other connections; that must not end the test run.
  sql.on('error', () => undefined);
  return {
    connectionString: url.href,
    sql,
    async drop() {
      await sql.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
