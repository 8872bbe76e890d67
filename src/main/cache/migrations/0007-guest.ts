import type { Migration } from '../../../platform/sqlite.ts';

/**
 * Contacts that this desk was told of and does not hold yet, and those that it took in from the queue because somebody asked for them (rules L-24,
 * S-12).
 */
export const guest: Migration = {
  version: 7,
  name: '0007-guest',
  up(db) {
    db.exec(`
      create table wanted (
        contact text not null primary key
      ) strict, without rowid;

      create table guest (
        contact  text    not null primary key,
        -- UTC milliseconds, by the queue's clock.
        taken_at integer not null
      ) strict, without rowid;
    `);
  },
};
