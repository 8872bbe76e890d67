import type { Migration } from '../../../platform/sqlite.ts';

/**
 * What has to outlive the program although nobody sees it: what was collected of an outage that is not over, and the
 * highest time that this desk has known.
 */
export const outage: Migration = {
  version: 4,
  name: '0004-outage',
  up(db) {
    db.exec(`
      create table outage (
        one   integer primary key check (one = 1),
        state text    not null
      ) strict;
      create table outage_before (
        contact text primary key not null,
        -- Null: it was not here.
        summary text
      ) strict;
      alter table session add column latest_at integer;
    `);
  },
};
