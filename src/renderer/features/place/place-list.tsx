import { useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { FoundPlace } from '../../../shared/domain/place/found-place.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './place-sheet.module.css';
import { kindWords, precisionWords } from './place-words.ts';

export type PlaceOption =
  | { readonly kind: 'found'; readonly place: FoundPlace }
  /** What was typed, kept as words. */
  | { readonly kind: 'words'; readonly words: string };

export interface PlaceListProps {
  readonly typed: string;
  readonly options: readonly PlaceOption[];
  /** The marked line; -1 for none. */
  readonly at: number;
  /** Where the field goes, while it is what the sheet begins with. */
  readonly field: ((field: HTMLInputElement | null) => void) | undefined;
  /** Two lines that are always there. */
  readonly told: ReactNode;
  readonly status: string;
  /** Stands in its place, where a machine and the chosen place do not agree. */
  readonly doubt: string | null;
  /** What must be known of the marked line's boundary; `null` when nothing. */
  readonly warning: string | null;
  /** Stands in the room of the list; `false` when the list does. */
  readonly instead: ReactNode;
  readonly onType: (typed: string) => void;
  readonly onMove: (to: number) => void;
  readonly onTake: (option: PlaceOption) => void;
  /** Enter, and no line is marked. */
  readonly onNothing: () => void;
}

/** The field and what it finds: the list keeps its room, whatever is in it. */
export function PlaceList(props: PlaceListProps) {
  const { typed, options, at, told, status, instead, onMove, onTake, onNothing, field, warning, doubt } =
    props;
  const { law } = useWorkplace();
  const id = useId();
  const box = useRef<HTMLUListElement | null>(null);
  const marked = options[at];

  useLayoutEffect(() => {
    const line = box.current?.children.item(at);
    if (box.current === null || !(line instanceof HTMLElement)) return;
    const { scrollTop, clientHeight } = box.current;
    const least = line.offsetTop + line.offsetHeight - clientHeight;
    law.keepPlace(box.current, Math.min(line.offsetTop, Math.max(scrollTop, least)));
  }, [law, at]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.nativeEvent.isComposing)
      return;
    if (event.key === 'ArrowDown') onMove(Math.min(options.length - 1, at + 1));
    else if (event.key === 'ArrowUp') onMove(Math.max(0, at - 1));
    else if (event.key === 'Enter' && !event.repeat) {
      if (marked === undefined) onNothing();
      else onTake(marked);
    } else return;
    event.preventDefault();
  };
  return (
    <div className={styles.finder}>
      <input
        ref={field}
        type="text"
        role="combobox"
        data-first
        className={styles.field}
        aria-label="Where is it?"
        aria-autocomplete="list"
        aria-expanded={instead === false}
        aria-controls={`${id}-list`}
        aria-activedescendant={at < 0 || instead !== false ? undefined : `${id}-${at}`}
        aria-describedby={`${id}-status`}
        placeholder="Road and town, postcode, junction, landmark, grid reference"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => props.onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {told}
      <p
        id={`${id}-status`}
        className={styles.status}
        role="status"
        title={doubt ?? status}
        data-doubt={doubt !== null}
      >
        {doubt ?? status}
      </p>
      <div className={styles.room}>
        {instead !== false ? (
          instead
        ) : (
          <>
            <ul
              ref={box}
              id={`${id}-list`}
              role="listbox"
              aria-label="Places that may be meant"
              className={styles.list}
            >
              {options.map((option, place) => (
                <li
                  key={option.kind === 'words' ? 'words' : option.place.id}
                  id={`${id}-${place}`}
                  role="option"
                  aria-selected={place === at}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => onTake(option)}
                >
                  {option.kind === 'words' ? <Words words={option.words} /> : <Found place={option.place} />}
                </li>
              ))}
            </ul>
            {marked !== undefined && <About option={marked} warning={warning} />}
          </>
        )}
      </div>
    </div>
  );
}

function Found({ place }: { readonly place: FoundPlace }) {
  const { name, town, postcode, kind, force, isHome } = place;
  const street = streetWords(place);
  return (
    <>
      <span
        className={styles.name}
        title={[street, town, postcode].filter((part) => part !== null).join(', ')}
      >
        <strong>{street}</strong>
        {town !== null && town !== name && <>, {town}</>}
        {postcode !== null && <span className={styles.postcode}> {postcode}</span>}
      </span>
      {isHome || force === null ? (
        <span className={styles.kind}>{kindWords[kind]}</span>
      ) : (
        <strong className={styles.kind}>{force}</strong>
      )}
    </>
  );
}

/** The house that was asked for stands before its street, also where the file holds the street alone. */
const streetWords = ({ kind, name, house }: FoundPlace): string =>
  kind === 'street' && house !== null ? `${house} ${name}` : name;

function Words({ words }: { readonly words: string }) {
  return (
    <>
      <span className={styles.name} title={words}>
        “{words}”
      </span>
      <span className={styles.kind}>as words alone</span>
    </>
  );
}

/** What tells the marked line from others of its name, and why it is in the list. */
function About({ option, warning }: { readonly option: PlaceOption; readonly warning: string | null }) {
  const words =
    option.kind === 'words' ? 'Kept as they are, without a position on the map.' : aboutWords(option.place);
  return (
    <p className={styles.about} title={words}>
      {warning !== null && <strong className={styles.strong}>{warning}</strong>}
      {words}
    </p>
  );
}

function aboutWords({ precision, district, neighbourhood, force, why, alsoIn }: FoundPlace): string {
  return [
    precisionWords(precision),
    ...(district === null ? [] : [`${district} district`]),
    ...(neighbourhood === null ? [] : [neighbourhood]),
    ...(force === null ? [] : [force]),
    why,
    ...(alsoIn.length === 0 ? [] : [`also in ${alsoIn.join(', ')}`]),
  ].join(' · ');
}
