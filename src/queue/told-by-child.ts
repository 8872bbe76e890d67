import { factsSince } from '../shared/domain/assist/new-facts.ts';
import type { ActKind } from '../shared/domain/command.ts';
import type { Actor, Contact } from '../shared/domain/contact.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { ContactEvent, HappeningKind } from '../shared/domain/event.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import { apply } from '../shared/domain/lifecycle.ts';
import type { Link } from '../shared/domain/record/parts.ts';
import { dueOf } from '../shared/domain/service-level.ts';
import type { Instant } from '../shared/domain/time.ts';
import type { OtherEnd } from './command-effect.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/**
 * What a linked child is told after the linking reaches its parents in the same transaction, as it does at the linking (rules C-24, C-34):
 * each keeps its own words, nothing is hidden, and what was told once raises nobody twice.
 */

/** The acts and the happenings that bring words which a parent may not have. */
export const wordActs: ReadonlySet<ActKind> = new Set(['note', 'triage', 'hear', 'place']);
const wordHappenings: ReadonlySet<HappeningKind> = new Set([
  'noted',
  'triaged',
  'heard',
  'placed',
  'said',
  'located',
]);

/** A child's links to its parents that are in force. */
const upward = ({ links }: Pick<Contact, 'links'>): readonly Link[] =>
  links.filter(({ side, parted }) => side === 'child' && parted === null);

/** Holds a contact and its parents, in the order of their ids, as whoever links or parts them does. Holds nothing where there are no parents. */
export async function lockWithParents(tx: StoreTransaction, contact: ContactId): Promise<void> {
  const before = await tx.contact(contact);
  const parents = before === null ? [] : upward(before).map(({ other }) => other.contact);
  if (parents.length === 0) return;
  for (const id of [contact, ...parents].sort()) await tx.lockContact(id);
}

/** What the parents of a contact are told of what has just happened to it; mostly nothing. */
export async function toldToParents(
  tx: StoreTransaction,
  {
    before,
    after,
    what,
  }: { readonly before: Contact; readonly after: Contact; readonly what: HappeningKind },
  { by, now, policy }: { readonly by: Actor | null; readonly now: Instant; readonly policy: DecisionPolicy },
): Promise<readonly OtherEnd[]> {
  const { facts } = policy;
  if (facts === undefined || !wordHappenings.has(what)) return [];
  const told: OtherEnd[] = [];
  for (const link of upward(after)) {
    const parent = await tx.lockContact(link.other.contact);
    if (parent === null) continue;
    const found = factsSince(before, after, parent, facts);
    if (found.length === 0) continue;
    const due = dueOf({ ...parent, flags: { ...parent.flags, lookFirst: true } }, policy);
    const happening = underPolicies({ kind: 'child-told', link: link.id, found, due }, policy);
    const event: ContactEvent = { contact: parent.id, rev: parent.rev + 1, at: now, by, what: happening };
    told.push({ before: parent, after: apply(parent, event), event });
  }
  return told;
}
