import { DOWN_FRAME_LIMIT } from '../shared/contract/queue-link.ts';
import { contactSummarySchema, logEntrySchema } from '../shared/contract/schemas.ts';
import { causes } from '../shared/domain/authorisation.ts';
import type { ContactSummary } from '../shared/domain/contact.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { Lsn } from '../shared/domain/ids.ts';
import { assert } from '../shared/lib/assert.ts';
import type { AuditDraft } from './store/audit-chain.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** What a frame has around its event: names, numbers and whose act it was. Bytes. */
const FRAME_ROOM = 4_096;

/**
 * What was to be written could not be read by desks, each of which would come back to it for ever. Nothing of the transaction is written; who
 * asked for it is told the field, never its value (rule L-22).
 */
export class UnreadableByDesks extends Error {
  override readonly name = 'UnreadableByDesks';
  readonly field: string;

  constructor(field: string) {
    super(`desks could not read ${field}`);
    this.field = field;
  }
}

/**
 * The one way into the log. An event whose cause cannot have caused it is a bug: it throws, and nothing of its
 * transaction is written (rule A-05). So it is with what desks could not read: rejects with `UnreadableByDesks`.
 */
export async function appendEvent(
  tx: StoreTransaction,
  event: ContactEvent | null,
  flash: ContactSummary | null,
  fact: AuditDraft,
): Promise<Lsn | null> {
  if (event !== null) {
    const cause = event.by === null ? 'source' : 'person';
    assert(causes[event.what.kind].includes(cause), `${event.what.kind} cannot come from a ${cause}`);
    const field = unreadableField(event, flash);
    if (field !== null) throw new UnreadableByDesks(field);
  }
  return tx.append(event, flash, fact);
}

/** The first field that a desk could not read, by the desks' own parsers; `null` when they read it all. */
function unreadableField(event: ContactEvent, flash: ContactSummary | null): string | null {
  const text = JSON.stringify({ ...event, lsn: 0 });
  if (Buffer.byteLength(text) > DOWN_FRAME_LIMIT - FRAME_ROOM) return 'what';
  const read = logEntrySchema.safeParse(JSON.parse(text));
  const shown = flash === null ? null : contactSummarySchema.safeParse(JSON.parse(JSON.stringify(flash)));
  const error = read.error ?? shown?.error;
  return error === undefined ? null : (error.issues[0]?.path.join('.') ?? 'what');
}
