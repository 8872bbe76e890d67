import type { Asked } from '../shared/contract/queue-link.ts';
import { mayLookUp } from '../shared/domain/authorisation.ts';
import type { Actor, Contact } from '../shared/domain/contact.ts';
import type { Instant } from '../shared/domain/time.ts';
import { appendEvent } from './append-event.ts';
import { digestOf } from './store/canonical-json.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** So many contacts of one reference: more than one is rare. */
const OF_REFERENCE = 8;

/** A question after contacts. */
export type LookUp = Exclude<Asked, { kind: 'history' | 'colleagues' }>;

/** What a desk is told. */
export type LookedUp =
  | { readonly kind: 'found'; readonly contacts: readonly Contact[] }
  | { readonly kind: 'not-there' }
  /** There is one, and this role may not see it. */
  | { readonly kind: 'not-yours' }
  /** The account of this session's handler is closed: the link must be ended (rule A-12). Nothing was told or written. */
  | { readonly kind: 'revoked' };

export interface LookUpContext {
  readonly by: Actor;
  readonly now: Instant;
  /** Desks hold what was closed since then (rule S-12). */
  readonly keptSince: Instant;
}

/** Every desk holds it, or is about to: that it is told of it is no look-up. */
export const isOnDesks = ({ ownership }: Contact, keptSince: Instant): boolean =>
  ownership.kind !== 'closed' || ownership.since >= keptSince;

/**
 * Contacts for a desk that does not hold them (rules L-24, A-13): in the role in force at this moment, and with an entry of the audit for each in
 * the same transaction, also for what was not there or not shown. What every desk holds anyway is a copy, asked for by its id: that is no
 * reading, and reading it is audited when somebody does.
 */
export async function lookUp(
  tx: StoreTransaction,
  asked: LookUp,
  { by, now, keptSince }: LookUpContext,
): Promise<LookedUp> {
  const account = await tx.account(by.handler);
  if (account?.isActive !== true) return { kind: 'revoked' };
  const there = await contactsAsked(tx, asked);
  const isCopy = (contact: Contact): boolean => isOnDesks(contact, keptSince);
  const isShown = (contact: Contact): boolean => isCopy(contact) || mayLookUp(account.role, contact);
  const audited = asked.kind === 'reference' ? there : there.filter((contact) => !isCopy(contact));

  const { desk, deskNumber, handler } = by;
  const fact = { at: now, desk, deskNumber, handler, source: null, act: 'look-up', command: null } as const;
  const actDigest = digestOf(asked);
  for (const contact of audited) {
    const outcome = isShown(contact) ? 'applied' : 'role';
    await appendEvent(tx, null, null, { ...fact, contact: contact.id, outcome, actDigest });
  }
  if (there.length === 0) {
    // Nobody tries numbers without a trace.
    await appendEvent(tx, null, null, { ...fact, contact: null, outcome: 'not-there', actDigest });
    return { kind: 'not-there' };
  }
  const contacts = there.filter(isShown);
  return contacts.length === 0 ? { kind: 'not-yours' } : { kind: 'found', contacts };
}

async function contactsAsked(tx: StoreTransaction, asked: LookUp): Promise<readonly Contact[]> {
  if (asked.kind === 'reference') return tx.contactsNamed(asked.references, OF_REFERENCE);
  const found: Contact[] = [];
  for (const id of new Set(asked.contacts)) {
    const contact = await tx.contact(id);
    if (contact !== null) found.push(contact);
  }
  return found;
}
