import type { Migration } from '../migrate.ts';

/**
 * In which contact an emergency text was last said (rule TE-06), one row for each source, number and words. Texts of the last five minutes before
 * the migration are not in it: told again, they are emergencies of their own. Frozen like every migration.
 */
export const toldTexts: Migration = {
  version: 6,
  name: 'told texts',
  sql: `
create table told_text (
  digest text collate "C" primary key check (length(digest) = 64),
  -- No reference: the row is written before its contact, in the order in which transactions take things.
  contact text collate "C" not null,
  at bigint not null
);
`,
};
