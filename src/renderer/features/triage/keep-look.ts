import type { CommandId, ContactId } from '../../../shared/domain/ids.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { openDuties } from '../../../shared/domain/record/parts.ts';
import { entryOf, isSameLook, lookKey } from '../../../shared/domain/triage/entry.ts';
import type { Workplace } from '../../app/workplace.ts';
import { agreeEarlierPlace } from './agree-place.ts';
import { formOf, lookOf, readForm, type Look, type TriageForm, type TriagePolicies } from './triage-form.ts';

/** The sheet's name among the half-written words of a contact. */
export const TRIAGE_WORDS = 'triage';

/** What became of a look at the risk. */
export type KeptLook =
  | { readonly kind: 'kept' }
  /** The record says the same already. */
  | { readonly kind: 'same' }
  /** It could not be kept; the sheet still has its words. */
  | { readonly kind: 'not-kept' };

/** Both policies, or `null` while one is not here. */
export function triagePolicies({ policies }: Workplace): TriagePolicies | null {
  const triage = policies.of('triage').read();
  const questions = policies.of('questions').read();
  return triage.kind === 'here' && questions.kind === 'here'
    ? { triage: triage.value, questions: questions.value }
    : null;
}

/** The sheet's words as they stand, or what is on record. */
export function formNow(workplace: Workplace, contact: Contact, policies: TriagePolicies): TriageForm {
  return writtenForm(workplace, contact.id) ?? formOf(entryOf(contact), policies.questions);
}

function writtenForm({ drafts }: Workplace, id: ContactId): TriageForm | null {
  const words = drafts.sheet(id, TRIAGE_WORDS);
  if (words === '') return null;
  try {
    return readForm(JSON.parse(words));
  } catch {
    return null;
  }
}

/** The look at the risk as it stands in the window; `null` while contact or policies are not here. */
export function lookNow(workplace: Workplace, id: ContactId): (Look & { readonly contact: Contact }) | null {
  const reading = workplace.readings.of(id).read();
  const policies = triagePolicies(workplace);
  if (reading?.kind !== 'here' || policies === null) return null;
  const { contact } = reading;
  const form = formNow(workplace, contact, policies);
  return { ...lookOf(form, entryOf(contact), contact, policies), contact };
}

/** What was sent last for each contact: the reading that shows it, out of record and outbox, follows a moment later. */
const sentBefore = new WeakMap<
  Workplace,
  Map<ContactId, { readonly key: string; readonly command: CommandId }>
>();

/** A look that the queue has not taken is none: the same words are sent again when they are kept again. */
function forgetRefused(workplace: Workplace): void {
  const sent = of(sentBefore, workplace);
  for (const { id, contact, state } of workplace.store.outbox.read().items)
    if (state !== 'waiting' && sent.get(contact)?.command === id) sent.delete(contact);
}

/** From the first look on, so that it is noticed also when the refusal is put away before the next. */
function watchRefusals(workplace: Workplace): void {
  if (sentBefore.has(workplace)) return;
  workplace.store.outbox.subscribe(() => forgetRefused(workplace));
}
/** Looks on their way to the disk: the next waits for them, so that none is kept twice. */
const onTheirWay = new WeakMap<Workplace, Map<ContactId, Promise<KeptLook>>>();

function of<V>(all: WeakMap<Workplace, Map<ContactId, V>>, workplace: Workplace): Map<ContactId, V> {
  const map = all.get(workplace) ?? new Map<ContactId, V>();
  all.set(workplace, map);
  return map;
}

/**
 * Makes a version of what the sheet has written (rule T-03): never one that says the same as the last. `evenIfSame`: a handler has looked again
 * and found nothing new, which settles the duty to look again. `unasked`: kept because time went by, not by a key.
 */
export async function keepLook(
  workplace: Workplace,
  id: ContactId,
  { evenIfSame = false, unasked = false }: { readonly evenIfSame?: boolean; readonly unasked?: boolean } = {},
): Promise<KeptLook> {
  watchRefusals(workplace);
  const running = of(onTheirWay, workplace);
  await running.get(id);
  const look = lookNow(workplace, id);
  if (look === null) return { kind: 'not-kept' };
  const { entry, contact } = look;
  const key = lookKey(entry);
  const isSame = isSameLook(entry, entryOf(contact)) || of(sentBefore, workplace).get(id)?.key === key;
  if (isSame && !evenIfSame) return { kind: 'same' };
  const { acts } = workplace;
  const act = { kind: 'triage', entry } as const;
  const submitted = unasked ? acts.submitUnasked(id, act) : acts.submit(id, act);
  const asked = submitted.then((answer): KeptLook => {
    if (answer.kind !== 'kept') return { kind: 'not-kept' };
    of(sentBefore, workplace).set(id, { key, command: answer.id });
    forgetRefused(workplace);
    agreeEarlierPlace(workplace, contact, entry.answers);
    return { kind: 'kept' };
  });
  running.set(id, asked);
  try {
    return await asked;
  } finally {
    if (running.get(id) === asked) running.delete(id);
  }
}

/** Somebody has to look at the risk again (rule T-17). */
export const isLookDue = (contact: Contact): boolean =>
  openDuties(contact).some(({ kind }) => kind === 're-thrive');
