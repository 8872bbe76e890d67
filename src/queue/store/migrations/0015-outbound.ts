import type { Migration } from '../migrate.ts';

/**
 * What goes out to the public, from the order until it is known how it ended (rule MX-06), and on each contact what was sent: nothing, on those that
 * are here already. Frozen like every migration.
 *
 * The store epoch changes: every desk takes a snapshot once, so that its copies have what is filled in here.
 */
export const outbound: Migration = {
  version: 15,
  name: 'outbound',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = '{"sendings": []}'::jsonb || body;
alter table contact enable trigger contact_edge;

create table outbound_message (
  id text collate "C" primary key,
  contact text collate "C" not null references contact (id),
  ref text not null,
  way text not null check (way in ('e-mail', 'text')),
  recipient text not null check (recipient <> ''),
  neutral boolean not null,
  subject text not null,
  words text not null check (words <> ''),
  ordered_at bigint not null,
  tries integer not null check (tries >= 0),
  due_at bigint not null
);
create index outbound_message_due on outbound_message (due_at, id);

update meta set store_epoch = gen_random_uuid()::text;
`,
};
