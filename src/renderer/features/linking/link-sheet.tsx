import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { linkKinds } from '../../../shared/domain/record/parts.ts';
import { useCell } from '../../app/cell.ts';
import { linkWords, stateOf } from '../../app/contact-words.ts';
import { markOf } from '../../app/marks.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { whenWords } from '../../ui/time-words.ts';
import {
  askQueue,
  findContacts,
  foundWords,
  isForQueue,
  kindByFinding,
  namedNote,
  type FoundContacts,
} from './find-contact.ts';
import { blankLink, readLinkForm, type LinkForm } from './link-form.ts';
import styles from './link-sheet.module.css';

/**
 * Links the open contact to one that is found by its reference or by words, with what is new in it (rules C-22, C-24). Ctrl+Enter keeps also
 * before the answer is painted: it waits for the finding of exactly these words, at the queue where nobody here goes by the reference.
 */
export function LinkSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { bridge, law, acts } = workplace;
  const [kept, write] = useSheetWords(id, 'link', readLinkForm);
  const form = kept ?? blankLink;
  const { typed } = form;
  const [found, setFound] = useState<FoundContacts | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [chosenId, setChosen] = useSheetView<ContactId | null>(id, 'chosen', () => null);
  const latest = useRef<Promise<FoundContacts | null>>(Promise.resolve(null));
  const isKeeping = useRef(false);
  const factField = useRef<HTMLInputElement>(null);
  const kindField = useRef<HTMLInputElement>(null);
  const spot = useSpot('sheet');
  const listId = useId();

  const show = useCallback((asked: Promise<FoundContacts | null>): void => {
    latest.current = asked;
    void asked.then((answer) => {
      if (latest.current !== asked) return;
      setAsking(false);
      setFound(answer);
    });
  }, []);
  useEffect(() => show(findContacts(bridge, typed, id).catch(() => null)), [show, bridge, typed, id]);

  /** What is found, asking the queue where that may find more; once for the same words. */
  const finding = async (): Promise<FoundContacts | null> => {
    const here = await latest.current;
    if (here === null || !isForQueue(here)) return here;
    const asked = askQueue(bridge, here, id).catch((): FoundContacts => ({ ...here, queue: 'away' }));
    setAsking(true);
    show(asked);
    return asked;
  };

  const isCurrent = found?.typed === typed;
  const contacts = isCurrent ? found.contacts : [];
  // The first, until an arrow has chosen another of those that are found.
  const chosen = Math.max(
    0,
    contacts.findIndex((each) => each.id === chosenId),
  );
  const kind = kindOf(form, isCurrent ? found.by : null);

  const isNamed = found !== null && isCurrent && namedNote(found, '') !== null;
  const isForAsking = found !== null && isCurrent && isForQueue(found);

  const keep = async (): Promise<void> => {
    if (isKeeping.current) return;
    isKeeping.current = true;
    const ticket = law.ticket();
    const given = form;
    try {
      const before = await latest.current;
      const answer = await finding();
      const isNews = before?.queue !== answer?.queue;
      // Asked by this very key: a number with nothing behind it is looked at again, and of several one is chosen.
      if (isNews && answer !== null && answer.queue !== 'away' && answer.contacts.length !== 1) {
        workplace.say(foundWords(answer), 'plain');
        return;
      }
      const to = answer?.contacts.find((each) => each.id === chosenId) ?? answer?.contacts[0];
      const named = answer === null ? null : namedNote(answer, given.fact);
      if (named !== null) {
        const noted = await acts.submit(id, { kind: 'note', text: named, happenedAt: null });
        if (noted.kind !== 'kept') return;
        write(null);
        workplace.say('Not linked: the reference is kept as a note. Tell dispatch what is new.', 'warning');
        law.answer(ticket, () => workplace.leaveSheet(id));
        return;
      }
      if (answer === null || to === undefined) {
        workplace.say('Nothing to link to yet: give a reference or words that are found.', 'plain');
        return;
      }
      const as = kindOf(given, answer.by);
      if (as === null) {
        workplace.say('Not linked yet: choose how they belong together.', 'plain');
        law.focus(kindField.current);
        return;
      }
      const act = { kind: 'link', to: to.id, as, fact: given.fact.trim() } as const;
      const said = await acts.submit(id, act);
      if (said.kind !== 'kept') return;
      write(null);
      workplace.say(`Linked to ${to.ref}, ${linkWords[as]}: kept here.`, 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    } finally {
      isKeeping.current = false;
    }
  };

  return (
    <SheetFrame
      id={id}
      title="Link to another contact"
      keys={
        <>
          <KeyHint>↓</KeyHint> chooses · <KeyHint>Enter</KeyHint> what is new
        </>
      }
      act={{
        words: isNamed ? 'Keep the reference' : 'Link',
        isReady: contacts.length > 0 || isNamed || isForAsking,
        run: () => void keep(),
      }}
    >
      <div className={styles.form}>
        <label className={styles.field}>
          <span>ISR, crime number, contact reference, or words</span>
          <input
            ref={spot}
            type="text"
            role="combobox"
            aria-expanded={contacts.length > 0}
            aria-controls={listId}
            aria-activedescendant={contacts.length > 0 ? `${listId}-${chosen}` : undefined}
            value={typed}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            placeholder="412 of 14 March, 41/895/26, CON-…"
            onChange={(event) => {
              setChosen(null);
              write({ ...form, typed: event.currentTarget.value, asks: false });
            }}
            onKeyDown={(event) => {
              const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
              if (step !== 0)
                setChosen(contacts[Math.min(Math.max(0, chosen + step), contacts.length - 1)]?.id ?? null);
              else if (event.key === 'Enter' && !event.ctrlKey) {
                law.focus(factField.current);
                void finding();
              } else return;
              event.preventDefault();
            }}
          />
        </label>
        <p className={styles.words} role="status">
          {isAsking ? 'Asking the queue…' : found === null || !isCurrent ? 'Looking…' : foundWords(found)}
        </p>
        <ul id={listId} role="listbox" aria-label="Contacts found" className={styles.found}>
          {contacts.map((summary, at) => (
            <FoundOne
              key={summary.id}
              id={`${listId}-${at}`}
              summary={summary}
              isChosen={at === chosen}
              onChoose={() => setChosen(summary.id)}
            />
          ))}
        </ul>
        <label className={styles.field}>
          <span>What is new? (goes to the other log as a dated line)</span>
          <input
            ref={factField}
            type="text"
            value={form.fact}
            maxLength={REASON_LIMIT}
            autoComplete="off"
            onChange={(event) => write({ ...form, fact: event.currentTarget.value })}
          />
        </label>
        <fieldset className={styles.kinds}>
          <legend>{kind === null ? 'Linked as: choose, only the place is the same' : 'Linked as'}</legend>
          {linkKinds.map((each, at) => (
            <label key={each}>
              <input
                type="radio"
                name="link-kind"
                ref={at === 0 ? kindField : undefined}
                checked={kind === each}
                onChange={() => write({ ...form, kind: each })}
              />
              <span>{linkWords[each]}</span>
            </label>
          ))}
        </fieldset>
      </div>
    </SheetFrame>
  );
}

const kindOf = ({ kind, asks }: LinkForm, by: FoundContacts['by'] | null) =>
  kind ?? (asks ? null : kindByFinding(by));

interface FoundOneProps {
  readonly id: string;
  readonly summary: ContactSummary;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function FoundOne({ id, summary, isChosen, onChoose }: FoundOneProps) {
  const me = useCell(useWorkplace().store.desk)?.me?.desk ?? null;
  const now = useNow();
  const mark = markOf(summary);
  return (
    <li
      id={id}
      role="option"
      aria-selected={isChosen}
      className={styles.one}
      data-contact-id={summary.id}
      onClick={onChoose}
    >
      <span className={styles.line}>
        <Shape name={mark.shape} letter={mark.letter} /> {summary.ref} · {channelFacts[summary.channel].word}{' '}
        · {whenWords(summary.receivedAt, now)} · {stateOf({ summary, pending: [] }, me).words}
        {summary.marks.isr !== null && ` · ISR ${summary.marks.isr}`}
      </span>
      <span className={styles.title} title={summary.title}>
        {summary.title}
      </span>
      <span className={styles.line}>{summary.place ?? 'Place not known'}</span>
    </li>
  );
}
