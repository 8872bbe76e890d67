import type { Migration } from '../migrate.ts';

/**
 * Who may work here, and where they have signed in; what a source tells of a contact later; contacts that a handler
 * wrote down. Frozen like every migration.
 *
 * The store epoch changes: events written before do not have the fields that desks read now, and the audit forbids to
 * add them. Under a new epoch every desk takes a snapshot once and is never told of those events again.
 */
export const people: Migration = {
  version: 2,
  name: 'people',
  sql: `
create table account (
  handler text collate "C" primary key check (length(handler) between 1 and 32),
  name text not null check (name <> ''),
  role text not null check (role in ('handler', 'trainee', 'mentor', 'team-leader')),
  is_active boolean not null,
  scrypt_n integer not null check (scrypt_n > 1),
  scrypt_r integer not null check (scrypt_r > 0),
  scrypt_p integer not null check (scrypt_p > 0),
  salt text not null check (length(salt) >= 32),
  hash text not null check (length(hash) = 64)
);
create trigger account_kept before delete on account for each row execute function kept_for_ever();
create trigger account_not_emptied before truncate on account execute function kept_for_ever();

-- Kept for ever: a command in somebody's name is taken when that person has signed in at that desk, however long ago.
create table sign_in (
  digest text collate "C" primary key check (length(digest) = 64),
  handler text collate "C" not null references account (handler),
  desk text collate "C" not null,
  created_at bigint not null,
  last_seen bigint not null check (last_seen >= created_at),
  ended_at bigint
);
create index sign_in_at_desk on sign_in (desk, handler);
create index sign_in_open on sign_in (handler) where ended_at is null;
create trigger sign_in_kept before delete on sign_in for each row execute function kept_for_ever();
create trigger sign_in_not_emptied before truncate on sign_in execute function kept_for_ever();

create table sign_in_attempt (
  key text collate "C" primary key,
  recent jsonb not null,
  waits integer not null check (waits >= 0),
  until_at bigint not null,
  forget_at bigint not null
);

-- The present alone: a row is replaced, and no earlier one is kept.
create table desk_status (
  desk text collate "C" primary key,
  handler text collate "C" not null references account (handler),
  kind text not null,
  reason text check (reason <> 'welfare'),
  since bigint not null
);

create table contact_alias (
  kind text not null check (kind in ('provisional', 'paper')),
  name text collate "C" not null check (name <> ''),
  contact text collate "C" not null references contact (id),
  primary key (kind, name, contact)
);
create unique index contact_alias_of_paper on contact_alias (name) where kind = 'paper';

create table update_receipt (
  source text not null,
  key text collate "C" not null,
  digest text not null,
  contact text collate "C" not null references contact (id),
  ref text not null,
  warnings jsonb not null,
  primary key (source, key)
);

-- An act on an account or a desk concerns no contact.
alter table audit alter column contact drop not null;

-- What is taken from a desk that cannot work on it waits again under a new fence.
create or replace function contact_edge() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.seq <> old.seq then
    raise exception 'contact % cannot change its id or number', old.id using errcode = 'check_violation';
  end if;
  if new.rev <> old.rev + 1 then
    raise exception 'contact % cannot go from rev % to rev %', old.id, old.rev, new.rev using errcode = 'check_violation';
  end if;
  if new.state = old.state and new.owner_desk is not distinct from old.owner_desk and new.fence = old.fence then
    return new;
  end if;
  if not (case old.state
    when 'waiting' then new.state in ('owned', 'closed')
    when 'owned' then new.state in ('waiting', 'owned', 'link-lost', 'closed')
    when 'link-lost' then new.state in ('owned', 'verify', 'waiting', 'closed')
    when 'verify' then new.state in ('owned', 'closed')
    when 'closed' then new.state in ('owned')
  end) then
    raise exception 'contact % cannot go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = 'waiting' and new.fence = old.fence + 1 then
    return new;
  end if;
  -- Ownership that somebody new gets has a new number; the old owner coming back keeps his (rule C-06).
  if new.fence <> old.fence + (case
      when new.state = 'owned' and not (old.state = 'link-lost' and new.owner_desk = old.owner_desk) then 1 else 0 end) then
    raise exception 'contact % cannot go from fence % to fence %', old.id, old.fence, new.fence using errcode = 'check_violation';
  end if;
  return new;
end $$;

alter table contact disable trigger contact_edge;
update contact set body = '{"provisionalRef": null, "paperLog": null, "locations": [], "messages": []}'::jsonb || body
  || jsonb_build_object('notes', coalesce(
       (select jsonb_agg('{"happenedAt": null}'::jsonb || note order by place)
        from jsonb_array_elements(body -> 'notes') with ordinality as each (note, place)), '[]'::jsonb));
alter table contact enable trigger contact_edge;

-- Made over commands without a name in them: not comparable with those of today. The id alone says that it was done.
update command_result set digest = '';

update meta set store_epoch = gen_random_uuid()::text;
`,
};
