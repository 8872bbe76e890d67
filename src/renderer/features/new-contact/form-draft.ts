import type { ContactId } from '../../../shared/domain/ids.ts';
import { readForm, writeForm, type FormWords } from '../../app/form-words.ts';
import type { Workplace } from '../../app/workplace.ts';

/** The form that is open as the draft of a contact. */
export const formOf = ({ drafts }: Workplace, id: ContactId): FormWords | null =>
  readForm(id, drafts.of(id).read().draft.text);

/** Puts a changed form back as the draft it is kept as (rule X-09). */
export const keepWords = ({ drafts }: Workplace, words: FormWords): void =>
  drafts.typed(words.contact, {
    text: writeForm(words),
    caret: drafts.of(words.contact).read().draft.caret,
  });

/** Forgets the form: it was sent, or the handler has thrown it away. */
export function forgetForm({ drafts }: Workplace, id: ContactId): void {
  drafts.typed(id, { text: '', caret: 0 });
  void drafts.save(id);
}
