import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { contradictions } from '../../../shared/domain/triage/proposals.ts';
import { isHighRisk } from '../../../shared/domain/triage/recommend.ts';
import {
  FACT_TEXT_LIMIT,
  LETTER_LIMIT,
  letters,
  letterWords,
  type Letter,
  type Thrive,
} from '../../../shared/domain/triage/thrive.ts';
import { missingOf, type ThriveGap } from '../../../shared/domain/triage/thrive-versions.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { showWhole } from './show-whole.ts';
import {
  isEmptyLetter,
  letterAsks,
  letterLine,
  picksOf,
  shortTextsOf,
  toggledNone,
  withText,
} from './thrive-picks.ts';
import styles from './thrive.module.css';
import type { Triage } from './use-triage.ts';

export interface ThrivePartProps {
  readonly triage: Triage;
  readonly letter: Letter;
  /** A number for each jump into a letter; 0: nobody has jumped. */
  readonly turn: number;
  readonly onLetter: (letter: Letter) => void;
  readonly onTyped: (typed: Thrive) => void;
  readonly onLeave: () => void;
}

/** Six lines and the letter that is being written: a fixed height, so that nothing moves (rules T-01, T-02). */
export function ThrivePart({ triage, letter, turn, onLetter, onTyped, onLeave }: ThrivePartProps) {
  const { policies, form, look } = triage;
  const { thrive } = look.entry;
  const against = contradictions(form.typed, look.proposed);
  const highRisk = isHighRisk(policies.triage, look.picture, look.recommendation.grade);
  const gaps = missingOf(thrive, { highRisk });
  return (
    <section className={styles.thrive} aria-label="THRIVE">
      <ul className={styles.lines}>
        {letters.map((each) => {
          const line = letterLine(thrive, each, policies.triage);
          const own = form.typed[each];
          const isProposed = own === null && thrive[each] !== null;
          const isAgainst = against.includes(each);
          const words = isAgainst
            ? `none identified, but an answer says: ${letterLine(look.proposed, each, policies.triage)}`
            : line;
          return (
            <li key={each}>
              <button
                type="button"
                tabIndex={-1}
                aria-pressed={each === letter}
                data-letter={each}
                data-state={thrive[each]?.kind ?? 'open'}
                data-proposed={isProposed}
                data-against={isAgainst}
                title={`${letterWords[each]}: ${words}`}
                onClick={() => onLetter(each)}
              >
                <b aria-hidden>{letterWords[each][0]}</b>
                <span className={styles.name}>{letterWords[each]}</span>
                <span className={styles.words}>
                  {isAgainst && <strong>! </strong>}
                  {words}
                </span>
                {isProposed && <span className={styles.proposed}>proposed</span>}
              </button>
            </li>
          );
        })}
      </ul>
      <LetterEditor
        key={letter}
        triage={triage}
        letter={letter}
        turn={turn}
        onTyped={onTyped}
        onLeave={onLeave}
      />
      <p className={styles.gaps} title={gaps.map(({ words }) => words).join(' ')}>
        {gaps.length === 0 ? 'Every letter was asked.' : gapWords(thrive, gaps)}
      </p>
    </section>
  );
}

/** The letters that nobody has asked about in one breath; what else is open after them. */
function gapWords(thrive: Thrive, gaps: readonly ThriveGap[]): string {
  const unasked = gaps
    .filter(({ letter }) => thrive[letter] === null)
    .map(({ letter }) => letterWords[letter]);
  const others = gaps.filter(({ letter }) => thrive[letter] !== null).map(({ words }) => words);
  return [...(unasked.length === 0 ? [] : [`Not asked yet: ${unasked.join(', ')}.`]), ...others].join(' ');
}

/** Digits are nine; what is beyond comes with PageDown. */
const DIGITS = 9;

function LetterEditor({ triage, letter, turn, onTyped, onLeave }: Omit<ThrivePartProps, 'onLetter'>) {
  const { law } = useWorkplace();
  const whole = useRef<HTMLDivElement | null>(null);
  const group = useRef<HTMLDivElement | null>(null);
  const field = useRef<HTMLTextAreaElement | null>(null);
  const [from, setFrom] = useState(0);
  const { typed } = triage.form;
  const picks = picksOf(letter, typed, triage.look.proposed, triage.policies.triage);
  const answer = typed[letter];
  const text = answer?.kind === 'found' ? answer.text : '';
  const proposedAnswer = triage.look.proposed[letter];
  const offered = proposedAnswer?.kind === 'found' ? proposedAnswer.text : '';

  // A jump into a letter is the handler's own key, and this runs in its task.
  useLayoutEffect(() => {
    if (turn === 0) return;
    showWhole(law, whole.current);
    law.focus(group.current);
  }, [turn, law]);

  const none = () => onTyped(toggledNone(typed, letter));
  const pick = (at: number) => {
    const picked = picks[at];
    if (picked !== undefined) onTyped(picked.toggled);
  };
  const onGroupKey = (event: KeyboardEvent) => {
    if (event.target !== group.current || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if ((key === '0' || key === '-') && isEmptyLetter(typed, letter)) none();
    else if (/^[1-9]$/.test(key)) pick(from + Number(key) - 1);
    else if (key === 'PageDown' || key === 'PageUp')
      setFrom(from === 0 && picks.length > DIGITS ? DIGITS : 0);
    else if (key === 'Enter' || key === 'ArrowDown') law.focus(field.current);
    else if (/^\p{L}$/u.test(key)) {
      // The first letter of the words begins them.
      onTyped(withText(typed, letter, `${text}${text === '' ? '' : ' '}${key}`));
      law.focus(field.current);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={whole}
      className={styles.editor}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          onLeave();
        } else onGroupKey(event);
      }}
    >
      <p className={styles.ask}>
        <b>{letterWords[letter]}</b> {letterAsks[letter]}
      </p>
      <div
        ref={group}
        className={styles.picks}
        role="group"
        tabIndex={0}
        aria-label={`${letterWords[letter]}: ${letterAsks[letter]}`}
      >
        <button type="button" tabIndex={-1} aria-pressed={answer?.kind === 'none'} onClick={none}>
          <kbd>0</kbd> None identified
        </button>
        {picks.slice(from, from + DIGITS).map(({ id, word, is }, at) => (
          <button
            key={id}
            type="button"
            tabIndex={-1}
            aria-pressed={is !== 'open'}
            data-proposed={is === 'proposed'}
            title={is === 'proposed' ? `${word}: proposed by an answer` : word}
            onClick={() => pick(from + at)}
          >
            <kbd>{at + 1}</kbd> {word}
          </button>
        ))}
        {picks.length > DIGITS && (
          <button type="button" tabIndex={-1} onClick={() => setFrom(from === 0 ? DIGITS : 0)}>
            <kbd>{from === 0 ? 'PageDown' : 'PageUp'}</kbd>{' '}
            {from === 0 ? `${picks.length - DIGITS} more` : 'back'}
          </button>
        )}
      </div>
      <textarea
        ref={field}
        rows={2}
        aria-label={`${letterWords[letter]} in words`}
        placeholder={offered === '' ? 'A word is enough; high risk needs a sentence' : `Proposed: ${offered}`}
        value={text}
        maxLength={LETTER_LIMIT}
        onChange={(event) => onTyped(withText(typed, letter, event.currentTarget.value))}
        onKeyDown={(event) => {
          if (
            (event.key === '0' || event.key === '-') &&
            text === '' &&
            isEmptyLetter(typed, letter) &&
            !event.altKey
          ) {
            event.preventDefault();
            none();
          }
        }}
      />
      <div className={styles.shorts}>
        {shortTextsOf(letter, typed).map(({ id, name, value, write }) => (
          <label key={id}>
            <span>{name}</span>
            <input
              type="text"
              value={value}
              maxLength={FACT_TEXT_LIMIT}
              autoComplete="off"
              onChange={(event) => onTyped(write(event.currentTarget.value))}
            />
          </label>
        ))}
      </div>
    </div>
  );
}
