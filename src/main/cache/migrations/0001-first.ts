import type { Migration } from '../../../platform/sqlite.ts';

/** The desk's first schema. Frozen: later changes are migrations of their own. */
export const first: Migration = {
  version: 1,
  name: '0001-first',
  up(db) {
    db.exec(`
      create table desk (
        one          integer primary key check (one = 1),
        incarnation  text    not null,
        store_epoch  text,
        lsn          integer,
        next_seq     integer not null check (next_seq >= 1),
        desk_number  integer,
        policy       text,
        check ((store_epoch is null) = (lsn is null)),
        check ((desk_number is null) = (policy is null))
      ) strict;

      create table contact (
        id         text    primary key,
        rev        integer not null check (rev >= 1),
        open       integer not null check (open in (0, 1)),
        lane       integer not null check (lane in (0, 1)),
        first      integer not null,
        second     integer not null,
        closed_at  integer,
        owner_desk text,
        summary    text    not null,
        body       text,
        check ((open = 0) = (closed_at is not null))
      ) strict, without rowid;
      create index contact_in_order on contact (lane, first, second, id) where open = 1;
      create index contact_by_owner on contact (owner_desk) where owner_desk is not null;
      create index contact_by_end on contact (closed_at) where open = 0;

      create table outbox (
        position integer primary key autoincrement,
        seq      integer not null check (seq >= 0),
        id       text    not null unique,
        contact  text    not null,
        command  text    not null,
        kept_at  integer not null,
        mono     real    not null,
        standing text    not null check (standing in ('waiting', 'applied', 'refused', 'late')),
        lsn      integer,
        refusal  text,
        check ((standing = 'applied') = (lsn is not null)),
        check ((standing = 'refused') = (refusal is not null))
      ) strict;
      create unique index outbox_by_seq on outbox (seq) where standing = 'waiting';

      create table draft (
        contact  text    primary key,
        words    text    not null,
        caret    integer not null check (caret >= 0),
        saved_at integer not null
      ) strict, without rowid;
    `);
  },
};
