import type Database from 'better-sqlite3';
import { keysOfContact, type CallerKeys } from '../../shared/domain/same-caller.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Held } from './desk-store.ts';
import { isIn, rareParts, type Beginnings, type Query } from './search-query.ts';
import { wordListOf } from './search-words.ts';

interface Found {
  readonly row: number;
  readonly contact: ContactId;
}

interface WordsRow extends Found {
  readonly words: string;
}

interface IndexRow extends WordsRow, CallerKeys {
  readonly indexed: number;
}

/** What a search brings: contacts in the order in which they are shown. */
export interface Matches {
  readonly contacts: readonly ContactId[];
  /** False when there were more than asked for. */
  readonly complete: boolean;
}

/** A contact of the same caller, and what it is known by. */
export interface SameCallerRow extends CallerKeys {
  readonly contact: ContactId;
}

/** Contacts received in one millisecond have rows side by side. More than these would still be found, in no certain order. */
const ROWS_PER_MS = 1_024;

/**
 * So many of the newest contacts are looked at one by one before the index is asked. What many contacts have in common
 * is found among them at once, while the index would gather every one of them first.
 */
const NEWEST = 300;
/** A beginning that so large a part of the newest has is not asked of the index, if there is anything rarer to ask for. */
const COMMON = 0.05;

/** From so many contacts that the index does not know it is worth writing it. */
const WORTH_INDEXING = 200;

/**
 * The index is a stack of segments that are joined now and then. Left to itself it joins whole levels inside the commit
 * that happens to fill one, a tenth of a second in which an emergency waits; here it is told to join so few pages at a time.
 */
const JOINED_AT_ONCE = 8;
/** So many segments of one level are joined at once whatever it takes: the steps above never let it come to that. */
const TOO_MANY_SEGMENTS = 256;

/**
 * The statements on `contact_words` and its index (rules W-20, W-21). The words are written in the transaction that writes
 * the contact. The index follows later and in bulk, because one contact alone costs it as much as fifty together; until
 * then a search looks at the words themselves, so that what it finds never depends on the index.
 */
export function searchRows(db: Database) {
  const columns = 'row, contact, words, indexed, number, address, name';
  const byContact = db.prepare(`select ${columns} from contact_words where contact = ?`);
  const lastRow = db.prepare('select max(row) as row from contact_words where row >= :first and row < :end');
  const isTaken = db.prepare('select 1 from contact_words where row = ?');
  const insert = db.prepare(`
    insert into contact_words (row, contact, words, indexed, number, address, name)
    values (:row, :contact, :words, 0, :number, :address, :name)`);
  const update = db.prepare(`
    update contact_words
    set words = :words, indexed = :indexed, number = :number, address = :address, name = :name
    where row = :row`);
  // Setting the keys would write their indexes anew, though they are what they were.
  const updateWords = db.prepare('update contact_words set words = :words, indexed = 0 where row = :row');
  const remove = db.prepare('delete from contact_words where row = ?');
  const removeAll = db.prepare('delete from contact_words');
  const gone = db.prepare(
    'select row, indexed from contact_words where contact not in (select id from contact)',
  );
  const toIndex = db.prepare(
    'select row, contact, words from contact_words where indexed = 0 order by row limit ?',
  );
  const setIndexed = db.prepare('update contact_words set indexed = 1 where row = ?');
  const index = db.prepare('insert into contact_search (rowid, words) values (?, ?)');
  const removeIndexed = db.prepare('delete from contact_search where rowid = ?');
  const emptyIndex = db.prepare("insert into contact_search (contact_search) values ('delete-all')");
  const setting = db.prepare('select v from contact_search_config where k = ?');
  // Written out, because the index takes whole numbers only and a bound one is not.
  const configure = (option: 'automerge' | 'crisismerge' | 'merge', value: number) =>
    db.prepare(`insert into contact_search (contact_search, rank) values ('${option}', ${value})`);
  const join = configure('merge', JOINED_AT_ONCE);
  const changes = db.prepare('select total_changes() as n');
  const isEmpty = db.prepare('select not exists (select 1 from contact_words) as answer');
  const count = db.prepare('select count(*) as n from contact_words');
  const newest = db.prepare('select row, contact, words from contact_words order by row desc limit ?');
  const receivedUpTo = db.prepare(
    'select contact from contact_words where row between ? and ? order by row desc limit ?',
  );
  const receivedFrom = db.prepare(
    'select contact from contact_words where row between ? and ? order by row limit ?',
  );
  const older = db.prepare(
    'select row, contact, words from contact_words where indexed = 0 and row < :before order by row desc',
  );
  const olderIndexed = db.prepare(`
    select contact_words.row, contact_words.contact, contact_words.words
    from contact_search join contact_words on contact_words.row = contact_search.rowid
    where contact_search match :match and contact_search.rowid < :before and contact_words.indexed = 1
    order by contact_search.rowid desc`);
  const same = (key: keyof CallerKeys) =>
    db.prepare(`
      select row, contact, number, address, name from contact_words
      where ${key} = :key order by row desc limit :limit`);
  const sameKey = { number: same('number'), address: same('address'), name: same('name') };

  const changesSoFar = (): number => (changes.get() as { n: number }).n;

  /** Joins a few pages of the index. True when there may be more to join. */
  function joinSome(): boolean {
    const before = changesSoFar();
    join.run();
    // The command itself counts as one change.
    return changesSoFar() - before >= 2;
  }

  const rowOf = (contact: ContactId) => byContact.get(contact) as IndexRow | undefined;

  /** Most changes of a contact leave its words alone: then nothing is written. */
  function put(held: Held): void {
    const contact = held.summary.id;
    const words = wordListOf(held);
    const keys = held.contact === null ? noKeys : keysOfContact(held.contact);
    const before = rowOf(contact);
    if (before === undefined || receivedAtOf(before) !== held.summary.receivedAt) {
      if (before !== undefined) drop(before);
      insert.run({ row: freeRow(held.summary.receivedAt), contact, words, ...keys });
    } else if (haveSameKeys(before, keys)) {
      if (before.words !== words) updateWords.run({ row: before.row, words });
    } else {
      // What the index knows of the row until it is written again only makes it a candidate.
      const indexed = before.words === words ? before.indexed : 0;
      update.run({ row: before.row, words, indexed, ...keys });
    }
  }

  function drop({ row }: Pick<Found, 'row'>): void {
    remove.run(row);
    removeIndexed.run(row);
  }

  function freeRow(receivedAt: Instant): number {
    const first = receivedAt * ROWS_PER_MS;
    const { row: last } = lastRow.get({ first, end: first + ROWS_PER_MS }) as { row: number | null };
    let row = last === null ? first : last + 1;
    while (isTaken.get(row) !== undefined) row += 1;
    return row;
  }

  /** Empties everything but these rows, and leaves nothing of the rest in the index. */
  function begin(rows: readonly IndexRow[]): void {
    removeAll.run();
    emptyIndex.run();
    for (const { row, contact, words, number, address, name } of rows)
      insert.run({ row, contact, words, number, address, name });
  }

  return {
    put,
    /** Has the index join its segments in the small steps of `indexSome` alone. Kept in the file. */
    joinInSteps(): void {
      if ((setting.get('automerge') as { v: number } | undefined)?.v === 0) return;
      configure('automerge', 0).run();
      configure('crisismerge', TOO_MANY_SEGMENTS).run();
    },
    remove(contact: ContactId): void {
      const row = rowOf(contact);
      if (row !== undefined) drop(row);
    },
    /** Removes what has no contact any more. */
    removeGone(): void {
      for (const row of gone.all() as Found[]) drop(row);
    },
    /** Forgets everything but these contacts (rule S-13). */
    keepOnly(contacts: readonly ContactId[]): void {
      begin(contacts.flatMap((contact) => rowOf(contact) ?? []));
    },
    /**
     * Has the index learn at most `limit` contacts, if there are enough to be worth it, and join a little of what it has
     * learnt. True when there is more to do.
     */
    indexSome(limit: number): boolean {
      const rows = toIndex.all(Math.max(limit, WORTH_INDEXING) + 1) as WordsRow[];
      if (rows.length < WORTH_INDEXING) return joinSome();
      for (const { row, words } of rows.slice(0, limit)) {
        removeIndexed.run(row);
        index.run(row, words);
        setIndexed.run(row);
      }
      return joinSome() || rows.length > limit;
    },
    isEmpty: (): boolean => (isEmpty.get() as { answer: number }).answer === 1,
    count: (): number => (count.get() as { n: number }).n,

    search(query: Query, limit: number): Matches {
      const found: Found[] = [];
      // To the end of a millisecond, within which the contact's id decides.
      const isEnough = (next: Found): boolean => {
        const last = found.at(-1);
        return found.length > limit && last !== undefined && receivedAtOf(next) < receivedAtOf(last);
      };
      const looked: string[] = [];
      let before = Number.MAX_SAFE_INTEGER;
      for (const { row, contact, words } of newest.iterate(NEWEST) as IterableIterator<WordsRow>) {
        if (isEnough({ row, contact })) return shown(found, limit);
        before = row;
        looked.push(words);
        if (isIn(words, query)) found.push({ row, contact });
      }
      if (looked.length < NEWEST) return shown(found, limit);
      const notIndexed: Found[] = [];
      for (const { row, contact, words } of older.iterate({ before }) as IterableIterator<WordsRow>)
        if (isIn(words, query)) notIndexed.push({ row, contact });
      const share = (any: Beginnings): number =>
        looked.filter((words) => isIn(words, [{ ways: [[any]] }])).length / looked.length;
      const match = expressionOf(rareParts(query, (any) => share(any) < COMMON));
      const candidates = olderIndexed.iterate({ match, before }) as IterableIterator<WordsRow>;
      for (const { row, contact, words } of candidates) {
        if (isEnough({ row, contact })) break;
        if (isIn(words, query)) found.push({ row, contact });
      }
      return shown([...found, ...notIndexed], limit);
    },

    /** Contacts received within so many milliseconds of an instant: those nearest to it, at most `limit` before and `limit` after. */
    receivedNear(at: Instant, withinMs: number, limit: number): ContactId[] {
      const row = at * ROWS_PER_MS;
      const reach = withinMs * ROWS_PER_MS;
      const before = receivedUpTo.all(row - reach, row + ROWS_PER_MS - 1, limit);
      const after = receivedFrom.all(row + ROWS_PER_MS, row + reach + ROWS_PER_MS - 1, limit);
      return ([...before, ...after] as Pick<Found, 'contact'>[]).map(({ contact }) => contact);
    },

    /** Contacts that share a number, an address or a name, newest first; at most `limit` for each of the three. */
    sameCaller(keys: CallerKeys, limit: number): SameCallerRow[] {
      const found = new Map<number, SameCallerRow>();
      for (const key of ['number', 'address', 'name'] as const) {
        if (keys[key] === null) continue;
        const rows = sameKey[key].all({ key: keys[key], limit }) as (Found & CallerKeys)[];
        for (const { row, contact, number, address, name } of rows)
          found.set(row, { contact, number, address, name });
      }
      return [...found].sort(([one], [other]) => other - one).map(([, row]) => row);
    },
  };
}

const noKeys: CallerKeys = { number: null, address: null, name: null };

const haveSameKeys = (one: CallerKeys, other: CallerKeys): boolean =>
  one.number === other.number && one.address === other.address && one.name === other.name;

const receivedAtOf = ({ row }: Pick<Found, 'row'>): number => Math.floor(row / ROWS_PER_MS);

/** As they are shown: newest received first, of one millisecond by id. */
const shown = (found: readonly Found[], limit: number): Matches => ({
  contacts: found
    .toSorted((a, b) => receivedAtOf(b) - receivedAtOf(a) || (a.contact < b.contact ? -1 : 1))
    .slice(0, limit)
    .map(({ contact }) => contact),
  complete: found.length <= limit,
});

/** The query in the index's own language. Beginnings are letters, digits and marks: nothing in them needs escaping. */
function expressionOf(query: Query): string {
  const anyOf = (any: Beginnings): string => any.map((beginning) => `"${beginning}" *`).join(' OR ');
  const parts = query.map(({ ways }) =>
    ways.map((way) => `(${way.map((any) => `(${anyOf(any)})`).join(' AND ')})`).join(' OR '),
  );
  return parts.map((part) => `(${part})`).join(' AND ');
}
