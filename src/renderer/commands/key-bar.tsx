import { useSyncExternalStore } from 'react';
import { useCell } from '../app/cell.ts';
import { useWorkplace } from '../app/workplace-context.ts';
import type { Workplace } from '../app/workplace.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import type { Command, Focus } from './command.ts';
import styles from './key-bar.module.css';
import { useKeyboard } from './keyboard-context.ts';
import { TakeBack } from './take-back.tsx';
import { actsAt, nextStroke } from './keymap.ts';
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
    pending === null ? barOf(keyboard.commands, focus, singleLetterKeys, workplace) : pending.choices;
  const prefix = pending?.prefix ?? null;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Keys">
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
    </div>
  );
}

function shownKey(command: Command, prefix: string | null, letters: boolean, focus: Focus): string {
  if (prefix !== null) return keyWords(nextStroke(command, prefix) ?? '');
  const key =
    letters && !isTyping(focus)
      ? (command.begins ?? command.keys[0])
      : (ownKeys(command).find((each) => /F\d|Ctrl|Enter/.test(each)) ?? command.keys[0]);
  return keyWords(key ?? '');
}

const ownKeys = ({ keys, begins }: Command): readonly string[] =>
  begins === undefined ? keys : [...keys, begins];

/** Words are being written, or a sheet has the letters: they are no commands. */
const isTyping = (focus: Focus): boolean =>
  focus === 'composer' || focus === 'chat' || focus === 'form' || focus === 'sheet';

function barOf(
  commands: readonly Command[],
  focus: Focus,
  letters: boolean,
  workplace: Workplace,
): readonly Command[] {
  return (
    commands
      .filter((command) => command.bar !== undefined && actsAt(command, focus))
      .filter(
        (command) => (letters && !isTyping(focus)) || ownKeys(command).some((key) => /F\d|Ctrl/.test(key)),
      )
      .filter(({ when }) => when === undefined || when(workplace, focus))
      // In the middle of a sentence only what may be wanted there.
      .filter(({ bar }) => !isTyping(focus) || (bar ?? 0) < 26 || (bar ?? 0) >= 80)
      .sort((a, b) => (a.bar ?? 0) - (b.bar ?? 0))
  );
}
