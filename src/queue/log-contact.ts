import { loggedContact, refusalOfLog } from '../shared/domain/arrival.ts';
import { noMarkerPlaces } from '../shared/domain/assist/markers.ts';
import { onRecordOf } from '../shared/domain/assist/on-record.ts';
import type { LoggedContact } from '../shared/domain/command.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import { must } from '../shared/lib/assert.ts';
import { nothing, type Effect, type GivenCommand } from './command-effect.ts';
import { contactReference, londonDayOf } from './contact-reference.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** A contact that a handler wrote down belongs to no source of the intake. */
export const HANDLER_SOURCE = 'handler';

/**
 * Makes the contact that a handler has written down (rules P-03 to P-05): theirs under fence 1, with the queue's own number and
 * reference, and found under the names it had before.
 */
export async function logContact(
  tx: StoreTransaction,
  id: ContactId,
  act: { readonly kind: 'log' } & LoggedContact,
  { by, now, policy, register, realm }: GivenCommand,
): Promise<Effect> {
  const { kind: _, ...typed } = act;
  const logged: LoggedContact = { ...typed, paperLog: typed.paperLog?.trim() || null };
  const refusal = refusalOfLog(logged);
  if (refusal !== null) return nothing(refusal);
  const { paperLog, provisionalRef } = logged;
  const known = paperLog === null ? null : await tx.contactOfPaperLog(aliasOf(paperLog));
  if (known !== null) {
    const other = must(await tx.lockContact(known), `contact of a paper log`);
    return nothing({ code: 'already-logged', ref: other.ref });
  }

  const day = londonDayOf(now);
  const { seq, ofDay } = await tx.nextArrival(day);
  const numbers = { id, ref: contactReference(realm, day, ofDay), seq, source: HANDLER_SOURCE };
  const onRecord = onRecordOf(
    register,
    { caller: logged.caller, call: null, location: null },
    noMarkerPlaces,
  );
  const contact = loggedContact(logged, numbers, by, now, policy, onRecord);
  await tx.insertContact(contact);
  if (paperLog !== null) await tx.keepAlias('paper', aliasOf(paperLog), id);
  if (provisionalRef.trim() !== '') await tx.keepAlias('provisional', aliasOf(provisionalRef), id);
  const event = { contact: id, rev: 1, at: now, by, what: { kind: 'arrived', contact } } as const;
  return { refusal: null, before: null, after: contact, event, others: [] };
}

/** As it is compared: a number is the same however it was typed. */
function aliasOf(name: string): string {
  return name.trim().toUpperCase();
}
