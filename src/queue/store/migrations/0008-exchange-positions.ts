import type { Migration } from '../migrate.ts';

/**
 * How far each exchange has been told what handlers do (rule TE-09), one row for each source. Without a row nothing was told yet, and the
 * telling begins at the log's end. Frozen like every migration.
 */
export const exchangePositions: Migration = {
  version: 8,
  name: 'exchange positions',
  sql: `
create table exchange_position (
  source text collate "C" primary key,
  lsn bigint not null check (lsn >= 0)
);
`,
};
