import type { Migration } from '../migrate.ts';

/** The audit of a desk's act may say who sent it, when that was not who gave it (rule A-08). Frozen like every migration. */
export const sentBy: Migration = {
  version: 3,
  name: 'sent by',
  sql: `
alter table audit drop constraint audit_check;
alter table audit add constraint audit_has_origin check (desk is not null or source is not null);
`,
};
