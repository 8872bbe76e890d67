import type Database from 'better-sqlite3';
import { contactIdSchema, handlerIdSchema } from '../../shared/contract/basic-schemas.ts';
import { draftSchema, type Draft } from '../../shared/contract/workstation.ts';
import type { ContactId, HandlerId } from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { KeptDraft } from './desk-store.ts';
import { nobodyNamed } from './kept-session.ts';

interface DraftRow {
  readonly contact: string;
  readonly handler: string;
  readonly words: string;
  readonly caret: number;
  readonly savedAt: number;
}

const columns = 'contact, handler, words, caret, saved_at as savedAt';

/**
 * The statements on `draft`: half-typed words, which exist on this desk only and belong to their writer (rule A-08).
 * Words are stored as JSON, because half a character (an unpaired surrogate) would not survive as text.
 */
export function draftRows(db: Database) {
  const put = db.prepare(`
    insert into draft (contact, handler, words, caret, saved_at) values (:contact, :handler, :words, :caret, :at)
    on conflict (contact, handler) do update set
      words = excluded.words, caret = excluded.caret, saved_at = excluded.saved_at`);
  const get = db.prepare(`select ${columns} from draft where contact = :contact and handler = :handler`);
  const all = db.prepare(`select ${columns} from draft where handler = ? order by saved_at desc, contact`);
  const remove = db.prepare('delete from draft where contact = :contact and handler = :handler');
  const yields = db.prepare(`
    delete from draft where handler = :from and contact in (select contact from draft where handler = :to)`);
  const rename = db.prepare('update draft set handler = :to where handler = :from');

  return {
    put: (handler: HandlerId, contact: ContactId, { text, caret, sheets }: Draft, at: Instant) =>
      void put.run({ contact, handler, words: wordsOf(text, sheets), caret, at }),
    get(handler: HandlerId, contact: ContactId): Draft | null {
      const row = get.get({ contact, handler }) as DraftRow | undefined;
      return row === undefined ? null : draftOf(row);
    },
    all: (handler: HandlerId): KeptDraft[] => (all.all(handler) as DraftRow[]).map(keptDraftOf),
    remove: (handler: HandlerId, contact: ContactId) => void remove.run({ contact, handler }),
    /** What nobody's name stands on becomes theirs. */
    adopt(to: HandlerId): void {
      yields.run({ from: nobodyNamed, to });
      rename.run({ from: nobodyNamed, to });
    },
  };
}

/** Every draft in a file from one end, as long as it can be read: for rescuing them from a damaged one. */
export function iterateDrafts(db: Database, order: 'asc' | 'desc'): IterableIterator<unknown> {
  return db.prepare(`select ${columnsIn(db)} from draft order by contact ${order}`).iterate();
}

/** A file of the first schema knows no writers. */
function columnsIn(db: Database): string {
  try {
    db.prepare('select handler from draft');
    return columns;
  } catch {
    return `contact, '${nobodyNamed}' as handler, words, caret, saved_at as savedAt`;
  }
}

/** One stored draft, parsed. */
export const keptDraftOf = (row: unknown): KeptDraft => {
  const { contact, handler, savedAt } = row as DraftRow;
  return {
    contact: contactIdSchema.parse(contact),
    handler: handlerIdSchema.parse(handler),
    draft: draftOf(row as DraftRow),
    savedAt: asInstant(savedAt),
  };
};

/** A note alone is its text; with half-filled sheets beside it, both. */
function wordsOf(text: string, sheets: Draft['sheets']): string {
  const isNote = sheets === undefined || Object.keys(sheets).length === 0;
  return JSON.stringify(isNote ? text : { text, sheets });
}

function draftOf({ words, caret }: DraftRow): Draft {
  const written = JSON.parse(words) as unknown;
  return draftSchema.parse(
    typeof written === 'string' ? { text: written, caret } : { ...(written as object), caret },
  );
}
