import type { Migration } from '../migrate.ts';

/**
 * Who the caller is can be written down on a contact (rule R-24): nobody has, on those that are here already. Since when a grade stands and
 * when the risk was last looked at stand among the marks of what is open (rule T-18). Frozen like every migration.
 */
export const callerAndWeighed: Migration = {
  version: 11,
  name: 'caller and weighed',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = '{"descriptions": []}'::jsonb || body || jsonb_build_object('marks',
  jsonb_build_object('weighed', case
    when jsonb_typeof(body -> 'closing') <> 'object' and jsonb_typeof(body -> 'grade') = 'string'
      and jsonb_array_length(body -> 'gradings') > 0
    then jsonb_build_object('gradedAt', body #> '{gradings,-1,at}', 'lookedAt', coalesce(body #> '{triage,-1,at}', body #> '{gradings,-1,at}'))
  end) || (body -> 'marks'));
alter table contact enable trigger contact_edge;
`,
};
