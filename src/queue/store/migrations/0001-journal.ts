import type { Migration } from '../migrate.ts';

/**
 * The first form of the queue's database. Frozen: what is written here stays as it is, also when the program's own
 * constants change; a change is a new migration.
 *
 * Ids are text in "C" collation, so that their order is the order of their bytes, as in `ordering.ts`.
 */
export const journal: Migration = {
  version: 1,
  name: 'journal',
  sql: `
create table meta (
  id smallint primary key check (id = 1),
  store_epoch text collate "C" not null,
  realm text not null check (realm in ('live', 'demo', 'training'))
);

-- One row: everything that is numbered in the order of commits. From where a transaction takes it, it is held to the
-- end. A command takes it after its counter, its contact and its consultation; an arrival takes it in the middle, after
-- its day and before its contact and receipt. That cannot deadlock: all take in the order counter, contact,
-- consultation, day, this row. Whoever has this row waits only for rows that are new under its own key (receipt,
-- result, desk), and whoever keeps one of those back has had this row before, which is impossible, or will not want it.
create table shard (
  id smallint primary key check (id = 1),
  lsn bigint not null check (lsn >= 0),
  audit_seq bigint not null check (audit_seq >= 0),
  audit_hash text not null check (length(audit_hash) = 64),
  arrival_seq bigint not null check (arrival_seq >= 0),
  desk_seq integer not null check (desk_seq >= 0)
);
insert into shard (id, lsn, audit_seq, audit_hash, arrival_seq, desk_seq) values (1, 0, 0, repeat('0', 64), 0, 0);

create table arrival_day (
  day text collate "C" primary key,
  last integer not null check (last > 0)
);

create table contact (
  id text collate "C" primary key,
  seq bigint not null unique check (seq > 0),
  rev integer not null check (rev > 0),
  fence integer not null check (fence >= 0),
  band text not null check (band in ('A', 'B')),
  band_since bigint not null,
  due_at bigint not null,
  received_at bigint not null,
  state text not null check (state in ('waiting', 'owned', 'link-lost', 'verify', 'closed')),
  state_since bigint not null,
  owner_desk text collate "C",
  owner_number integer,
  owner_handler text,
  work text not null check (work in ('open', 'parked', 'wrap-up')),
  lane smallint not null generated always as
    (case when band = 'A' and state in ('waiting', 'verify') then 0 else 1 end) stored,
  order_first bigint not null generated always as
    (case when band = 'A' and state in ('waiting', 'verify') then band_since else due_at end) stored,
  order_second bigint not null generated always as
    (case when band = 'A' and state in ('waiting', 'verify') then seq else received_at end) stored,
  body jsonb not null,
  -- Waiting is the one state in which nobody is named: in the others somebody has, or had, the contact.
  constraint contact_owner_named check (
    (state = 'waiting') = (owner_desk is null)
    and (owner_desk is null) = (owner_number is null)
    and (owner_desk is null) = (owner_handler is null)
  ),
  constraint contact_band_b_since check (band = 'A' or band_since = received_at)
);
create index contact_in_order on contact (lane, order_first, order_second, id);
create index contact_of_desk on contact (owner_desk) where state in ('owned', 'link-lost');
create index contact_by_end on contact (state_since) where state = 'closed';
create index contact_waiting on contact (received_at) where state in ('waiting', 'verify');

create function contact_edge() returns trigger language plpgsql as $$
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
  -- Ownership that somebody new gets has a new number; the old owner coming back keeps his (rule C-06).
  if new.fence <> old.fence + (case
      when new.state = 'owned' and not (old.state = 'link-lost' and new.owner_desk = old.owner_desk) then 1 else 0 end) then
    raise exception 'contact % cannot go from fence % to fence %', old.id, old.fence, new.fence using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger contact_edge before update on contact for each row execute function contact_edge();

create function kept_for_ever() returns trigger language plpgsql as $$
begin
  raise exception 'nothing is taken out of % or rewritten in it', tg_table_name using errcode = 'check_violation';
end $$;
create trigger contact_kept before delete on contact for each row execute function kept_for_ever();
create trigger contact_not_emptied before truncate on contact execute function kept_for_ever();

create table event (
  lsn bigint primary key check (lsn > 0),
  contact text collate "C" not null references contact (id),
  rev integer not null check (rev > 0),
  at bigint not null,
  by jsonb,
  kind text not null,
  body jsonb not null,
  flash jsonb,
  unique (contact, rev)
);
create trigger event_kept before update or delete on event for each row execute function kept_for_ever();
create trigger event_not_emptied before truncate on event execute function kept_for_ever();

create table audit (
  seq bigint primary key check (seq > 0),
  at bigint not null,
  contact text collate "C" not null,
  desk text collate "C",
  desk_number integer,
  handler text,
  source text,
  act text not null,
  outcome text not null,
  command text collate "C",
  lsn bigint references event (lsn),
  digest text not null,
  previous text not null check (length(previous) = 64),
  hash text not null unique check (length(hash) = 64),
  check ((desk is null) <> (source is null))
);
create trigger audit_kept before update or delete on audit for each row execute function kept_for_ever();
create trigger audit_not_emptied before truncate on audit execute function kept_for_ever();

create table consultation (
  contact text collate "C" not null references contact (id),
  handler text not null,
  minute bigint not null,
  primary key (contact, handler, minute)
);

create table desk (
  id text collate "C" primary key,
  number integer not null unique check (number > 0)
);

create table command_counter (
  desk text collate "C" not null,
  incarnation text collate "C" not null,
  last bigint not null check (last >= 0),
  primary key (desk, incarnation)
);

create table command_number (
  desk text collate "C" not null,
  incarnation text collate "C" not null,
  cmd_seq bigint not null check (cmd_seq > 0),
  command text collate "C" not null,
  primary key (desk, incarnation, cmd_seq)
);

create table command_result (
  command text collate "C" primary key,
  desk text collate "C" not null,
  digest text not null,
  status text not null check (status in ('applied', 'refused', 'late')),
  refusal jsonb,
  lsn bigint references event (lsn),
  rev integer,
  desk_time jsonb not null,
  check ((status = 'refused') = (refusal is not null))
);

create table intake_receipt (
  source text not null,
  key text collate "C" not null,
  digest text not null,
  contact text collate "C" not null references contact (id),
  ref text not null unique,
  warnings jsonb not null,
  primary key (source, key)
);
`,
};
