import type { Missed } from '../../../shared/contract/workstation.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { countWords, whenWords } from './missed-summary.ts';

/** What stands in the line: when the link was down, what was missed, and the way to the report. */
export function MissedTold({ missed }: { readonly missed: Missed }) {
  const keyboard = useKeyboard();
  return (
    <>
      <p data-conflicts={missed.conflicts.length > 0}>
        {whenWords(missed)}: {countWords(missed)}.
      </p>
      <button type="button" onClick={() => keyboard.runById('missed')}>
        Show <KeyHint>Ctrl+Shift+M</KeyHint>
      </button>
    </>
  );
}
