import type { Migration } from '../migrate.ts';

/**
 * A recorded crime is asked for by its provisional reference too, as an incident is (rule R-26); those that are here already have none. The
 * column is made anew with it: what a generated column takes cannot be changed. Frozen like every migration.
 */
export const crimeNamed: Migration = {
  version: 13,
  name: 'crime-named',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = jsonb_set(body, '{crime}', '{"provisionalRef": ""}'::jsonb || (body -> 'crime'))
  where jsonb_typeof(body -> 'crime') = 'object';
alter table contact enable trigger contact_edge;

alter table contact drop column named;
alter table contact add column named text[] not null generated always as (
  array_remove(array_remove(array[
    body ->> 'ref', body ->> 'provisionalRef', body #>> '{incident,ref}', body #>> '{incident,provisionalRef}', body #>> '{crime,ref}',
    body #>> '{crime,provisionalRef}'
  ], null), '')
) stored;
create index contact_named on contact using gin (named);
`,
};
