import type Database from 'better-sqlite3';
import type { Migration } from '../../../platform/sqlite.ts';

/** Whose work it is that was kept before desks asked. Frozen. */
const NOBODY_NAMED = '-';

/**
 * People: who is signed in, whose draft and whose command it is. Contacts kept so far lack what contacts have now, and
 * the queue has them all: they are dropped with the cursor, and the next connection brings them. Outbox and drafts exist
 * nowhere else and stay.
 */
export const people: Migration = {
  version: 2,
  name: '0002-people',
  up(db) {
    db.exec(`
      drop table contact;
      -- With a rowid: rows of kilobytes in a tree by id put a few on each of its pages, and finding one read ten of them.
      create table contact (
        id         text    primary key not null,
        -- 0: written down on this desk, and the queue has not answered yet.
        rev        integer not null check (rev >= 0),
        open       integer not null check (open in (0, 1)),
        lane       integer not null check (lane in (0, 1)),
        first      integer not null,
        second     integer not null,
        closed_at  integer,
        owner_desk text,
        summary    text    not null,
        body       text,
        check ((open = 0) = (closed_at is not null)),
        check (rev > 0 or body is not null)
      ) strict;
      create index contact_in_order on contact (lane, first, second, id) where open = 1;
      create index contact_by_owner on contact (owner_desk) where owner_desk is not null;
      create index contact_by_end on contact (closed_at) where open = 0;

      update desk set store_epoch = null, lsn = null;
      alter table desk add column heard_at integer;
      alter table desk add column last_paper integer not null default 0 check (last_paper >= 0);

      create table draft_of (
        contact  text    not null,
        handler  text    not null,
        words    text    not null,
        caret    integer not null check (caret >= 0),
        saved_at integer not null,
        primary key (contact, handler)
      ) strict, without rowid;
      insert into draft_of (contact, handler, words, caret, saved_at)
        select contact, '${NOBODY_NAMED}', words, caret, saved_at from draft;
      drop table draft;
      alter table draft_of rename to draft;
      create index draft_by_handler on draft (handler, saved_at);

      create table session (
        one     integer primary key check (one = 1),
        state   text    not null,
        seen_at integer not null
      ) strict;
      create table person (
        handler text primary key,
        state   text not null
      ) strict, without rowid;
      create table tabs (
        handler text primary key,
        tabs    text not null
      ) strict, without rowid;
      create table missed (
        one    integer primary key check (one = 1),
        report text    not null
      ) strict;
    `);
    nameCommands(db);
  },
};

/** Commands say now whose they are, and a note when it happened. In JSON as it was written: half a character survives. */
function nameCommands(db: Database): void {
  const rows = db.prepare('select id, command from outbox').all() as { id: string; command: string }[];
  const update = db.prepare('update outbox set command = :command where id = :id');
  for (const { id, command } of rows) {
    const { act, ...rest } = JSON.parse(command) as { act: { kind: string } };
    const whole = act.kind === 'note' ? { happenedAt: null, ...act } : act;
    update.run({ id, command: JSON.stringify({ by: NOBODY_NAMED, ...rest, act: whole }) });
  }
}
