import { useId, useLayoutEffect, useRef, useState } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { SearchHit } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { stateOf } from '../../app/contact-words.ts';
import { markOf } from '../../app/marks.ts';
import { useRow } from '../../app/use-row.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Workplace } from '../../app/workplace.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { dateWords, clockWords } from '../../ui/time-words.ts';
import { foundIn, resultWords } from './found-words.ts';
import styles from './search.module.css';

/** Search over the list, never in place of it: Esc leaves, and everything is where it was (rule W-20). */
export function SearchPanel() {
  const workplace = useWorkplace();
  const { search, law } = workplace;
  const state = useCell(search.state);
  const field = useRef<HTMLInputElement | null>(null);
  const spot = useSpot('search');
  const listId = useId();
  const [opening] = useState(() => law.ticket());
  const hits = state.found?.hits ?? [];
  const { chosen } = state;

  // The panel is the answer to the key that opened it.
  useLayoutEffect(() => {
    law.answer(opening, () => law.focus(field.current));
    field.current?.select();
  }, [law, opening]);

  return (
    <section className={styles.panel} data-pane role="search" aria-label="Search">
      <div className={styles.bar}>
        <input
          ref={(element) => {
            field.current = element;
            spot(element);
          }}
          className={styles.field}
          type="text"
          role="combobox"
          aria-label="Search"
          aria-expanded={hits.length > 0}
          aria-controls={listId}
          aria-activedescendant={hits.length > 0 ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Search everything on this desk"
          value={state.text}
          onChange={(event) => search.type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') search.choose(1);
            else if (event.key === 'ArrowUp') search.choose(-1);
            else if (event.key === 'Enter') openChosen(workplace);
            else return;
            event.preventDefault();
          }}
        />
        <span className={styles.keys}>
          <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> opens
        </span>
        <button type="button" onClick={() => workplace.uncover('inbox')}>
          Close <KeyHint>Esc</KeyHint>
        </button>
      </div>
      <p className={styles.words} role="status">
        {resultWords(state)}
      </p>
      <ul id={listId} role="listbox" aria-label="Found" aria-busy={search.isBehind} className={styles.hits}>
        {hits.map((hit, at) => (
          <Hit
            key={`${hit.summary.id} ${hit.in}`}
            id={`${listId}-${at}`}
            hit={hit}
            chosen={at === chosen}
            onOpen={() => openHit(workplace, hit)}
          />
        ))}
      </ul>
    </section>
  );
}

interface HitProps {
  readonly id: string;
  readonly hit: SearchHit;
  readonly chosen: boolean;
  readonly onOpen: () => void;
}

function Hit({ id, hit, chosen, onOpen }: HitProps) {
  const workplace = useWorkplace();
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  // The inbox knows what has happened since the search was answered.
  const row = useRow(hit.summary.id);
  const { summary, pending } = row ?? { summary: hit.summary, pending: [] };
  const mark = markOf(summary);
  const element = useRef<HTMLLIElement>(null);
  const { law } = workplace;

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
      className={styles.hit}
      data-contact-id={summary.id}
      onClick={onOpen}
    >
      <span className={styles.line}>
        <Shape name={mark.shape} letter={mark.letter} />
        <span className={styles.ref}>{summary.ref}</span>
        <span>{channelFacts[summary.channel].word}</span>
        <span className={styles.when}>
          {dateWords(summary.receivedAt)} {clockWords(summary.receivedAt)}
        </span>
        <span className={styles.state}>{stateOf({ summary, pending }, me).words}</span>
      </span>
      <span className={styles.title} title={summary.title}>
        {summary.title}
      </span>
      <Excerpt hit={hit} />
    </li>
  );
}

/** The words around the find, as plain text (rule W-10). */
function Excerpt({ hit }: { readonly hit: SearchHit }) {
  const { text, from, to } = hit.excerpt;
  return (
    <span className={styles.excerpt}>
      {foundIn[hit.in]}: {text.slice(0, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to)}
    </span>
  );
}

function openChosen(workplace: Workplace): void {
  const { search } = workplace;
  if (search.state.read().failed) {
    search.again();
    return;
  }
  // What is chosen was found for fewer letters: the right one is on its way.
  if (search.isBehind) return;
  const { found, chosen } = search.state.read();
  const hit = found?.hits[chosen];
  if (hit !== undefined) openHit(workplace, hit);
}

/** An open contact opens in a tab, claimed by nobody; a closed one is looked at, and the search stays for the next. */
function openHit(workplace: Workplace, { summary }: SearchHit): void {
  const { id } = summary;
  const row = workplace.store.rows.get(id);
  if (row === undefined) {
    if (workplace.looking.read() !== id) workplace.look(id);
    return;
  }
  workplace.covers.clear('inbox');
  workplace.open(id);
  workplace.goTo('work');
  if (row.summary.ownership.kind === 'waiting') workplace.say('Opened, not claimed: c claims it.', 'plain');
}
