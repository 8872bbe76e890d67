import { useEffect, useRef } from 'react';
import { useWorkplace } from '../app/workplace-context.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { groups } from './command.ts';
import { useKeyboard } from './keyboard-context.ts';
import { shownKeys } from './keys-page.ts';
import styles from './panel.module.css';

/** All keys on one sheet, by group. Opened by F1 or ?, closed by Escape; the work underneath stays as it is. */
export function HelpSheet() {
  const workplace = useWorkplace();
  const { commands } = useKeyboard();
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
