import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { REPLY_LIMIT } from '../../../shared/domain/chat/chat.ts';
import { ownerOf, type Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { LineLanguage } from '../../../shared/domain/language/detection.ts';
import { troubleSentence } from '../../../shared/domain/language/translation.ts';
import { useCell } from '../../app/cell.ts';
import { languageInForceWords, shortTroubleWords } from '../../app/language-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { safeContactWords } from '../../app/safe-contact-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { CannedList } from './canned-list.tsx';
import styles from './chat-composer.module.css';
import { shortBarWords, turnWords } from './chat-words.ts';
import { readsWords, useSentIn, type SentIn } from './sent-in.ts';
import { sendLine } from './send-line.ts';
import { MESSAGE, noMessage, readMessage } from './message-draft.ts';

/** Where a line to the public is written, in a chat of this desk; nothing where it is another's, or nobody's yet. */
export function ChatComposer({ id }: { readonly id: ContactId }) {
  const { readings, store } = useWorkplace();
  const reading = useCell(readings.of(id));
  const me = useCell(store.desk)?.me?.desk;
  if (reading?.kind !== 'here' || me === undefined || ownerOf(reading.contact)?.desk !== me) return null;
  return <Open id={id} contact={reading.contact} />;
}

/**
 * Its words go to the person the moment Enter is pressed, so that nothing about it looks like the note: a heavy edge, a heading, another field
 * (rule CH-01). What arrives touches neither its words nor its caret.
 */
function Open({ id, contact }: { readonly id: ContactId; readonly contact: Contact }) {
  const workplace = useWorkplace();
  const { chats, drafts, law } = workplace;
  const keyboard = useKeyboard();
  const [kept, write] = useSheetWords(id, MESSAGE, readMessage);
  const [isAsked, setAsked] = useState(false);
  const spot = useSpot('message');
  const field = useRef<HTMLTextAreaElement | null>(null);
  const draft = kept ?? noMessage;
  const bar = shortBarWords(contact);
  const risk = contact.flags.lookFirst || contact.band === 'A';
  const sends = useSentIn(contact);

  // A field that has just been shown gets the caret that was kept; afterwards it is the handler's alone.
  const placed = useRef(false);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    const to = caret.current ?? (placed.current ? null : draft.caret);
    placed.current = true;
    caret.current = null;
    if (to !== null && element.value === draft.text) element.setSelectionRange(to, to);
  }, [draft]);
  useEffect(() => () => void drafts.save(id), [drafts, id]);
  useLayoutEffect(
    () => chats.offer({ send: () => sendLine(workplace), askForReply: () => setAsked(true) }),
    [workplace, chats],
  );

  const leaveReplies = () => {
    setAsked(false);
    law.focus(field.current);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.altKey) return;
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    // Held down it would send what is typed next.
    if (!event.repeat) keyboard.runById('send-line');
  };
  return (
    <section className={styles.chat} aria-label="Line to the public" data-barred={bar !== null}>
      {isAsked && (
        <CannedList
          contact={contact}
          risk={risk}
          onLeave={leaveReplies}
          onChoose={(reply, text) => {
            const before = draft.text.slice(0, draft.caret);
            const joint = before === '' || /\s$/u.test(before) ? '' : ' ';
            const next = before + joint + text + draft.text.slice(draft.caret);
            caret.current = (before + joint + text).length;
            write({ text: next, caret: caret.current, canned: draft.text === '' ? reply.id : draft.canned });
            leaveReplies();
          }}
        />
      )}
      <p className={styles.head}>
        <strong className={styles.to} title={readsWords(sends)}>
          <span aria-hidden="true">➤</span> {readsWords(sends)}
        </strong>
        <Turn contact={contact} />
      </p>
      <Safe contact={contact} language={sends.language} />
      <textarea
        ref={(element) => {
          field.current = element;
          spot(element);
        }}
        className={styles.field}
        aria-label="Line to the public"
        data-focus="chat"
        rows={3}
        value={draft.text}
        dir="auto"
        spellCheck
        onFocus={() => chats.writesIn(id, 'message')}
        onKeyDown={onKeyDown}
        onChange={({ currentTarget: { value: text, selectionStart } }) => {
          write(text === '' ? null : { text, caret: selectionStart, canned: draft.canned });
          if (text.trim() !== '' && bar === null) chats.typed(id);
        }}
        onSelect={({ currentTarget: { selectionStart } }) => {
          if (draft.text !== '' && selectionStart !== draft.caret) write({ ...draft, caret: selectionStart });
        }}
        onBlur={() => void drafts.save(id)}
      />
      <Foot bar={bar} length={draft.text.trim().length} trouble={sends.trouble} />
    </section>
  );
}

/** Who is typing, and whose turn it is: one line whose room is always there. */
function Turn({ contact }: { readonly contact: Contact }) {
  const heard = useCell(useWorkplace().chats.typingOf(contact.id));
  // Who has left types no more, whatever was last heard of them.
  const typing = heard && shortBarWords(contact) === null;
  const view = usePolicy('chat');
  const { words, tone } = turnWords(contact, useNow(), view.kind === 'here' ? view.value.clocks : null);
  return (
    <span className={styles.turn} data-tone={typing ? 'plain' : tone}>
      {typing ? 'They are typing…' : words}
    </span>
  );
}

/** How they may be reached safely stands above the words that might reach them (rule CH-10). */
function Safe({ contact, language }: { readonly contact: Contact; readonly language: LineLanguage | null }) {
  const keyboard = useKeyboard();
  const safe = contact.safeContacts.at(-1);
  const words = safe === undefined ? '' : safeContactWords(safe);
  return (
    <p className={styles.safe} title={words}>
      <button type="button" tabIndex={-1} onClick={() => keyboard.runById('safe-contact')}>
        Safe contact <KeyHint>Shift+S</KeyHint>
      </button>
      <bdi>{words === '' ? 'not agreed yet: ask early' : words}</bdi>
      <span className={styles.language}>
        <button type="button" tabIndex={-1} onClick={() => keyboard.runById('choose-language')}>
          Language <KeyHint>Shift+V</KeyHint>
        </button>
        <span>{language === null ? 'English' : languageInForceWords(language)}</span>
      </span>
    </p>
  );
}

/** One line, whatever it says: an exit, an ended chat or a service in trouble moves no letter. */
function Foot({
  bar,
  length,
  trouble,
}: {
  readonly bar: string | null;
  readonly length: number;
  readonly trouble: SentIn['trouble'];
}) {
  const over = length - REPLY_LIMIT;
  if (bar !== null)
    return (
      <p className={styles.foot} title={bar}>
        <span className={styles.bar} data-tone="warning">
          {bar}
        </span>
      </p>
    );
  return (
    <p className={styles.foot}>
      <span
        className={styles.bar}
        data-tone={over > 0 ? 'warning' : 'plain'}
        title={trouble === null ? undefined : troubleSentence(trouble)}
      >
        {over > 0
          ? `${over} characters too long: send it in two`
          : trouble === null
            ? ''
            : `Not translated: ${shortTroubleWords(trouble)}`}
      </span>
      <span className={styles.keys}>
        <KeyHint>Enter</KeyHint> send · <KeyHint>Ctrl+;</KeyHint> ready replies · <KeyHint>Ctrl+J</KeyHint>{' '}
        note
      </span>
    </p>
  );
}
