import type { Migration } from '../../../platform/sqlite.ts';

/** So many contacts at a time are read to fill the new tables. */
const SLICE = 500;

interface Row {
  readonly id: string;
  readonly summary: string;
  readonly body: string | null;
}

/**
 * What contacts are found by besides their words: every reference they go by, and the squares of the map in which they were located
 * (rules AS-11, R-05, R-09). Filled from the contacts that are here.
 */
export const foundBy: Migration = {
  version: 6,
  name: '0006-found-by',
  up(db) {
    db.exec(`
      create table contact_reference (
        reference text not null,
        contact   text not null,
        primary key (reference, contact)
      ) strict, without rowid;
      create index contact_reference_by_contact on contact_reference (contact);

      create table contact_square (
        -- The number of a square of the map: src/main/cache/map-square.ts.
        square      integer not null,
        -- UTC milliseconds: of one square the newest are read first.
        received_at integer not null,
        contact     text    not null,
        primary key (square, received_at, contact)
      ) strict, without rowid;
      create index contact_square_by_contact on contact_square (contact);
    `);
    const slice = db.prepare(`select id, summary, body from contact where id > ? order by id limit ${SLICE}`);
    const refer = db.prepare('insert or ignore into contact_reference (reference, contact) values (?, ?)');
    const locate = db.prepare(
      'insert or ignore into contact_square (square, received_at, contact) values (?, ?, ?)',
    );
    let after = '';
    for (;;) {
      const rows = slice.all(after) as Row[];
      for (const { id, summary, body } of rows) {
        const head = JSON.parse(summary) as { readonly ref: string; readonly receivedAt: number };
        const whole = (body === null ? {} : JSON.parse(body)) as {
          readonly provisionalRef?: string | null;
          readonly locations?: readonly { readonly latitude: number; readonly longitude: number }[];
        };
        for (const reference of [head.ref, whole.provisionalRef ?? head.ref]) refer.run(reference, id);
        for (const { latitude, longitude } of whole.locations ?? []) {
          const square = Math.floor(latitude / 0.01) * 100_000 + Math.floor(longitude / 0.015) + 50_000;
          locate.run(square, head.receivedAt, id);
        }
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < SLICE) return;
      after = last.id;
    }
  },
};
