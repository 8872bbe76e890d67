import type Database from 'better-sqlite3';
import { contactIdSchema } from '../../shared/contract/basic-schemas.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** The statements on `wanted` and `guest` (rules L-24, S-12). */
export function guestRows(db: Database) {
  const want = db.prepare('insert into wanted (contact) values (?) on conflict do nothing');
  const wanted = db.prepare('select contact from wanted order by contact limit ?');
  const unwant = db.prepare('delete from wanted where contact = ?');
  const unwantAll = db.prepare('delete from wanted');
  const put = db.prepare(`
    insert into guest (contact, taken_at) values (?, ?)
    on conflict (contact) do update set taken_at = excluded.taken_at`);
  const forget = db.prepare('delete from guest where contact not in (select id from contact)');

  return {
    want: (contact: ContactId) => void want.run(contact),
    wanted: (limit: number): ContactId[] =>
      (wanted.all(limit) as { readonly contact: string }[]).map(({ contact }) =>
        contactIdSchema.parse(contact),
      ),
    unwant: (contact: ContactId) => void unwant.run(contact),
    unwantAll: () => void unwantAll.run(),
    put: (contact: ContactId, at: Instant) => void put.run(contact, at),
    /** Removes what has no contact any more. */
    removeGone: () => void forget.run(),
  };
}
