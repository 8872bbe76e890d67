import type { Migration } from '../migrate.ts';

/**
 * Photos of the public (rules PH): what was sent, sealed, with its digest; and what desks are shown of it, sealed too. What came can never be
 * changed afterwards; its sealed key can, so that it may be sealed anew or be made unreadable for ever. No contact that is here already has
 * any. Frozen like every migration.
 */
export const photos: Migration = {
  version: 14,
  name: 'photos',
  sql: `
alter table contact disable trigger contact_edge;
update contact set body = '{"photos": []}'::jsonb || body;
alter table contact enable trigger contact_edge;

create table photo (
  id text collate "C" primary key,
  contact text collate "C" not null references contact (id),
  n integer not null check (n > 0),
  received_at bigint not null,
  kind text not null check (kind in ('jpeg', 'png', 'webp')),
  bytes integer not null check (bytes > 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  sealed_key text not null,
  original bytea not null,
  state text not null default 'received' check (state in ('received', 'picture', 'unreadable')),
  tries integer not null default 0,
  picture bytea check ((picture is not null) = (state = 'picture')),
  unique (contact, n)
);
-- Sealed bytes cannot be packed, and a piece of them is read without the rest.
alter table photo alter column original set storage external, alter column picture set storage external;
create index photo_to_read on photo (received_at) where state = 'received';

create function photo_stays() returns trigger language plpgsql as $$
begin
  raise exception 'photo % cannot be changed', old.id using errcode = 'check_violation';
end $$;
create trigger photo_stays before update of id, contact, n, received_at, kind, bytes, digest, original on photo
  for each row execute function photo_stays();
create trigger photo_is_looked_at_once before update of state, picture on photo
  for each row when (old.state <> 'received') execute function photo_stays();
`,
};
