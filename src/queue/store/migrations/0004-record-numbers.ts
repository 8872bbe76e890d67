import type { Migration } from '../migrate.ts';

/** Numbers of the public record (rules C-26, C-27): incidents begin again with each day, crimes with each year. Frozen. */
export const recordNumbers: Migration = {
  version: 4,
  name: 'record numbers',
  sql: `
create table record_number (
  series text collate "C" primary key,
  last integer not null check (last > 0)
);
create trigger record_number_kept before delete on record_number for each row execute function kept_for_ever();
create trigger record_number_not_emptied before truncate on record_number execute function kept_for_ever();
`,
};
