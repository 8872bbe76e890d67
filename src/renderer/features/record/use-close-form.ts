import { useState } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { CategoriesPolicy } from '../../../shared/domain/policy/categories.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { chosenOutcome, type ChosenOutcome } from './chosen-outcome.ts';
import {
  missingOf,
  readCloseForm,
  startOf,
  withOutcome,
  type CloseForm,
  type MissingSentences,
} from './close-form.ts';

/** The form as it stands, and how it is changed. */
export interface CloseFormState {
  readonly form: CloseForm;
  /** As it stands after every change of this very key, which is painted only afterwards. */
  readonly latest: () => CloseForm;
  readonly change: (changed: Partial<CloseForm>) => void;
  /** What is missing in a form, by the contact on screen or by one read since; nothing is known while it or the policy is not here. */
  readonly missingIn: (form: CloseForm, read?: Contact) => MissingSentences;
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
  const rules = usePolicy('triage');
  const triage = rules.kind === 'here' ? rules.value : undefined;
  const [words, write] = useSheetWords(id, 'close', readCloseForm);
  const [refusedFields, setRefused] = useState<readonly string[]>([]);
  const named = chosenOutcome(workplace);
  const byKey = useCell(named);
  const of = (kept: CloseForm | null, key: ChosenOutcome | null): CloseForm => {
    const begun = kept ?? startOf(contact, policy);
    return key?.contact === id ? withOutcome(begun, key.outcome) : begun;
  };
  const latest = () => of(readKept(workplace.drafts.sheet(id, 'close')), named.read());
  return {
    form: of(words, byKey),
    latest,
    change: (changed) => {
      write({ ...latest(), ...changed });
      named.set(null);
      if (refusedFields.length > 0) setRefused([]);
    },
    missingIn: (form, read) => {
      const judged = read ?? contact;
      const missing = new Map(
        judged === null || policy === null ? [] : missingOf(form, judged, policy, triage),
      );
      for (const field of refusedFields)
        if (isField(field) && !missing.has(field)) missing.set(field, REFUSED);
      return missing;
    },
    refused: setRefused,
    sent: (sentWords) => {
      if (workplace.drafts.sheet(id, 'close') === sentWords) write(null);
      named.set(null);
    },
  };
}

const fields = [
  'outcome',
  'category',
  'qualifiers',
  'result',
  'triage',
  'look',
  'care',
  'different',
  'passed',
  'major',
  'incident',
  'crime',
  'caller-told',
  'parent',
] as const;
const isField = (field: string): field is (typeof fields)[number] => fields.some((each) => each === field);

/** What stands in the draft now, before it is painted. */
function readKept(words: string): CloseForm | null {
  if (words === '') return null;
  try {
    return readCloseForm(JSON.parse(words));
  } catch {
    return null;
  }
}
