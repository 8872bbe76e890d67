import type Database from 'better-sqlite3';
import { contactSchema, contactSummarySchema } from '../../shared/contract/schemas.ts';
import { isOpenEmergency, ownerOf, type ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { orderKey, type OrderKey } from '../../shared/domain/ordering.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Held, InboxPage } from './desk-store.ts';

interface ContactRow {
  readonly summary: string;
  readonly body: string | null;
}

interface KeyRow extends OrderKey {
  readonly id: ContactId;
}

/** The statements on `contact`, prepared once per connection. */
export function contactRows(db: Database) {
  const put = db.prepare(`
    insert into contact (id, rev, open, lane, first, second, closed_at, owner_desk, summary, body)
    values (:id, :rev, :open, :lane, :first, :second, :closedAt, :ownerDesk, :summary, :body)
    on conflict (id) do update set
      rev = excluded.rev, open = excluded.open, lane = excluded.lane, first = excluded.first,
      second = excluded.second, closed_at = excluded.closed_at, owner_desk = excluded.owner_desk,
      summary = excluded.summary, body = excluded.body`);
  const byId = db.prepare('select summary, body from contact where id = ?');
  const removeAll = db.prepare('delete from contact');
  const countOpen = db.prepare('select count(*) as n from contact where open = 1');
  const firstKeys = db.prepare(
    'select lane, first, second, id from contact where open = 1 order by lane, first, second, id limit :limit',
  );
  const keysAfter = db.prepare(`
    select lane, first, second, id from contact
    where open = 1 and (lane, first, second, id) > (:lane, :first, :second, :id)
    order by lane, first, second, id limit :limit`);
  const emergencies = db.prepare(
    'select summary, body from contact where open = 1 and lane = 0 order by lane, first, second, id',
  );
  const owned = db.prepare('select summary, body from contact where owner_desk = ? and open = 1');
  const forget = db.prepare(
    'delete from contact where open = 0 and closed_at < ? and id not in (select contact from outbox)',
  );
  const forgetDrafts = db.prepare(`
    delete from draft where contact in (
      select id from contact where open = 0 and closed_at < ? and id not in (select contact from outbox))`);

  return {
    put(held: Held): void {
      const { summary, contact } = held;
      const { ownership } = summary;
      const { lane, first, second, id } = orderKey(summary);
      put.run({
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
      });
    },
    get(id: ContactId): Held | null {
      const row = byId.get(id) as ContactRow | undefined;
      return row === undefined ? null : heldOf(row);
    },
    removeAll: () => void removeAll.run(),
    page(after: OrderKey | null, limit: number): InboxPage {
      // One more than asked for tells whether there is a next page.
      const found = (
        after === null ? firstKeys.all({ limit: limit + 1 }) : keysAfter.all({ ...after, limit: limit + 1 })
      ) as KeyRow[];
      const page = found.slice(0, limit);
      const total = (countOpen.get() as { n: number }).n;
      return {
        ids: page.map((row) => row.id),
        next: found.length > limit ? (page.at(-1) ?? null) : null,
        total,
      };
    },
    openEmergencies: (): ContactSummary[] =>
      (emergencies.all() as ContactRow[]).map((row) => heldOf(row).summary).filter(isOpenEmergency),
    ownedBy: (deskId: string): ContactSummary[] =>
      (owned.all(deskId) as ContactRow[]).map((row) => heldOf(row).summary),
    /** Run inside a transaction: drafts first, because the rows name which. */
    forgetClosed(before: Instant): number {
      forgetDrafts.run(before);
      return forget.run(before).changes;
    },
  };
}

/** Stored JSON is parsed like anything else that comes in through a door. */
function heldOf(row: ContactRow): Held {
  return {
    summary: contactSummarySchema.parse(JSON.parse(row.summary)),
    contact: row.body === null ? null : contactSchema.parse(JSON.parse(row.body)),
  };
}
