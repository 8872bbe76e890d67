import { useId, type KeyboardEvent } from 'react';
import { directionOf, findLanguages, languageOf } from '../../../shared/domain/language/find-language.ts';
import type { Language } from '../../../shared/domain/language/languages.ts';
import { withoutTranslation } from '../../app/language-words.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './language.module.css';

/** So many are shown; a letter more finds the rest. */
const MOST_SHOWN = 10;

/** The languages that are meant by what was typed; those it could be while nothing is. */
export function languagesFor(typed: string, likely: readonly string[]): readonly Language[] {
  if (typed.trim() !== '') return findLanguages(typed);
  return [...new Set(likely)].map((code) => languageOf(code)).filter((language) => language !== null);
}

export interface LanguageChooserProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** What it could be, by what was read and said. */
  readonly likely: readonly string[];
  /** The marked one, from 0; `null`: none, and Enter chooses none. */
  readonly at: number | null;
  readonly onMark: (at: number) => void;
  /** What the service says it translates; `null` while it has not said. */
  readonly translated: readonly string[] | null;
  readonly onChoose: (code: string) => void;
  /** The field, for whoever may move the focus (rule W-02). */
  readonly fieldRef: (field: HTMLInputElement | null) => void;
}

/** A language by its name in English or in itself: type, arrow, Enter (rule LG-01). */
export function LanguageChooser(props: LanguageChooserProps) {
  const { typed, onType, likely, at, onMark, translated, onChoose, fieldRef } = props;
  const listId = useId();
  const found = languagesFor(typed, likely);
  const shown = found.slice(0, MOST_SHOWN);
  const marked = at === null ? null : Math.min(at, shown.length - 1);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const { key } = event;
    const language = shown[marked ?? -1];
    if (key === 'ArrowDown') onMark(Math.min((marked ?? -1) + 1, shown.length - 1));
    else if (key === 'ArrowUp') onMark(Math.max(0, (marked ?? 1) - 1));
    else if (key === 'Enter' && language !== undefined) onChoose(language.code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.chooser}>
      <label className={styles.field}>
        <span>Language</span>
        <input
          ref={fieldRef}
          type="text"
          role="combobox"
          value={typed}
          maxLength={40}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          placeholder="polish, polski, اردو, pl …"
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={marked === null || marked < 0 ? undefined : `${listId}-${marked}`}
          onChange={(event) => onType(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <span className={styles.keys}>
          <KeyHint>↓</KeyHint> <KeyHint>Enter</KeyHint> chooses
        </span>
      </label>
      <p className={styles.foot} role="status">
        {foundWords(typed, found.length)}
      </p>
      <ul id={listId} role="listbox" aria-label="Languages" className={styles.found}>
        {shown.map((language, n) => (
          <Choice
            key={language.code}
            id={`${listId}-${n}`}
            language={language}
            isMarked={n === marked}
            without={withoutTranslation(language.code, translated)}
            onChoose={onChoose}
          />
        ))}
      </ul>
    </div>
  );
}

function foundWords(typed: string, count: number): string {
  if (typed.trim() === '')
    return count === 0 ? 'Type its name in English, or in the language itself.' : 'It could be:';
  if (count === 0) return 'No language of this name. Try its name in English.';
  return count > MOST_SHOWN ? `${MOST_SHOWN} of ${count}; type more of the name` : `${count} found`;
}

interface ChoiceProps {
  readonly id: string;
  readonly language: Language;
  readonly isMarked: boolean;
  readonly without: string | null;
  readonly onChoose: (code: string) => void;
}

function Choice({ id, language: { code, name, ownName }, isMarked, without, onChoose }: ChoiceProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={isMarked}
      className={styles.choice}
      onClick={() => onChoose(code)}
    >
      <span>{name}</span>
      <bdi lang={code} dir={directionOf(code)}>
        {ownName}
      </bdi>
      {without !== null && <span className={styles.without}>{without}</span>}
    </li>
  );
}
