/**
 * A program that owns an embedded PostgreSQL, for tests that kill it: `node owner.ts FOLDER` prints one line of JSON,
 * the connection string or the refusal, and stops in order on SIGTERM.
 */
import { silentLogger } from '../../../src/platform/log.ts';
import { startEmbeddedPostgres } from '../../../src/queue/embedded-postgres.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: silentLogger });
  const stayAlive = setInterval(() => {}, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(stayAlive);
    void postgres.stop();
  });
  process.stdout.write(`${JSON.stringify({ connectionString: postgres.connectionString })}\n`);
} catch (fault) {
  process.stdout.write(
    `${JSON.stringify({ refusal: fault instanceof Error ? fault.message : String(fault) })}\n`,
  );
}
