import type { Migration } from '../migrate.ts';

/**
 * Every version of a declared major incident, and what an earlier owner said late, stand on a contact (rules T-20, C-10): nothing, for
 * those that are here already. Frozen like every migration.
 *
 * The store epoch changes: every desk takes a snapshot once, so that its copies have what is filled in here.
 */
export const versionsKept: Migration = {
  version: 7,
  name: 'versions kept',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = '{"late": [], "earlierMajors": []}'::jsonb || body;
alter table contact enable trigger contact_edge;

update meta set store_epoch = gen_random_uuid()::text;
`,
};
