import { useState } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { CategoriesPolicy } from '../../../shared/domain/policy/categories.ts';
import { useCell } from '../../app/cell.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { chosenOutcome } from './chosen-outcome.ts';
import { missingOf, readCloseForm, startOf, withOutcome, type CloseForm, type MissingSentences } from './close-form.ts';

/** The form as it stands, and how it is changed. */
export interface CloseFormState {
  readonly form: CloseForm;
  /** As it stands after every change of this very key, which is painted only afterwards. */
  readonly latest: () => CloseForm;
  readonly change: (changed: Partial<CloseForm>) => void;
  /** What is missing in a form; nothing is known while the contact or the policy is not here. */
  readonly missingIn: (form: CloseForm) => MissingSentences;
  /** The fields that the queue, or the desk in its place, has refused to close without. */
  readonly refused: (fields: readonly string[]) => void;
  /** It was kept: the form goes, unless something has been typed since. */
  readonly sent: (words: string) => void;
}

const REFUSED = 'It was refused without this. Fill it in, or look at it again.';

export function useCloseForm(
  id: ContactId,
  contact: Contact | null,
  policy: CategoriesPolicy | null,
): CloseFormState {
  const workplace = useWorkplace();
  const [words, write] = useSheetWords(id, 'close', readCloseForm);
  const [refusedFields, setRefused] = useState<readonly string[]>([]);
  const named = chosenOutcome(workplace);
  const byKey = useCell(named);
  const kept = words ?? startOf(contact, policy);
  const form = byKey?.contact === id ? withOutcome(kept, byKey.outcome) : kept;
  let latest = form;
  return {
    form,
    latest: () => latest,
    change: (changed) => {
      latest = { ...latest, ...changed };
      write(latest);
      named.set(null);
      if (refusedFields.length > 0) setRefused([]);
    },
    missingIn: (of) => {
      const missing = new Map(contact === null || policy === null ? [] : missingOf(of, contact, policy));
      for (const field of refusedFields) if (isField(field) && !missing.has(field)) missing.set(field, REFUSED);
      return missing;
    },
    refused: setRefused,
    sent: (sentWords) => {
      if (workplace.drafts.sheet(id, 'close') === sentWords) write(null);
      named.set(null);
    },
  };
}

const fields = ['outcome', 'category', 'qualifiers', 'result', 'triage', 'crime', 'caller-told', 'parent'] as const;
const isField = (field: string): field is (typeof fields)[number] => fields.some((each) => each === field);
