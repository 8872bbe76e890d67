import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import type { SentWay } from '../../shared/domain/outbound/reach.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { Queryable } from './contact-rows.ts';
import type { DueMessage, OutboundMessage } from './outbound-store.ts';

export async function insertMessage(db: Queryable, message: OutboundMessage): Promise<void> {
  const { id, contact, ref, way, to, neutral, subject, text, orderedAt } = message;
  await db.query(
    `insert into outbound_message (id, contact, ref, way, recipient, neutral, subject, words, ordered_at, tries, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $9)`,
    [id, contact, ref, way, to, neutral, subject, text, orderedAt],
  );
}

interface MessageRow {
  readonly id: CommandId;
  readonly contact: ContactId;
  readonly ref: string;
  readonly way: SentWay;
  readonly recipient: string;
  readonly neutral: boolean;
  readonly subject: string;
  readonly words: string;
  readonly ordered_at: string;
  readonly tries: number;
}

/** One that another node is looking at in this moment is passed over. */
export async function takeDueMessageRow(
  db: Queryable,
  now: Instant,
  again: Instant,
): Promise<DueMessage | null> {
  const { rows } = await db.query<MessageRow>(
    `update outbound_message set tries = tries + 1, due_at = $2
     where id = (select id from outbound_message where due_at <= $1 order by due_at, id limit 1 for update skip locked)
     returning id, contact, ref, way, recipient, neutral, subject, words, ordered_at, tries`,
    [now, again],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { recipient: to, words: text, ordered_at: orderedAt, ...message } = row;
  return { ...message, to, text, orderedAt: asInstant(Number(orderedAt)) };
}

export async function putOffMessageRow(db: Queryable, id: CommandId, until: Instant): Promise<void> {
  await db.query('update outbound_message set due_at = $2 where id = $1', [id, until]);
}

export async function deleteMessage(db: Queryable, id: CommandId): Promise<boolean> {
  const { rowCount } = await db.query('delete from outbound_message where id = $1', [id]);
  return rowCount === 1;
}

export async function nextMessageDueRow(db: Queryable): Promise<Instant | null> {
  const { rows } = await db.query<{ due_at: string }>(
    'select due_at from outbound_message order by due_at limit 1',
  );
  return rows[0] === undefined ? null : asInstant(Number(rows[0].due_at));
}
