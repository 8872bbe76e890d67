import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { londonDayOf } from '../../../shared/domain/london.ts';
import { controlOf } from '../../../shared/domain/signposts/directory.ts';
import { councilFor, type HelpHit } from '../../../shared/domain/signposts/find-directory.ts';
import { useCell } from '../../app/cell.ts';
import { useNow } from '../../app/use-now.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { EntryCard } from './entry-card.tsx';
import { copyText, intoNote } from './guide-acts.ts';
import { guideStanding, type GuideAnswer, type GuideAnswers } from './guide-answers.ts';
import { givenLine, isForThePublic, saidLine } from './guide-words.ts';
import styles from './guide.module.css';
import { SignpostCard } from './signpost-card.tsx';
import { idOf, useHelp } from './use-help.ts';

const answerKeys: Readonly<Record<string, GuideAnswer>> = { y: 'yes', n: 'no', u: 'not-known' };

/** Who else deals with it, and whom to ring: laid over the list by one key, with or without an open contact (rules SG-01 to SG-08). */
export function GuidePanel() {
  const workplace = useWorkplace();
  const { law } = workplace;
  const active = useCell(workplace.active);
  const now = useNow();
  const place = active === null ? null : (workplace.store.rows.get(active)?.summary.place ?? null);
  const today = londonDayOf(now);
  const help = useHelp(today);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [given, setGiven] = useState<{ readonly about: string; readonly answers: GuideAnswers }>({
    about: '',
    answers: [],
  });
  const field = useRef<HTMLInputElement | null>(null);
  const card = useRef<HTMLDivElement>(null);
  const spot = useSpot('guide');
  const listId = useId();
  const [opening] = useState(() => law.ticket());

  // The panel is the answer to the key that opened it.
  useLayoutEffect(() => {
    law.answer(opening, () => law.focus(field.current));
  }, [law, opening]);

  const hits = help.find(typed, place);
  const chosen = Math.min(at, Math.max(0, hits.length - 1));
  const hit = hits[chosen];
  // Answers are about one card and one caller: never carried over to the next.
  const about = `${active ?? ''} ${hit === undefined ? '' : idOf(hit)}`;
  const answers = given.about === about ? given.answers : [];
  const standing = hit?.kind === 'signpost' ? guideStanding(hit.signpost, answers) : null;
  const council =
    hit?.kind === 'signpost' && hit.signpost.localCouncil && help.directory !== null && place !== null
      ? councilFor(help.directory, place)
      : null;

  const inField = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter') law.focus(card.current);
    else return;
    event.preventDefault();
  };
  const onCard = (event: KeyboardEvent) => {
    const { key, ctrlKey, altKey, metaKey, repeat } = event;
    if (key === 'Escape') {
      event.preventDefault();
      law.focus(field.current);
      return;
    }
    if (ctrlKey || altKey || metaKey || repeat || hit === undefined) return;
    const answer = answerKeys[key.toLowerCase()];
    if (standing !== null && key === 'Backspace') setGiven({ about, answers: answers.slice(0, -1) });
    else if (standing?.kind === 'ask' && answer !== undefined)
      setGiven({ about, answers: [...answers, answer] });
    else if (standing !== null && standing.kind !== 'signpost') return;
    else if (key === 'y' || /^[1-9]$/.test(key)) copy(key === 'y' ? 0 : Number(key) - 1);
    else if (key === 'c') copyText(workplace, card.current?.querySelector('[data-control]'));
    else if (key === 't') tell(hit);
    else return;
    event.preventDefault();
  };
  const copy = (way: number) => copyText(workplace, card.current?.querySelector(`[data-way="${way}"]`));
  const tell = (told: HelpHit) => {
    if (told.kind === 'signpost') intoNote(workplace, saidLine(told.signpost));
    else if (isForThePublic(told.entry)) intoNote(workplace, givenLine(told.entry));
    else workplace.say('This number is for us: nothing of it is given to the public.', 'warning');
  };

  return (
    <section className={styles.panel} data-pane role="search" aria-label="Guide">
      <div className={styles.bar}>
        <input
          ref={(element) => {
            field.current = element;
            spot(element);
          }}
          className={styles.field}
          type="text"
          role="combobox"
          aria-label="Guide"
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-activedescendant={hit === undefined ? undefined : `${listId}-${chosen}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="What it is about, or whom to ring: noise, pothole, FIM, Met"
          value={typed}
          onChange={(event) => {
            setAt(0);
            setTyped(event.currentTarget.value);
          }}
          onKeyDown={inField}
        />
        <span className={styles.keys}>
          <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> to the card
        </span>
        <button type="button" onClick={() => workplace.uncover('inbox')}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </div>
      <p className={styles.trouble} role="status">
        {help.trouble.length > 0
          ? help.trouble.join(' ')
          : hits.length === 0
            ? 'Nothing begins with these letters. Take one away, or try another word.'
            : ''}
      </p>
      <div className={styles.halves}>
        <Hits id={listId} hits={hits} chosen={chosen} onChoose={setAt} />
        <div
          ref={card}
          className={styles.about}
          role="region"
          aria-label={hit?.kind === 'entry' ? 'Entry' : 'Card'}
          tabIndex={-1}
          onKeyDown={onCard}
        >
          {hit?.kind === 'signpost' && (
            <SignpostCard
              card={hit.signpost}
              answers={answers}
              council={council}
              bankHolidays={help.bankHolidays}
              now={now}
              today={today}
            />
          )}
          {hit?.kind === 'entry' && (
            <EntryCard entry={hit.entry} bankHolidays={help.bankHolidays} now={now} today={today} />
          )}
          {hit !== undefined && (standing === null || standing.kind === 'signpost') && (
            <p className={styles.foot}>
              <KeyHint>y</KeyHint> or its digit copies a number
              {hit.kind === 'entry' && controlOf(hit.entry) !== null && (
                <>
                  {' · '}
                  <KeyHint>c</KeyHint> the control room’s
                </>
              )}
              {(hit.kind === 'signpost' || isForThePublic(hit.entry)) && (
                <>
                  {' · '}
                  <KeyHint>t</KeyHint> writes what you tell the caller into the note
                </>
              )}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

interface HitsProps {
  readonly id: string;
  readonly hits: readonly HelpHit[];
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
}

function Hits({ id, hits, chosen, onChoose }: HitsProps) {
  return (
    <ul id={id} role="listbox" aria-label="Found" className={styles.hits}>
      {hits.map((hit, at) => (
        <Hit
          key={idOf(hit)}
          id={`${id}-${at}`}
          hit={hit}
          chosen={at === chosen}
          onChoose={() => onChoose(at)}
        />
      ))}
    </ul>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: HelpHit;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Hit({ id, hit, chosen, onChoose }: HitProps) {
  const { law } = useWorkplace();
  const element = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const list = element.current?.parentElement;
    if (!chosen || element.current === null || list === null || list === undefined) return;
    const { offsetTop: top, offsetHeight: height } = element.current;
    const least = top + height - list.clientHeight;
    law.keepPlace(list, Math.min(top, Math.max(least, list.scrollTop)));
  }, [chosen, law]);
  return (
    <li
      ref={element}
      id={id}
      role="option"
      aria-selected={chosen}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={styles.kind}>{hit.kind === 'signpost' ? 'Card' : kindShort[hit.entry.kind]}</span>
      <span className={styles.name} title={nameOf(hit)}>
        {nameOf(hit)}
      </span>
    </li>
  );
}

const nameOf = (hit: HelpHit): string => (hit.kind === 'signpost' ? hit.signpost.title : hit.entry.name);

const kindShort = {
  role: 'On duty',
  officer: 'Officer',
  department: 'Dept',
  team: 'Team',
  station: 'Station',
  council: 'Council',
  partner: 'Partner',
  force: 'Force',
} as const;
