import { causes } from '../shared/domain/authorisation.ts';
import type { ContactSummary } from '../shared/domain/contact.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { Lsn } from '../shared/domain/ids.ts';
import { assert } from '../shared/lib/assert.ts';
import type { AuditDraft } from './store/audit-chain.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/**
 * The one way into the log. An event whose cause cannot have caused it is a bug: it throws, and nothing of its
 * transaction is written (rule A-05).
 */
export function appendEvent(
  tx: StoreTransaction,
  event: ContactEvent | null,
  flash: ContactSummary | null,
  fact: AuditDraft,
): Promise<Lsn | null> {
  if (event !== null) {
    const cause = event.by === null ? 'source' : 'person';
    assert(causes[event.what.kind].includes(cause), `${event.what.kind} cannot come from a ${cause}`);
  }
  return tx.append(event, flash, fact);
}
