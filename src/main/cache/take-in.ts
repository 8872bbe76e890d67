import { summaryOf, type Contact, type ContactSummary } from '../../shared/domain/contact.ts';
import type { LogEntry } from '../../shared/domain/event.ts';
import { apply } from '../../shared/domain/lifecycle.ts';
import type { Held, OutboxRow } from './desk-store.ts';

/** What one event of the log does to this desk's copy of its contact. */
export type TakenIn =
  | { readonly kind: 'changed'; readonly held: Held & { readonly contact: Contact } }
  /** Nothing to do: words added to a contact that ended so long ago that this desk has forgotten it. */
  | { readonly kind: 'passed-over' }
  /** The contact should be here and is not. */
  | { readonly kind: 'incomplete' };

/** Events are applied to the copy the log built; a newer flash goes on being shown until the log has caught up. */
export function takeIn(held: Held | null, entry: LogEntry): TakenIn {
  // What this desk wrote down itself makes place for what the queue made of it (rule P-03).
  const isProvisional = held !== null && isOwnWords(held) && entry.what.kind === 'arrived';
  const before = isProvisional ? null : (held?.contact ?? null);
  if (before === null && entry.what.kind !== 'arrived') {
    return held === null && entry.what.kind === 'noted' ? { kind: 'passed-over' } : { kind: 'incomplete' };
  }
  const contact = apply(before, entry);
  const summary = held !== null && held.summary.rev > contact.rev ? held.summary : summaryOf(contact);
  return { kind: 'changed', held: { summary, contact } };
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
