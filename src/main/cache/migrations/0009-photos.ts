import type { Migration } from '../../../platform/sqlite.ts';

/** Photos that were shown at this desk, each with its contact and no longer than it (rule PH-09). */
export const photos: Migration = {
  version: 9,
  name: '0009-photos',
  up(db) {
    db.exec(`
      create table photo (
        id      text not null primary key,
        contact text not null,
        jpeg    blob not null
      ) strict;
      create index photo_of_contact on photo (contact);
    `);
  },
};
