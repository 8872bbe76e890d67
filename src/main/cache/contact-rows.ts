import type Database from 'better-sqlite3';
import { contactSchema, contactSummarySchema } from '../../shared/contract/schemas.ts';
import { isOpenEmergency, ownerOf, type Contact, type ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { orderKey, type OrderKey } from '../../shared/domain/ordering.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { Held, InboxPage } from './desk-store.ts';
import { findingIn } from './finding.ts';
import { foundByRows } from './found-by-rows.ts';
import { searchRows } from './search-rows.ts';

interface ContactRow {
  readonly summary: string;
  readonly body: string | null;
}

interface PageRow extends OrderKey {
  readonly summary: string;
}

/** The statements on `contact`, prepared once per connection. What contacts are found by is written with them (rule W-20). */
export function contactRows(db: Database) {
  const put = db.prepare(`
    insert into contact (id, rev, open, lane, first, second, closed_at, owner_desk, summary, body)
    values (:id, :rev, :open, :lane, :first, :second, :closedAt, :ownerDesk, :summary, :body)
    on conflict (id) do update set
      rev = excluded.rev, open = excluded.open, lane = excluded.lane, first = excluded.first,
      second = excluded.second, closed_at = excluded.closed_at, owner_desk = excluded.owner_desk,
      summary = excluded.summary, body = excluded.body`);
  // What stands where it stood leaves the order's index alone: SQLite writes an index anew whenever its columns are set.
  const putInPlace = db.prepare(`
    update contact set rev = :rev, owner_desk = :ownerDesk, summary = :summary, body = :body
    where id = :id and open = :open and lane = :lane and first = :first and second = :second
      and closed_at is :closedAt`);
  const byId = db.prepare('select summary, body from contact where id = ?');
  const revById = db.prepare('select rev from contact where id = ?');
  const removeAll = db.prepare('delete from contact');
  const remove = db.prepare('delete from contact where id = ?');
  const removeUndrafted = db.prepare('delete from contact where id not in (select contact from draft)');
  const firstPage = db.prepare(`
    select lane, first, second, id, summary from contact
    where open = 1 order by lane, first, second, id limit :limit`);
  const pageAfter = db.prepare(`
    select lane, first, second, id, summary from contact
    where open = 1 and (lane, first, second, id) > (:lane, :first, :second, :id)
    order by lane, first, second, id limit :limit`);
  const emergencies = db.prepare(
    'select summary, body from contact where open = 1 and lane = 0 order by lane, first, second, id',
  );
  const owned = db.prepare('select summary, body from contact where owner_desk = ? and open = 1');
  const forget = db.prepare(`
    delete from contact where open = 0 and closed_at < ?
      and id not in (select contact from outbox) and id not in (select contact from draft)
      and id not in (select contact from guest where taken_at >= ?)
    returning id`);

  const everyId = db.prepare('select id from contact');
  const search = searchRows(db);
  const foundBy = foundByRows(db);

  function get(id: ContactId): Held | null {
    const row = byId.get(id) as ContactRow | undefined;
    return row === undefined ? null : heldOf(row);
  }

  return {
    finding: findingIn({ ...search, ...foundBy, get }),
    indexSome: (limit: number): boolean => search.indexSome(limit),
    /** A file from before contacts could be searched gets its index when it is first opened. */
    findableFromNowOn(): void {
      search.joinInSteps();
      if (search.isEmpty()) for (const id of idsOf(everyId.all())) search.put(must(get(id), `contact ${id}`));
    },
    put(held: Held): void {
      const { summary, contact } = held;
      const { ownership } = summary;
      const { lane, first, second, id } = orderKey(summary);
      const row = {
        id,
        rev: summary.rev,
        open: ownership.kind === 'closed' ? 0 : 1,
        lane,
        first,
        second,
        closedAt: ownership.kind === 'closed' ? ownership.since : null,
        ownerDesk: ownerOf(summary)?.desk ?? null,
        summary: JSON.stringify(summary),
        body: contact === null ? null : JSON.stringify(contact),
      };
      if (putInPlace.run(row).changes === 0) put.run(row);
      search.put(held);
      foundBy.put(held);
    },
    get,
    revOf: (id: ContactId): number | null =>
      (revById.get(id) as { readonly rev: number } | undefined)?.rev ?? null,
    /** Only what `work` puts is here afterwards. */
    replaceAll(work: () => void): void {
      removeAll.run();
      work();
      search.removeGone();
      foundBy.removeGone();
    },
    remove(id: ContactId): void {
      remove.run(id);
      search.remove(id);
      foundBy.remove(id);
    },
    /** Everything but what somebody has half-typed words on. */
    removeUndrafted(): void {
      removeUndrafted.run();
      search.keepOnly(idsOf(everyId.all()));
      foundBy.removeGone();
    },
    /** Touches the rows of the page and no others: what is shown first must not wait for a count of the rest. */
    page(after: OrderKey | null, limit: number): InboxPage {
      // One more than asked for tells whether there is a next page.
      const found = (
        after === null ? firstPage.all({ limit: limit + 1 }) : pageAfter.all({ ...after, limit: limit + 1 })
      ) as PageRow[];
      const summaries = found.slice(0, limit).map((row) => summaryIn(row.summary));
      const last = summaries.at(-1);
      return { summaries, next: found.length > limit && last !== undefined ? orderKey(last) : null };
    },
    openEmergencies: (): ContactSummary[] =>
      (emergencies.all() as ContactRow[]).map((row) => heldOf(row).summary).filter(isOpenEmergency),
    ownedBy: (deskId: string): ContactSummary[] =>
      (owned.all(deskId) as ContactRow[]).map((row) => heldOf(row).summary),
    /** Run inside a transaction. Half-typed words keep their contact: they wait for their writer (rule A-08). */
    forgetClosed(before: Instant): number {
      const forgotten = idsOf(forget.all(before, before));
      for (const id of forgotten) {
        search.remove(id);
        foundBy.remove(id);
      }
      return forgotten.length;
    },
  };
}

/** One whole contact of a damaged file, if it can be read; `null` when it is not there, or only a flash of it. */
export function rescuedContact(db: Database, id: ContactId): Contact | null {
  const row = db.prepare('select summary, body from contact where id = ?').get(id) as ContactRow | undefined;
  return row === undefined ? null : heldOf(row).contact;
}

const idsOf = (rows: readonly unknown[]): ContactId[] => (rows as { id: ContactId }[]).map(({ id }) => id);

/** Stored JSON is parsed like anything else that comes in through a door. */
const summaryIn = (json: string): ContactSummary => contactSummarySchema.parse(JSON.parse(json));

function heldOf(row: ContactRow): Held {
  return {
    summary: summaryIn(row.summary),
    contact: row.body === null ? null : contactSchema.parse(JSON.parse(row.body)),
  };
}
