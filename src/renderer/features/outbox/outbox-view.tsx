import { useLayoutEffect, useRef, useState } from 'react';
import type { OutboxItem } from '../../../shared/contract/workstation.ts';
import { ownerOf } from '../../../shared/domain/contact.ts';
import { useCell } from '../../app/cell.ts';
import type { StoredDraft } from '../../app/drafts.ts';
import { formTitle, readForm } from '../../app/form-words.ts';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { isLinkDown } from '../../app/link-down.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { actWords } from './act-words.ts';
import { copyWords, intoNote, openLine, seen } from './commands.ts';
import { stateOfItem } from './outbox-words.ts';
import { wordsOf } from './words-of.ts';
import styles from './outbox-view.module.css';

/** All that this desk keeps of the handler's work and the queue has not: opened and closed by their own key. */
export function OutboxView() {
  const workplace = useWorkplace();
  const { law, store, drafts } = workplace;
  const { items } = useCell(store.outbox);
  const stored = useCell(drafts.stored);
  const spot = useSpot('outbox');
  const list = useRef<HTMLElement | null>(null);
  const [opening] = useState(() => law.ticket());
  const waiting = items.filter(({ state }) => state === 'waiting');
  const answered = items.filter(({ state }) => state !== 'waiting');

  // The view is the answer to the key that opened it.
  useLayoutEffect(() => {
    law.answer(opening, () =>
      law.focus(list.current?.querySelector<HTMLElement>('[data-item]') ?? list.current),
    );
  }, [law, opening]);

  return (
    <section
      className={styles.view}
      data-pane
      data-focus="outbox"
      aria-label="All that is kept here"
      role="region"
    >
      <header className={styles.head}>
        <h2>Kept on this desk</h2>
        <button type="button" onClick={() => workplace.uncover('work')}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </header>
      <div
        ref={(element) => {
          list.current = element;
          spot(element);
        }}
        className={styles.lists}
        tabIndex={-1}
      >
        <Group name="Came back" count={answered.length} nothing="Nothing was refused or came late.">
          {answered.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </Group>
        <Group name="Waits to be sent" count={waiting.length} nothing="Everything is received.">
          {waiting.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </Group>
        <Group name="Half-written" count={stored.length} nothing="No draft is kept.">
          {stored.map((draft) => (
            <DraftLine key={draft.contact} draft={draft} />
          ))}
        </Group>
      </div>
    </section>
  );
}

interface GroupProps {
  readonly name: string;
  readonly count: number;
  readonly nothing: string;
  readonly children: React.ReactNode;
}

function Group({ name, count, nothing, children }: GroupProps) {
  return (
    <section className={styles.group} aria-label={name}>
      <h3>
        {name} {count > 0 && <span>{count}</span>}
      </h3>
      {count === 0 ? <p className={styles.nothing}>{nothing}</p> : <ul>{children}</ul>}
    </section>
  );
}

function Item({ item }: { readonly item: OutboxItem }) {
  const workplace = useWorkplace();
  const { clock, store } = workplace;
  const desk = useCell(store.desk);
  const row = useRow(item.contact);
  const me = desk?.me?.desk;
  const isMine = row !== undefined && me !== undefined && ownerOf(row.summary)?.desk === me;
  const { words: became, todo } = stateOfItem(item, { linkIsDown: isLinkDown(desk), isMine });
  const words = wordsOf(item.act);
  return (
    <li
      className={styles.item}
      tabIndex={-1}
      data-item={item.id}
      data-contact-id={item.contact}
      data-state={item.state}
    >
      <p className={styles.what}>
        <strong>{actWords(item.act)}</strong> <span>{item.ref ?? 'contact not on this desk'}</span>
        <time>{clockWords(clock.toQueueTime(item.keptAt))}</time>
      </p>
      {row !== undefined && <p className={styles.title}>{row.summary.title}</p>}
      <p className={styles.became}>{became}</p>
      {todo !== null && <p className={styles.todo}>{todo}</p>}
      {words !== '' && (
        <p className={styles.words} data-words>
          {words}
        </p>
      )}
      <div className={styles.acts}>
        <button type="button" tabIndex={-1} onClick={() => openLine(workplace, item.contact)}>
          Open <KeyHint>Enter</KeyHint>
        </button>
        {words !== '' && item.state !== 'waiting' && (
          <>
            <button type="button" tabIndex={-1} onClick={() => intoNote(workplace, item)}>
              Into a note <KeyHint>n</KeyHint>
            </button>
            <button type="button" tabIndex={-1} onClick={() => copyWords(workplace, item)}>
              Copy <KeyHint>y</KeyHint>
            </button>
          </>
        )}
        {item.state !== 'waiting' && (
          <button type="button" tabIndex={-1} onClick={() => seen(workplace, item)}>
            Seen <KeyHint>x</KeyHint>
          </button>
        )}
      </div>
    </li>
  );
}

/** Words that were typed and not sent: by contact, when, and how many. A new contact has no reference yet. */
function DraftLine({ draft }: { readonly draft: StoredDraft }) {
  const workplace = useWorkplace();
  const { clock, drafts } = workplace;
  const here = useCell(drafts.of(draft.contact));
  const form = readForm(draft.contact, here.draft.text);
  const title = form === null ? (draft.title ?? 'New contact, half-written') : formTitle(form);
  return (
    <li
      className={styles.item}
      tabIndex={-1}
      data-item={draft.contact}
      data-contact-id={draft.contact}
      data-state="draft"
    >
      <p className={styles.what}>
        <strong>{title}</strong> <span>{draft.ref ?? ''}</span>
        <time>{clockWords(clock.toQueueTime(draft.savedAt))}</time>
      </p>
      <p className={styles.became}>
        {draft.ref === null
          ? 'Not kept as a contact yet.'
          : draft.characters === 0
            ? 'A sheet half filled in, not sent.'
            : `${draft.characters} characters of a note, not sent.`}
      </p>
      <div className={styles.acts}>
        <button type="button" tabIndex={-1} onClick={() => openLine(workplace, draft.contact)}>
          Open <KeyHint>Enter</KeyHint>
        </button>
      </div>
    </li>
  );
}
