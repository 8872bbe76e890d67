import { useEffect, useId, useRef, useState } from 'react';
import { useWorkplace } from '../app/workplace-context.ts';
import type { Workplace } from '../app/workplace.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import type { Command } from './command.ts';
import { focusOf } from './keyboard.ts';
import { useKeyboard } from './keyboard-context.ts';
import styles from './panel.module.css';
import { keyWords } from './strokes.ts';

/** Finds a command by its name: every act works without a single letter (WCAG 2.1.4). */
export function CommandPalette() {
  // What a command may do now is read from the workplace itself, which the compiler cannot see change.
  'use no memo';
  const workplace = useWorkplace();
  const keyboard = useKeyboard();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const [before] = useState(() => document.activeElement);
  const listId = useId();

  useEffect(() => {
    workplace.law.focus(field.current);
  }, [workplace]);

  const focus = focusOf(before);
  const found = matching(keyboard.commands, text, workplace).filter(
    (command) => command.id !== 'palette' && (command.when === undefined || command.when(workplace, focus)),
  );
  const chosen = Math.min(at, Math.max(0, found.length - 1));

  const leave = () => {
    workplace.panel.set(null);
    if (before instanceof HTMLElement && before.isConnected) workplace.law.focus(before);
  };
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    leave();
    keyboard.run(command);
  };
  return (
    <div className={styles.palette} role="dialog" aria-label="Commands">
      <input
        ref={field}
        className={styles.search}
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${chosen}` : undefined}
        placeholder="Type what you want to do"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
          else if (event.key === 'Enter') run(found[chosen]);
          else if (event.key === 'Escape') leave();
          else return;
          event.preventDefault();
        }}
      />
      <ul id={listId} role="listbox" aria-label="Commands found" className={styles.found}>
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={styles.option}
            onClick={() => run(command)}
          >
            <span>{titleNow(command, workplace)}</span>
            <span>{command.keys[0] !== undefined && <KeyHint>{keyWords(command.keys[0])}</KeyHint>}</span>
          </li>
        ))}
        {found.length === 0 && (
          <li className={styles.none}>
            No command has these words here. Try fewer of them, or choose a contact first.
          </li>
        )}
      </ul>
    </div>
  );
}

const titleNow = ({ title, about }: Command, workplace: Workplace): string =>
  about === undefined ? title : `${title} (${about(workplace)})`;

/** Commands whose title holds every word typed. */
function matching(commands: readonly Command[], text: string, workplace: Workplace): readonly Command[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  return commands.filter((command) => {
    const said = `${titleNow(command, workplace)} ${command.short}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
