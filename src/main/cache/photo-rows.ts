import type Database from 'better-sqlite3';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { PhotoId } from '../../shared/domain/record/photo.ts';

/** The statements on `photo`: pictures that were shown here. */
export function photoRows(db: Database) {
  const read = db.prepare('select jpeg from photo where id = ?');
  const insert = db.prepare(`
    insert into photo (id, contact, jpeg) select :id, :contact, :jpeg
    where exists (select 1 from contact where id = :contact)
    on conflict (id) do nothing`);
  const removeGone = db.prepare('delete from photo where contact not in (select id from contact)');

  return {
    get: (id: PhotoId): Buffer | null =>
      (read.get(id) as { readonly jpeg: Buffer } | undefined)?.jpeg ?? null,
    /** Not without its contact: it would never be forgotten. */
    put: (id: PhotoId, contact: ContactId, jpeg: Buffer) => void insert.run({ id, contact, jpeg }),
    /** Run inside the transaction in which contacts go. */
    removeGone: () => void removeGone.run(),
  };
}
