import { useLayoutEffect, useRef, useState } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Missed } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { markOf } from '../../app/marks.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { clockWords, lengthWords } from '../../ui/time-words.ts';
import { openMissed } from './commands.ts';
import styles from './missed-report.module.css';
import { countWords } from './missed-summary.ts';
import { groupsOf, type MissedItem } from './missed-words.ts';

/** What was missed, list by list, over the work: opened and closed by the handler's own key (rules ). */
export function MissedReport() {
  const missed = useCell(useWorkplace().store.desk)?.missed ?? null;
  return missed === null ? <NoReport /> : <Report missed={missed} />;
}

function NoReport() {
  const workplace = useWorkplace();
  const spot = useSpot('missed');
  return (
    <section className={styles.report} data-pane aria-label="What was missed" ref={spot} tabIndex={-1}>
      <p className={styles.words}>
        The report has been put away.{' '}
        <button type="button" onClick={() => workplace.uncover('work')}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </p>
    </section>
  );
}

function Report({ missed }: { readonly missed: Missed }) {
  const workplace = useWorkplace();
  const { law } = workplace;
  const keyboard = useKeyboard();
  const spot = useSpot('missed');
  const list = useRef<HTMLElement | null>(null);
  const [opening] = useState(() => law.ticket());
  const at = useCell(workplace.missedAt);
  const groups = groupsOf(missed);
  const items = groups.flatMap((group) => group.items);
  const chosen = Math.min(at, Math.max(0, items.length - 1));

  // The report is the answer to the key that opened it.
  useLayoutEffect(() => {
    law.answer(opening, () => law.focus(list.current));
  }, [law, opening]);

  return (
    <section
      className={styles.report}
      data-pane
      data-focus="missed"
      aria-label="What was missed"
      role="region"
    >
      <header className={styles.head}>
        <h2>What was missed</h2>
        <button type="button" onClick={() => keyboard.runById('missed-away')}>
          Put away <KeyHint>x</KeyHint>
        </button>
        <button type="button" onClick={() => workplace.uncover('work')}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </header>
      <p className={styles.words}>
        The link was down from {clockWords(missed.from)} to {clockWords(missed.to)},{' '}
        {lengthWords(missed.to - missed.from)}: {countWords(missed)}.
      </p>
      <div
        ref={(element) => {
          list.current = element;
          spot(element);
        }}
        className={styles.lists}
        role="listbox"
        aria-label="Contacts"
        aria-activedescendant={items.length > 0 ? `missed-${chosen}` : undefined}
        tabIndex={0}
      >
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name} className={styles.group}>
            <h3>
              {group.name} <span>{group.items.length}</span>
            </h3>
            {group.items.map((item) => (
              <Item
                key={item.key}
                item={item}
                id={`missed-${items.indexOf(item)}`}
                chosen={items[chosen] === item}
                onOpen={() => openMissed(workplace, items.indexOf(item))}
              />
            ))}
            {group.more !== null && <p className={styles.words}>{group.more}</p>}
          </div>
        ))}
        {items.length === 0 && <p className={styles.words}>No contact of yours has changed.</p>}
      </div>
    </section>
  );
}

interface ItemProps {
  readonly item: MissedItem;
  readonly id: string;
  readonly chosen: boolean;
  readonly onOpen: () => void;
}

function Item({ item, id, chosen, onOpen }: ItemProps) {
  const { law } = useWorkplace();
  const element = useRef<HTMLDivElement>(null);
  const { summary } = item;
  const mark = summary === null ? null : markOf(summary);

  useLayoutEffect(() => {
    const list = element.current?.closest('[role="listbox"]');
    if (!chosen || element.current === null || !(list instanceof HTMLElement)) return;
    const { offsetTop: top, offsetHeight: height } = element.current;
    law.keepPlace(list, Math.min(top, Math.max(top + height - list.clientHeight, list.scrollTop)));
  }, [chosen, law]);

  return (
    <div
      ref={element}
      id={id}
      role="option"
      aria-selected={chosen}
      className={styles.item}
      data-contact-id={item.contact}
      onClick={onOpen}
    >
      <span className={styles.line}>
        {mark !== null && <Shape name={mark.shape} letter={mark.letter} />}
        <span className={styles.ref}>{item.ref ?? 'No reference'}</span>
        {summary !== null && <span>{channelFacts[summary.channel].word}</span>}
      </span>
      <span className={styles.title}>{item.title}</span>
      <span className={styles.became}>{item.words}</span>
    </div>
  );
}
