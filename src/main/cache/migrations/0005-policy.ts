import type { Migration } from '../../../platform/sqlite.ts';

/** Policies that the queue has served: a desk without a link goes on by them (rule Y-06). */
export const policy: Migration = {
  version: 5,
  name: '0005-policy',
  up(db) {
    db.exec(`
      -- With a rowid: a text of many kilobytes has pages of its own, and listing the versions must not read those.
      create table policy (
        name       text    primary key not null,
        version    text    not null,
        digest     text    not null check (length(digest) = 64),
        fetched_at integer not null,
        text       text    not null
      ) strict;
    `);
  },
};
