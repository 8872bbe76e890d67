import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { CannedReply } from '../../../shared/domain/policy/chat.ts';
import { usePolicy } from '../../app/policies.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { filled, findReplies } from './canned.ts';
import styles from './chat-composer.module.css';
import { useReplyValues } from './use-reply-values.ts';

export interface CannedListProps {
  readonly contact: Contact;
  readonly risk: boolean;
  readonly onChoose: (reply: CannedReply, text: string) => void;
  readonly onLeave: () => void;
}

/** Ready replies, found by typing: the chosen one goes into the line to be read, never out by itself (rule CH-11). */
export function CannedList({ contact, risk, onChoose, onLeave }: CannedListProps) {
  const { law } = useWorkplace();
  const view = usePolicy('chat');
  const values = useReplyValues(contact);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const list = useId();
  // The list is opened by the handler's own key, and this runs in its task.
  useLayoutEffect(() => void law.focus(field.current), [law]);
  const found = view.kind === 'here' ? findReplies(view.value.replies, typed, { risk }) : [];
  const chosen = found[Math.min(at, found.length - 1)];
  // The chosen one is in sight: rolled by the handler's own key alone.
  const rows = useRef<HTMLUListElement>(null);
  const chosenId = chosen?.id ?? '';
  useLayoutEffect(() => {
    const all = rows.current;
    const row = all?.querySelector<HTMLElement>(`[data-reply="${chosenId}"]`) ?? null;
    if (all === null || row === null) return;
    const top = row.offsetTop - all.offsetTop;
    const bottom = top + row.offsetHeight - all.clientHeight;
    law.keepPlace(all, Math.max(bottom, Math.min(all.scrollTop, top)));
  }, [law, chosenId]);
  const move = (by: number) =>
    setAt((now) => Math.max(0, Math.min(found.length - 1, Math.min(now, found.length - 1) + by)));
  return (
    <div
      className={styles.replies}
      role="group"
      aria-label="Ready replies"
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') move(1);
        else if (event.key === 'ArrowUp') move(-1);
        else if (event.key === 'Escape') onLeave();
        else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
          if (chosen !== undefined) onChoose(chosen, filled(chosen.text, values));
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <p className={styles.repliesHead}>
        <label>
          <span>Ready reply</span>
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.id}`}
            value={typed}
            autoComplete="off"
            placeholder="Type to find"
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
            }}
          />
        </label>
        <span>
          <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> into the line ·{' '}
          <KeyHint>Esc</KeyHint> back
        </span>
      </p>
      {view.kind === 'not-there' && <p className={styles.repliesNone}>{view.sentence}</p>}
      {view.kind === 'here' && found.length === 0 && (
        <p className={styles.repliesNone}>No ready reply has these words.</p>
      )}
      <ul ref={rows} id={list} role="listbox" aria-label="Ready replies">
        {found.map((reply) => (
          <li
            key={reply.id}
            id={`${list}-${reply.id}`}
            data-reply={reply.id}
            role="option"
            aria-selected={reply === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(reply, filled(reply.text, values))}
          >
            <strong>{reply.title}</strong> <span title={reply.text}>{filled(reply.text, values)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
