import { useEffect, useRef, useState } from 'react';
import { useCell } from '../app/cell.ts';
import { useWorkplace } from '../app/workplace-context.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { groups } from './command.ts';
import { useKeyboard } from './keyboard-context.ts';
import { shownKeys } from './keys-page.ts';
import { offeredAt, shownKey } from './offered.ts';
import styles from './panel.module.css';

/** What the keys do where the handler was, then all of them by group, on one sheet. Opened by F1 or ?, closed by Escape; the work underneath stays as it is. */
export function HelpSheet() {
  // What a command may do now is read from the workplace itself, as it is when the sheet opens.
  'use no memo';
  const workplace = useWorkplace();
  const keyboard = useKeyboard();
  const { commands } = keyboard;
  const { singleLetterKeys } = useCell(workplace.store.settings);
  const [here] = useState(() => {
    const focus = keyboard.focus.read();
    return offeredAt(focus, commands, singleLetterKeys, workplace).map((command) => ({
      command,
      key: shownKey(command, null, singleLetterKeys, focus),
    }));
  });
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const { law } = workplace;
    law.focus(sheet.current);
    return () => {
      if (before instanceof HTMLElement && before.isConnected) law.focus(before);
    };
  }, [workplace]);
  return (
    <div className={styles.sheet} role="dialog" aria-label="Keys" tabIndex={-1} ref={sheet}>
      <header className={styles.head}>
        <h2>Keys</h2>
        <button type="button" className={styles.close} onClick={() => workplace.panel.set(null)}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </header>
      <p className={styles.lead}>
        Letters act in the list and on a contact, never while you type. Everything is also in Ctrl+K and on
        the function keys.
      </p>
      <div className={styles.groups}>
        <section className={styles.group} aria-label="Here, now">
          <h3>Here, now</h3>
          <dl>
            {here.map(({ command, key }) => (
              <div key={command.id} className={styles.line}>
                <dt>
                  <KeyHint>{key}</KeyHint>
                </dt>
                <dd>{command.title}</dd>
              </div>
            ))}
          </dl>
        </section>
        {groups.map((group) => (
          <section key={group} className={styles.group}>
            <h3>{group}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group && shownKeys(command).length > 0)
                .map((command) => (
                  <div key={command.id} className={styles.line}>
                    <dt>
                      {shownKeys(command).map((key) => (
                        <KeyHint key={key}>{key}</KeyHint>
                      ))}
                    </dt>
                    <dd>{command.title}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}
