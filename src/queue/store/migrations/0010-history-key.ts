import type { Migration } from '../migrate.ts';

/**
 * The key of the twelve-month index, made once: desks hash what callers are known by with it, and nobody without it can (rule AS-23). From the
 * server's own strong randomness. Frozen like every migration.
 */
export const historyKey: Migration = {
  version: 10,
  name: 'history key',
  sql: `
alter table meta add column history_key text not null check (history_key ~ '^[0-9a-f]{64}$')
  default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
`,
};
