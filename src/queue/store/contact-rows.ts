import type { ClientBase, Pool } from 'pg';
import {
  isOpenEmergency,
  ownerOf,
  summaryOf,
  type Actor,
  type Contact,
  type Ownership,
} from '../../shared/domain/contact.ts';
import {
  asDeskId,
  asFence,
  asHandlerId,
  asLsn,
  type ContactId,
  type DeskId,
} from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { assert, must } from '../../shared/lib/assert.ts';
import type { Ended, Greeting, WaitingChat, WaitingReports } from './queue-store.ts';

/** Where a statement runs: one connection, or any of the pool. */
export type Queryable = ClientBase | Pool;

/** The fields that are columns of their own, because SQL decides or orders by them; the rest is `body`. */
type InColumns = 'id' | 'seq' | 'rev' | 'fence' | 'band' | 'bandSince' | 'receivedAt' | 'ownership' | 'work';

/** The rest. `due.at` is a column and is put back on reading. */
type Body = Omit<Contact, InColumns>;

interface ContactRow {
  readonly id: ContactId;
  readonly seq: string;
  readonly rev: number;
  readonly fence: number;
  readonly band: 'A' | 'B';
  readonly band_since: string;
  readonly due_at: string;
  readonly received_at: string;
  readonly state: Ownership['kind'];
  readonly state_since: string;
  readonly owner_desk: string | null;
  readonly owner_number: number | null;
  readonly owner_handler: string | null;
  readonly work: Contact['work'];
  readonly body: Body;
}

const columns = `id, seq, rev, fence, band, band_since, due_at, received_at, state, state_since,
  owner_desk, owner_number, owner_handler, work, body`;

/** The one order, as the index has it (rule O-06). */
const inOrder = 'order by lane, order_first, order_second, id';

/** Rule C-05: decided by this statement and nothing before it. */
export async function claimRow(
  db: Queryable,
  id: ContactId,
  by: Actor,
  at: Instant,
): Promise<Contact | null> {
  const { rows } = await db.query<ContactRow>(
    `update contact set state = 'owned', state_since = $2, owner_desk = $3, owner_number = $4, owner_handler = $5,
       work = 'open', fence = fence + 1, rev = rev + 1
     where id = $1 and state in ('waiting', 'verify')
     returning ${columns}`,
    [id, at, by.desk, by.deskNumber, by.handler],
  );
  return rows[0] === undefined ? null : contactOf(rows[0]);
}

export async function lockRow(db: Queryable, id: ContactId): Promise<Contact | null> {
  const { rows } = await db.query<ContactRow>(`select ${columns} from contact where id = $1 for update`, [
    id,
  ]);
  return rows[0] === undefined ? null : contactOf(rows[0]);
}

export async function insertRow(db: Queryable, contact: Contact): Promise<void> {
  await db.query(
    `insert into contact (${columns})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    valuesOf(contact),
  );
}

/** Writes back what was changed under the revision and fence it was read at; anything else is a bug (rule C-06). */
export async function updateRow(db: Queryable, before: Contact, after: Contact): Promise<void> {
  assert(before.id === after.id, `contact ${before.id} became ${after.id}`);
  const { rowCount } = await db.query(
    `update contact set seq = $2, rev = $3, fence = $4, band = $5, band_since = $6, due_at = $7, received_at = $8,
       state = $9, state_since = $10, owner_desk = $11, owner_number = $12, owner_handler = $13, work = $14, body = $15
     where id = $1 and rev = $16 and fence = $17`,
    [...valuesOf(after), before.rev, before.fence],
  );
  assert(rowCount === 1, `contact ${before.id} is not at rev ${before.rev}`);
}

/** Everything that is not closed, and what was closed at or after an instant. */
export async function contactsSince(db: Queryable, closedSince: Instant): Promise<Contact[]> {
  const { rows } = await db.query<ContactRow>(
    `select ${columns} from contact where state <> 'closed' or state_since >= $1 ${inOrder}`,
    [closedSince],
  );
  return rows.map(contactOf);
}

export async function contactsByIds(db: Queryable, ids: readonly ContactId[]): Promise<Contact[]> {
  const { rows } = await db.query<ContactRow>(`select ${columns} from contact where id = any($1::text[])`, [
    ids,
  ]);
  return rows.map(contactOf);
}

/** By the index of ends; ids break the ties of one millisecond. */
export async function contactsEnded(
  db: Queryable,
  {
    after,
    since,
    before,
  }: { readonly after: Ended | null; readonly since: Instant; readonly before: Instant },
  limit: number,
): Promise<Contact[]> {
  const from = after === null || after.closedAt < since ? { closedAt: since, contact: '' } : after;
  const { rows } = await db.query<ContactRow>(
    `select ${columns} from contact
     where state = 'closed' and state_since < $1 and state_since >= $2 and (state_since, id) > ($2, $3)
     order by state_since, id limit $4`,
    [before, from.closedAt, from.contact, limit],
  );
  return rows.map(contactOf);
}

export async function contactsByReference(
  db: Queryable,
  references: readonly string[],
  limit: number,
): Promise<Contact[]> {
  const { rows } = await db.query<ContactRow>(
    `select ${columns} from contact where named && $1::text[] order by received_at desc, seq desc limit $2`,
    [references, limit],
  );
  return rows.map(contactOf);
}

/**
 * The end of the log, every open emergency and what a desk owns, in one statement and therefore at one position, also
 * in a transaction whose statements each see what was committed before them.
 */
export async function deskView(db: Queryable, desk: DeskId): Promise<Omit<Greeting, 'lastCmdSeq'>> {
  const { rows } = await db.query<{ readonly head: string } & (ContactRow | { readonly id: null })>(
    `select lsn as head, ${columns} from (select lsn from shard where id = 1) as log
     left join contact on lane = 0 or (owner_desk = $1 and state in ('owned', 'link-lost')) ${inOrder}`,
    [desk],
  );
  const head = asLsn(Number(must(rows[0], 'the counter row').head));
  const contacts = rows.flatMap((row) => (row.id === null ? [] : contactOf(row)));
  const owned = contacts.filter((contact) => ownerOf(contact)?.desk === desk);
  return {
    head,
    emergencies: contacts.filter(isOpenEmergency).map(summaryOf),
    owned: owned.map(({ id, fence, rev }) => ({ contact: id, fence, rev })),
  };
}

export async function waitingCounts(db: Queryable): Promise<{
  readonly openEmergencies: number;
  readonly waiting: number;
  readonly waitingSince: Instant | null;
}> {
  const { rows } = await db.query<{ emergencies: string; waiting: string; since: string | null }>(
    `select count(*) filter (where lane = 0) as emergencies, count(*) as waiting, min(received_at) as since
     from contact where state in ('waiting', 'verify')`,
  );
  const row = must(rows[0], 'counts');
  const waitingSince = row.since === null ? null : asInstant(Number(row.since));
  return { openEmergencies: Number(row.emergencies), waiting: Number(row.waiting), waitingSince };
}

/** Chats that wait and whose person has not left, in the one order. */
export async function waitingChatRows(db: Queryable): Promise<readonly WaitingChat[]> {
  const { rows } = await db.query<{ id: ContactId; received_at: string }>(
    `select id, received_at from contact
     where state in ('waiting', 'verify') and body->>'channel' = 'web-chat'
       and body->>'channelState' not in ('ended', 'left-by-exit')
     ${inOrder} limit 1000`,
  );
  return rows.map((row) => ({ id: row.id, since: asInstant(Number(row.received_at)) }));
}

/** Online reports that nobody has taken or graded. */
export async function waitingReportCounts(db: Queryable): Promise<WaitingReports> {
  const { rows } = await db.query<{ count: string; since: string | null }>(
    `select count(*) as count, min(received_at) as since from contact
     where state in ('waiting', 'verify') and band = 'B' and body->>'channel' = 'online-report'
       and body->>'grade' is null`,
  );
  const row = must(rows[0], 'counts');
  return { count: Number(row.count), since: row.since === null ? null : asInstant(Number(row.since)) };
}

function valuesOf(contact: Contact): unknown[] {
  const { id, seq, rev, fence, band, bandSince, receivedAt, ownership, work, ...body } = contact;
  const who = personOf(ownership);
  return [
    id,
    seq,
    rev,
    fence,
    band,
    bandSince,
    contact.due.at,
    receivedAt,
    ownership.kind,
    ownership.since,
    who?.desk ?? null,
    who?.deskNumber ?? null,
    who?.handler ?? null,
    work,
    JSON.stringify(body satisfies Body),
  ];
}

function contactOf(row: ContactRow): Contact {
  return {
    ...row.body,
    id: row.id,
    seq: Number(row.seq),
    rev: row.rev,
    fence: asFence(row.fence),
    band: row.band,
    bandSince: asInstant(Number(row.band_since)),
    receivedAt: asInstant(Number(row.received_at)),
    due: { ...row.body.due, at: asInstant(Number(row.due_at)) },
    ownership: ownershipOf(row),
    work: row.work,
  };
}

/** Whoever ownership names: the owner, the last owner, or who closed it. */
function personOf(ownership: Ownership): Actor | null {
  switch (ownership.kind) {
    case 'waiting':
      return null;
    case 'verify':
      return ownership.lastOwner;
    default:
      return ownership.by;
  }
}

function ownershipOf(row: ContactRow): Ownership {
  const since = asInstant(Number(row.state_since));
  if (row.state === 'waiting') return { kind: 'waiting', since };
  const by: Actor = {
    desk: asDeskId(must(row.owner_desk, `owner of contact ${row.id}`)),
    deskNumber: must(row.owner_number, `owner's desk number of contact ${row.id}`),
    handler: asHandlerId(must(row.owner_handler, `owning handler of contact ${row.id}`)),
  };
  return row.state === 'verify' ? { kind: 'verify', lastOwner: by, since } : { kind: row.state, by, since };
}
