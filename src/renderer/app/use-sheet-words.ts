import { useCallback } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/**
 * What a sheet of this contact has written so far, as JSON of the sheet's own form, and how to write it: durable like the note
 * (rule X-09), back after a restart. `null`: nothing, or nothing this version can read. Writing `null` clears it.
 */
export function useSheetWords<Form>(
  id: ContactId,
  sheet: string,
  read: (value: unknown) => Form | null,
): readonly [Form | null, (form: Form | null) => void] {
  const { drafts } = useWorkplace();
  const { draft } = useCell(drafts.of(id));
  const write = useCallback(
    (form: Form | null) => drafts.writeSheet(id, sheet, form === null ? '' : JSON.stringify(form)),
    [drafts, id, sheet],
  );
  return [parsed(draft.sheets?.[sheet], read), write];
}

function parsed<Form>(words: string | undefined, read: (value: unknown) => Form | null): Form | null {
  if (words === undefined || words === '') return null;
  try {
    return read(JSON.parse(words));
  } catch {
    return null;
  }
}
