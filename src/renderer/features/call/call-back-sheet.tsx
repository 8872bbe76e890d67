import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import {
  callBackResults,
  callBackWays,
  safeToRing,
  type TriedCallBack,
} from '../../../shared/domain/record/parts.ts';
import { attemptsWords, providerPeriod } from '../../app/call-back-words.ts';
import { useCell } from '../../app/cell.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useFirstField, useOpening } from '../../app/use-first-field.ts';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { AttemptLog } from './attempt-log.tsx';
import {
  attemptOf,
  blankCallBack,
  missingInCallBack,
  reachOf,
  readCallBack,
  relayNumber,
  whyNot,
  withResult,
  withSafe,
  withWay,
  type CallBackForm,
  type Reach,
} from './call-back-form.ts';
import styles from './call.module.css';
import { ChoiceRow } from './choice-row.tsx';
import { isTypedInto, plainKey } from './plain-key.ts';
import { RingFacts } from './ring-facts.tsx';

const safeKeys: Readonly<Record<TriedCallBack['safe'], string>> = { yes: 'y', no: 'n', 'not-known': 'u' };
const safeNames: Readonly<Record<TriedCallBack['safe'], string>> = {
  yes: 'Yes',
  no: 'No',
  'not-known': 'Not known',
};
const resultNames: Readonly<Record<TriedCallBack['result'], string>> = {
  answered: 'Answered',
  'no-answer': 'No answer',
  'not-rung': 'Not rung',
};

/** Ringing back: whether the bell could hurt somebody is asked before anything else (rule C-20). */
export function CallBackSheet({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const opening = useOpening();
  const spot = useSpot('sheet');
  const contact = reading?.kind === 'here' ? reading.contact : null;
  if (contact !== null) return <Open id={id} contact={contact} opening={opening} />;
  return (
    <SheetFrame id={id} title="Ring back" act={null}>
      <p ref={spot} tabIndex={-1} role="status">
        The contact is being read. What is on record stands here in a moment: do not ring before.
      </p>
    </SheetFrame>
  );
}

interface OpenProps {
  readonly id: ContactId;
  readonly contact: Contact;
  readonly opening: Ticket;
}

function Open({ id, contact, opening }: OpenProps) {
  const workplace = useWorkplace();
  const { acts, drafts, law } = workplace;
  const [kept, write] = useSheetWords(id, 'call-back', readCallBack);
  const form = kept ?? blankCallBack;
  const reach = reachOf(contact);
  const spot = useSpot('sheet');
  const safeRow = useRef<HTMLElement | null>(null);
  const wayRow = useRef<HTMLElement | null>(null);
  const resultRow = useRef<HTMLElement | null>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  useFirstField(opening, safeRow);
  useEffect(() => () => void drafts.save(id), [drafts, id]);

  /** On to the first row that still asks, or to the words. */
  const goOn = (next: CallBackForm) =>
    law.focus(next.way === null ? wayRow.current : next.result === null ? resultRow.current : words.current);
  const change = (next: CallBackForm) => {
    write(next);
    goOn(next);
  };
  const chooseSafe = (safe: TriedCallBack['safe']) => change(withSafe(form, safe, reach));
  const chooseWay = (way: TriedCallBack['way']) => {
    if (form.safe !== null && whyNot(way, reach, form.safe) === null) change(withWay(form, way));
  };
  const chooseResult = (result: TriedCallBack['result']) => {
    if (isOpenResult(result, form, reach)) change(withResult(form, result));
  };

  const keep = () => {
    const attempt = attemptOf(form);
    if (attempt === null) {
      workplace.say(missingInCallBack(form) ?? '', 'plain');
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'call-back');
    void acts.submit(id, { kind: 'attempt', attempt }).then((answer) => {
      if (answer.kind !== 'kept') return;
      // What has been typed since is the next attempt's.
      if (drafts.sheet(id, 'call-back') === sent) write(null);
      workplace.say('Attempt kept here.', 'plain');
      law.answer(ticket, () => law.focus(safeRow.current));
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const key = plainKey(event);
    if (key === null || isTypedInto(event.target)) return;
    const safe = safeToRing.find((each) => safeKeys[each] === key);
    const row = (event.target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
    const digit = /^[1-4]$/.test(key) ? Number(key) - 1 : null;
    if (safe !== undefined) chooseSafe(safe);
    else if (digit !== null && form.safe === null)
      workplace.say('First: is it safe to ring? y, n or u.', 'plain');
    else if (digit !== null && row === 'result') {
      const result = callBackResults[digit];
      if (result !== undefined) chooseResult(result);
    } else if (digit !== null) {
      const way = callBackWays[digit];
      if (way !== undefined) chooseWay(way);
    } else return;
    event.preventDefault();
  };

  const missing = missingInCallBack(form);
  return (
    <SheetFrame
      id={id}
      title="Ring back"
      act={{ words: 'Keep the attempt', isReady: missing === null, run: keep }}
      note={missing ?? ''}
    >
      <div className={styles.sheet} onKeyDown={onKeyDown}>
        <Standing contact={contact} reach={reach} />
        <RingFacts contact={contact} />
        <div className={styles.questions}>
          <ChoiceRow
            name="safe"
            label="Is it safe to ring?"
            rowRef={(element) => {
              safeRow.current = element;
              spot(element);
            }}
            choices={safeToRing.map((value) => ({
              value,
              key: safeKeys[value],
              word: safeNames[value],
              blocked: null,
            }))}
            chosen={form.safe}
            onChoose={chooseSafe}
          />
          <ChoiceRow
            name="way"
            label="How"
            rowRef={(element) => {
              wayRow.current = element;
            }}
            choices={callBackWays.map((value, at) => ({
              value,
              key: String(at + 1),
              word: wayName(value, reach),
              blocked: form.safe === null ? '' : whyNot(value, reach, form.safe),
            }))}
            chosen={form.way}
            onChoose={chooseWay}
          />
          <ChoiceRow
            name="result"
            label="What came of it"
            rowRef={(element) => {
              resultRow.current = element;
            }}
            choices={callBackResults.map((value, at) => ({
              value,
              key: String(at + 1),
              word: resultNames[value],
              blocked: isOpenResult(value, form, reach) ? null : '',
            }))}
            chosen={form.result}
            onChoose={chooseResult}
          />
        </div>
        <label className={styles.words}>
          <span>{wordsLabel(form)}</span>
          <textarea
            ref={words}
            rows={2}
            value={form.words}
            spellCheck
            onChange={(event) => write({ ...form, words: event.currentTarget.value })}
          />
        </label>
        <p className={styles.advice} data-strong={form.safe === 'no'} role="status">
          {adviceOf(form)}
        </p>
        <AttemptLog id={id} attempts={contact.attempts} />
      </div>
    </SheetFrame>
  );
}

/** Whether the duty stands, and how long the provider can still be asked. */
function Standing({ contact, reach }: { readonly contact: Contact; readonly reach: Reach }) {
  const now = useNow();
  const period = providerPeriod(contact, now);
  const { callBackDue } = contact;
  const promised = callBackDue ? contact.promised?.at(-1) : undefined;
  const { number, isRelay, isLimited } = reach;
  return (
    <div className={styles.standing}>
      <p>
        <strong>{callBackDue ? 'Must be rung back, if it is safe.' : 'No call-back is due.'}</strong>{' '}
        {promised !== undefined && <>Promised: “{promised.words}”. </>}
        {isLimited
          ? 'Cannot be rung back: this telephone has no number of its own.'
          : number === null
            ? 'No number is known.'
            : isRelay
              ? 'Relay user, never a plain call. Ring by'
              : 'Ring'}{' '}
        {number !== null && !isLimited && (
          <span className={styles.number}>{isRelay ? relayNumber(number) : number}</span>
        )}
        {contact.attempts.length > 0 && <> · {attemptsWords(contact.attempts, now)}</>}
      </p>
      <p className={styles.period} data-may={contact.call !== null} data-over={period?.isOver ?? true}>
        {period === null
          ? ''
          : period.isOver
            ? period.words
            : `${period.words} Ask for subscriber, address, mast and handset’s place.`}
      </p>
    </div>
  );
}

function wayName(way: TriedCallBack['way'], { isRelay }: Reach): string {
  switch (way) {
    case 'voice':
      return 'Voice';
    case 'relay':
      return isRelay ? 'Relay, 18002 first' : 'Relay';
    case 'text':
      return 'Text';
    default:
      return 'None';
  }
}

/** "Not rung" always; the others where there is a way to ring. */
function isOpenResult(result: TriedCallBack['result'], { safe, way }: CallBackForm, reach: Reach): boolean {
  if (safe === null) return false;
  if (result === 'not-rung') return true;
  const canRing = callBackWays.some((each) => each !== 'none' && whyNot(each, reach, safe) === null);
  return canRing && way !== 'none';
}

const wordsLabel = ({ safe, result }: CallBackForm): string => {
  if (result === 'answered') return 'Who answered, and what was said to “Can you talk freely?”';
  if (safe === 'no') return 'Why it is not safe';
  return safe === 'not-known' ? 'Why, without knowing that it is safe' : 'In words';
};

/** What to do now, in one sentence; its space is kept. */
function adviceOf({ safe, way, result }: CallBackForm): string {
  if (safe === null) return 'Read what is on record before you answer. The bell may be what hurts.';
  if (safe === 'no')
    return 'Do not ring. Send somebody if there is a place and a reason, look at the earlier contacts (h), and ask the provider while the hour lasts.';
  if (result === 'answered')
    return 'Ask: “Can you talk freely? Just say yes or no.” Only somebody who can talk freely can say that it was an accident.';
  if (result === 'no-answer')
    return 'Try again in a few minutes: two attempts are usual. After that decide by what is on record, not by the silence.';
  if (way === 'none') return 'Write down why nobody was rung.';
  return safe === 'not-known'
    ? 'Say nothing of the police before you know who answers.'
    : 'Say nothing of the police before you know that it is the caller.';
}
