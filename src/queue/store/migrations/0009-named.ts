import type { Migration } from '../migrate.ts';

/**
 * Every reference that a contact goes by, its own and those of its incident and crime, in one column with an index: a desk that does not hold
 * a contact asks for it by what the caller reads out (rules L-24, R-22). The database fills it by itself. An index on the expressions would be
 * written with every change of a contact; this one is written when a reference comes. Frozen like every migration.
 */
export const named: Migration = {
  version: 9,
  name: 'named',
  sql: `
alter table contact add column named text[] not null generated always as (
  array_remove(array_remove(array[
    body ->> 'ref', body ->> 'provisionalRef', body #>> '{incident,ref}', body #>> '{incident,provisionalRef}', body #>> '{crime,ref}'
  ], null), '')
) stored;
create index contact_named on contact using gin (named);
`,
};
