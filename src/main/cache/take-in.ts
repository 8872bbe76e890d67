import { summaryOf, type Contact, type ContactSummary } from '../../shared/domain/contact.ts';
import type { Happening } from '../../shared/domain/event.ts';
import { unreadTitle, type ToldEntry } from '../../shared/contract/salvage.ts';
import { apply } from '../../shared/domain/lifecycle.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Held, OutboxRow } from './desk-store.ts';

/** What one event of the log does to this desk's copy of its contact. */
export type TakenIn =
  | { readonly kind: 'changed'; readonly held: Held & { readonly contact: Contact } }
  /** Nothing to do: the copy has it already, or it adds to a contact that ended so long ago that this desk has forgotten it. */
  | { readonly kind: 'passed-over' }
  /** The contact should be here and is not: it is asked for (rule L-24). */
  | { readonly kind: 'lacking' };

/** Events are applied to the copy the log built; a newer flash goes on being shown until the log has caught up. */
export function takeIn(held: Held | null, entry: ToldEntry): TakenIn {
  const { what } = entry;
  // A contact that was asked for may come ahead of the log: what it has of it already is not done twice (rule L-24).
  if (held !== null && held.contact !== null && entry.rev <= held.contact.rev) return { kind: 'passed-over' };
  if (what.kind === 'unread') return takeInUnread(held, entry);
  // What this desk wrote down itself makes place for what the queue made of it (rule P-03).
  const isProvisional = held !== null && isOwnWords(held) && what.kind === 'arrived';
  const before = isProvisional ? null : (held?.contact ?? null);
  if (before === null && what.kind !== 'arrived')
    return held === null && !needsContact(what) ? { kind: 'passed-over' } : { kind: 'lacking' };
  const contact = apply(before, { ...entry, what });
  const summary = held !== null && held.summary.rev > contact.rev ? held.summary : summaryOf(contact);
  return { kind: 'changed', held: { summary, contact } };
}

/**
 * What moves a contact between people, or brings it back, is about one that this desk should have: of one that ended so long ago that it was
 * forgotten nothing else is said. What leaves it closed is not for this desk (rule S-15).
 */
function needsContact(what: Happening): boolean {
  switch (what.kind) {
    case 'claimed':
    case 'released':
    case 'freed':
    case 'taken-over':
    case 'promoted':
    case 'demoted':
    case 'closed':
    case 'reopened':
      return true;
    case 'call':
    case 'line':
      return what.reopens !== undefined;
    default:
      return false;
  }
}

/**
 * Something that this desk cannot read: the copy counts it and says in its title that it is not whole, and everything behind it is taken in as
 * ever (rule L-23). What it should have changed comes with the next flash or copy.
 */
function takeInUnread(held: Held | null, { contact: id, rev }: ToldEntry): TakenIn {
  if (held === null) return { kind: 'passed-over' };
  const { contact: before, summary: shown } = held;
  const summary = { ...shown, rev: Math.max(shown.rev, rev), title: unreadTitle(shown.title) };
  if (before === null) return { kind: 'lacking' };
  assert(rev === before.rev + 1, `contact ${id} at rev ${before.rev} got rev ${rev}`);
  return { kind: 'changed', held: { summary, contact: { ...before, rev, title: summary.title } } };
}

/**
 * What a contact that was asked for makes of the copy, or `null` when the log has built one already: that goes on by itself (rule L-24). A newer
 * flash goes on being shown.
 */
export function takeInAsked(held: Held | null, contact: Contact): Held | null {
  if (held === null) return { summary: summaryOf(contact), contact };
  if (held.contact !== null) return null;
  return { summary: held.summary.rev > contact.rev ? held.summary : summaryOf(contact), contact };
}

/** What a flash makes of the copy, or `null` when the copy is already as new (rule L-09). */
export function takeInFlash(held: Held | null, summary: ContactSummary): Held | null {
  if (held !== null && held.summary.rev >= summary.rev) return null;
  return { summary, contact: held?.contact ?? null };
}

/** Written down on this desk, and what the queue made of it has not come yet. */
export const isOwnWords = ({ contact }: Held): boolean => contact?.rev === 0;

/** Contacts that a new copy must not take away: their words are in no other place than here (rule P-03). */
export function writtenDownHere(
  outbox: readonly OutboxRow[],
  get: (contact: OutboxRow['command']['contact']) => Held | null,
): readonly Held[] {
  const logs = outbox.filter(({ command }) => command.act.kind === 'log');
  return logs.flatMap(({ command }) => get(command.contact) ?? []).filter(isOwnWords);
}
