import { useEffect, useRef } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import { ownerOf } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { entryOf, isSameLook } from '../../../shared/domain/triage/entry.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Workplace } from '../../app/workplace.ts';
import { keepLook, TRIAGE_WORDS } from './keep-look.ts';
import { formOf, lookOf, readForm, type Look, type TriageForm, type TriagePolicies } from './triage-form.ts';

/** A look at the risk becomes a version this long after the last key. Milliseconds. */
export const VERSION_AFTER_MS = 3_000;

export interface Triage {
  readonly contact: Contact;
  readonly policies: TriagePolicies;
  readonly form: TriageForm;
  readonly look: Look;
  readonly change: (changed: Partial<TriageForm>) => void;
}

/** The open look at the risk of a contact, or a sentence about why there is none yet. */
export function useTriage(id: ContactId): Triage | { readonly sentence: string } {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  const triage = usePolicy('triage');
  const questions = usePolicy('questions');
  const [words, write] = useSheetWords(id, TRIAGE_WORDS, readForm);
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const policies =
    triage.kind === 'here' && questions.kind === 'here'
      ? { triage: triage.value, questions: questions.value }
      : null;
  const form =
    contact === null || policies === null ? null : (words ?? formOf(entryOf(contact), policies.questions));
  const look =
    form === null || contact === null || policies === null
      ? null
      : lookOf(form, entryOf(contact), contact, policies);

  // The record holds them now: words that say nothing more are given up.
  const isOnRecord =
    words !== null &&
    Object.keys(words.typing).length === 0 &&
    look !== null &&
    contact !== null &&
    isSameLook(look.entry, entryOf(contact));
  useEffect(() => {
    if (isOnRecord) write(null);
  }, [isOnRecord, write]);

  if (contact === null) return { sentence: 'The details of this contact are on their way.' };
  if (triage.kind === 'not-there') return { sentence: triage.sentence };
  if (questions.kind === 'not-there') return { sentence: questions.sentence };
  if (form === null || look === null || policies === null)
    return { sentence: 'The questions are being read. The note below can be written meanwhile.' };
  return { contact, policies, form, look, change: (changed) => write({ ...form, ...changed }) };
}

/** This desk has it, or has just asked for it. */
export function isOurs(workplace: Workplace, id: ContactId): boolean {
  const row = workplace.store.rows.get(id);
  const me = workplace.store.desk.read()?.me?.desk;
  if (row === undefined || me === undefined) return false;
  return ownerOf(row.summary)?.desk === me || row.pending.some(({ kind }) => kind === 'claim');
}

/** A version when nothing was pressed for a while, and one on leaving. The returned function is told of each key. */
export function useVersions(id: ContactId): () => void {
  const workplace = useWorkplace();
  const keys = useRef(0);
  useEffect(() => () => keepUnasked(workplace, id), [workplace, id]);
  return () => {
    keys.current += 1;
    const number = keys.current;
    workplace.after(VERSION_AFTER_MS, () => {
      if (keys.current === number) keepUnasked(workplace, id);
    });
  };
}

/** Not behind the lock, and not where the queue would refuse it: the words wait on the desk then. */
function keepUnasked(workplace: Workplace, id: ContactId): void {
  if (workplace.session.door.read() === 'open' && isOurs(workplace, id))
    void keepLook(workplace, id, { unasked: true });
}
