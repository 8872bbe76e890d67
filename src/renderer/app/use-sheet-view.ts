import { useState } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import { useWorkplace } from './workplace-context.ts';

/**
 * What is open or marked in a sheet and is no word of it: the letter that is written, the line that is chosen. It is there again after the
 * lock and after another tab, and gone when the sheet is left. `name`: unlike any other of the same sheet.
 */
export function useSheetView<Value>(
  id: ContactId,
  name: string,
  initial: () => Value,
): readonly [Value, (value: Value) => void] {
  const { sheets } = useWorkplace();
  const [value, setValue] = useState<Value>(() => {
    const view = sheets.viewOf(id);
    // Written under this name by this very hook alone.
    return view.has(name) ? (view.get(name) as Value) : initial();
  });
  return [
    value,
    (next) => {
      sheets.viewOf(id).set(name, next);
      setValue(next);
    },
  ];
}
