import { useSyncExternalStore } from 'react';
import { useCell } from '../app/cell.ts';
import { useWorkplace } from '../app/workplace-context.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import styles from './key-bar.module.css';
import { useKeyboard } from './keyboard-context.ts';
import { TakeBack } from './take-back.tsx';
import { offeredAt, shownKey } from './offered.ts';
import { keyWords } from './strokes.ts';

/** What the keys do right now, from the registry. */
export function KeyBar() {
  // What a command may do now is read from the workplace itself, which the compiler cannot see change.
  'use no memo';
  const workplace = useWorkplace();
  const keyboard = useKeyboard();
  const pending = useCell(keyboard.pending);
  const focus = useCell(keyboard.focus);
  const { singleLetterKeys } = useCell(workplace.store.settings);
  useCell(workplace.tabs);
  useCell(workplace.active);
  useCell(workplace.store.counts);
  useSyncExternalStore(workplace.list.subscribe, () => workplace.list.read().selected);
  const offered =
    pending === null ? offeredAt(focus, keyboard.commands, singleLetterKeys, workplace) : pending.choices;
  const prefix = pending?.prefix ?? null;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Keys" data-choosing={pending !== null}>
      <div className={styles.keys}>
        {prefix !== null && <span className={styles.prefix}>{keyWords(prefix)} then</span>}
        {offered.map((command) => (
          <button
            key={command.id}
            type="button"
            tabIndex={-1}
            className={styles.key}
            onClick={() => keyboard.run(command)}
          >
            <KeyHint>{shownKey(command, prefix, singleLetterKeys, focus)}</KeyHint> {command.short}
          </button>
        ))}
      </div>
      <TakeBack />
      <button
        type="button"
        tabIndex={-1}
        className={styles.more}
        title="Every key for this place"
        onClick={() => keyboard.runById('help')}
      >
        … <KeyHint>F1</KeyHint> keys
      </button>
    </div>
  );
}
