import type Database from 'better-sqlite3';
import { contactIdSchema } from '../../shared/contract/schemas.ts';
import { draftSchema, type Draft } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';

interface DraftRow {
  readonly contact: string;
  readonly words: string;
  readonly caret: number;
}

/**
 * The statements on `draft`: half-typed words, which exist on this desk only. Words are stored as JSON, because half a
 * character (an unpaired surrogate) would not survive as text.
 */
export function draftRows(db: Database) {
  const put = db.prepare(`
    insert into draft (contact, words, caret, saved_at) values (:contact, :words, :caret, :at)
    on conflict (contact) do update set words = excluded.words, caret = excluded.caret, saved_at = excluded.saved_at`);
  const get = db.prepare('select words, caret from draft where contact = ?');
  const remove = db.prepare('delete from draft where contact = ?');

  return {
    put: (contact: ContactId, { text, caret }: Draft, at: Instant) =>
      void put.run({ contact, words: JSON.stringify(text), caret, at }),
    get(contact: ContactId): Draft | null {
      const row = get.get(contact) as DraftRow | undefined;
      return row === undefined ? null : draftOf(row);
    },
    remove: (contact: ContactId) => void remove.run(contact),
  };
}

/** Every draft in a file from one end, as long as it can be read: for rescuing them from a damaged one. */
export function iterateDrafts(db: Database, order: 'asc' | 'desc'): IterableIterator<unknown> {
  return db.prepare(`select contact, words, caret from draft order by contact ${order}`).iterate();
}

/** One stored draft, parsed. */
export function rescuedDraftOf(row: unknown): { readonly contact: ContactId; readonly draft: Draft } {
  return { contact: contactIdSchema.parse((row as DraftRow).contact), draft: draftOf(row as DraftRow) };
}

const draftOf = ({ words, caret }: DraftRow): Draft => draftSchema.parse({ text: JSON.parse(words), caret });
