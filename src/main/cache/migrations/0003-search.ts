import type { Migration } from '../../../platform/sqlite.ts';

/**
 * What contacts are found by: their words, and their callers' number, address and name written one way. All of it follows
 * from `contact` and is filled from there when the store begins.
 */
export const search: Migration = {
  version: 3,
  name: '0003-search',
  up(db) {
    db.exec(`
      create table contact_words (
        -- Grows with the time it was received: what is newest is read first, without sorting.
        row     integer primary key,
        contact text    not null unique,
        -- Each word once, with a space before and behind it.
        words   text    not null,
        -- 0: to be looked at itself, because the index does not know these words yet.
        indexed integer not null check (indexed in (0, 1)),
        number  text,
        address text,
        name    text
      ) strict;
      create index contact_words_to_index on contact_words (row) where indexed = 0;
      create index contact_words_by_number on contact_words (number) where number is not null;
      create index contact_words_by_address on contact_words (address) where address is not null;
      create index contact_words_by_name on contact_words (name) where name is not null;

      -- The words come in plain letters and divided by spaces: there is nothing left for a tokenizer to decide.
      create virtual table contact_search using fts5 (
        words, content = '', contentless_delete = 1, detail = none, prefix = '3', tokenize = 'ascii'
      );
    `);
  },
};
