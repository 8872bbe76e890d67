import type { Migration } from '../migrate.ts';

/**
 * Numbers of the public record (rules C-26, C-27): incidents begin again with each day, crimes with each year. And what is on the record
 * of a contact beyond its arrival (rules C-20 to C-31): nothing, for those that are here already. Frozen like every migration.
 *
 * The store epoch changes: every desk takes a snapshot once, so that its copies have what is filled in here.
 */
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

alter table contact disable trigger contact_edge;
update contact set body = jsonb_build_object(
    'call', null, 'spots', '[]'::jsonb, 'markers', '[]'::jsonb, 'plan', null, 'triage', '[]'::jsonb, 'asked', null,
    'attempts', '[]'::jsonb, 'heard', '[]'::jsonb, 'links', '[]'::jsonb, 'duties', '[]'::jsonb, 'incident', null,
    'crime', null, 'passedOn', '[]'::jsonb, 'major', null,
    -- Whether it is a crime is owed within 24 hours of receipt, by what is not closed.
    'marks', jsonb_build_object('isr', null, 'duties', '[]'::jsonb, 'major', null, 'markers', '[]'::jsonb,
      'crimeDueAt', case when jsonb_typeof(body -> 'closing') = 'object' then null else received_at + 86400000 end))
  || body
  || jsonb_build_object(
    'gradings', coalesce(
      (select jsonb_agg('{"rationale": null}'::jsonb || grading order by place)
       from jsonb_array_elements(body -> 'gradings') with ordinality as each (grading, place)), '[]'::jsonb),
    'closing', case when jsonb_typeof(body -> 'closing') = 'object'
      then '{"record": null}'::jsonb || (body -> 'closing') else body -> 'closing' end);
alter table contact enable trigger contact_edge;

-- A closing is read with its record now, so what a desk sends again is not what it sent. The id alone says that it was done.
update command_result set digest = '' where command in (select command from audit where act = 'close');

update meta set store_epoch = gen_random_uuid()::text;
`,
};
