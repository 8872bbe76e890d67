import type { Migration } from '../../../platform/sqlite.ts';

/** The index of twelve months (rule AS-23): hashes to find by, and rows that only its key opens. The key goes with a sign-off. */
export const history: Migration = {
  version: 8,
  name: '0008-history',
  up(db) {
    db.exec(`
      create table history (
        contact     text    not null primary key,
        -- UTC milliseconds.
        closed_at   integer not null,
        received_at integer not null,
        number      text,
        address     text,
        name        text,
        sealed      blob    not null
      ) strict, without rowid;
      create index history_by_number on history (number, received_at) where number is not null;
      create index history_by_address on history (address, received_at) where address is not null;
      create index history_by_name on history (name, received_at) where name is not null;
      create index history_by_end on history (closed_at);

      create table history_key (
        one       integer not null primary key check (one = 1),
        -- 32 bytes in hexadecimal; null when nobody is signed in.
        key       text,
        -- Which key the rows are of.
        print     text    not null,
        -- How far the queue has told it: the last row.
        end_at    integer,
        end_id    text
      ) strict;
    `);
  },
};
