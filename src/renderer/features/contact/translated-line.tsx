import { useMemo } from 'react';
import { doubtSentence, uncheckedSentence } from '../../../shared/domain/language/doubt.ts';
import { directionOf, ENGLISH, languageName } from '../../../shared/domain/language/find-language.ts';
import { markForReadBack } from '../../../shared/domain/language/read-back-marks.ts';
import {
  madeBy,
  troubleSentence,
  type Translation,
  type TranslationOutcome,
} from '../../../shared/domain/language/translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { sourceWords, toReadBack } from '../../app/language-words.ts';
import { Marked, type RiskMark } from './marked.tsx';
import styles from './translated-line.module.css';

export interface TranslatedLineProps {
  /** As it was written, by whoever wrote it. */
  readonly original: string;
  /** The language of the original; `null` when nobody knows. */
  readonly language: string | null;
  /** What became of it; `null` while it is being translated. */
  readonly outcome: TranslationOutcome | null;
  /** One key of the pane: the original alone, in full width (rule LG-05). */
  readonly shows: 'both' | 'original';
  /** Risk words in each (rule AS-02). */
  readonly risk?: { readonly original: readonly RiskMark[]; readonly translation: readonly RiskMark[] };
}

const noRisk = { original: [], translation: [] };

/**
 * A line and its translation side by side, English always on the left: what the public wrote stands on the right in their words, what the handler wrote on
 * the left. The translation says by whom it is made and what is doubtful about it (rules LG-05 to LG-08). Its room is there before it comes.
 */
export function TranslatedLine({ original, language, outcome, shows, risk = noRisk }: TranslatedLineProps) {
  const translation = outcome?.kind === 'translated' ? outcome.translation : null;
  const isOurs = language === ENGLISH;
  const ofOriginal = (
    <Side
      key="original"
      text={original}
      language={language}
      label={isOurs ? 'As you wrote it' : originalLabel(language)}
      marks={risk.original}
    />
  );
  const isOne = shows === 'original' || outcome?.kind === 'untranslated';
  const made =
    translation === null ? (
      <Waiting key="translation" isOurs={isOurs} />
    ) : (
      <Side
        key="translation"
        text={translation.text}
        language={translation.to}
        label={isOurs ? `${languageName(translation.to)}, as they get it, by machine` : 'English, by machine'}
        marks={risk.translation}
      />
    );
  return (
    <div className={styles.line} data-shows={isOne ? 'original' : 'both'}>
      <div className={styles.sides}>
        {isOne ? ofOriginal : isOurs ? [ofOriginal, made] : [made, ofOriginal]}
      </div>
      {!isOurs && !isOne && <ReadBack original={original} language={language} />}
      <div className={styles.under} data-ours={isOurs}>
        {outcome?.kind === 'untranslated' && <Untranslated outcome={outcome} isOurs={isOurs} />}
        {outcome === null && <p className={styles.foot}>Being translated …</p>}
        {translation !== null && !isOne && <Doubts translation={translation} />}
        {translation !== null && <Made translation={translation} />}
      </div>
    </div>
  );
}

/** The room of a translation that is on its way. */
function Waiting({ isOurs }: { readonly isOurs: boolean }) {
  return (
    <div className={styles.side} aria-hidden>
      <p className={styles.label}>{isOurs ? 'As they get it, by machine' : 'English, by machine'}</p>
      <p className={styles.waiting}>…</p>
    </div>
  );
}

const originalLabel = (language: string | null): string =>
  language === null ? 'As they wrote it' : `${languageName(language)}, as they wrote it`;

interface SideProps {
  readonly text: string;
  readonly language: string | null;
  readonly label: string;
  readonly marks: readonly RiskMark[];
}

/** One of the two texts, in the direction of its language (rule LG-13). */
function Side({ text, language, label, marks }: SideProps) {
  const { marks: readBack } = useMemo(() => markForReadBack(text, language), [text, language]);
  return (
    <div className={styles.side} role="group" aria-label={label}>
      <p className={styles.label} aria-hidden>
        {label}
      </p>
      <p className={styles.text} dir={directionOf(language)} {...(language !== null && { lang: language })}>
        <Marked text={text} marks={marks} readBack={readBack} />
      </p>
    </div>
  );
}

/** Each doubt in a sentence; and what nobody looked for. */
function Doubts({ translation: { doubts, unchecked } }: { readonly translation: Translation }) {
  const notChecked = uncheckedSentence(unchecked);
  if (doubts.length === 0 && notChecked === '') return null;
  return (
    <div className={styles.doubts} role="note" aria-label="Doubts about the translation">
      {doubts.map((doubt) => (
        <p key={doubt.kind}>
          <Badge look="high" title="Ask again before acting on it">
            Doubt
          </Badge>{' '}
          {doubtSentence(doubt)}
        </p>
      ))}
      {notChecked !== '' && <p className={styles.unchecked}>{notChecked}</p>}
    </div>
  );
}

/** What to say back to them, from their own words: a machine’s numbers are not theirs. */
function ReadBack({ original, language }: { readonly original: string; readonly language: string | null }) {
  const values = useMemo(
    () => toReadBack(original, markForReadBack(original, language).marks),
    [original, language],
  );
  if (values.length === 0) return null;
  return (
    <p className={styles.readBack}>
      Read back:{' '}
      {values.map((value, n) => (
        <span key={value}>
          {n > 0 && ' · '}
          <bdi>{value}</bdi>
        </span>
      ))}
    </p>
  );
}

/** Who made it, when, and by which language. */
function Made({ translation }: { readonly translation: Translation }) {
  const { from, to, by, at } = translation;
  const pair = `${languageName(from)} to ${languageName(to)}`;
  const isTheirs = from !== ENGLISH;
  return (
    <p className={styles.foot}>
      {pair}
      {isTheirs && by !== 'line' && `, ${sourceWords(by)}`} · {madeBy(translation)}, {clockWords(at)}
      {isTheirs && ' · never their words'}
    </p>
  );
}

function Untranslated({
  outcome,
  isOurs,
}: {
  readonly outcome: TranslationOutcome & { readonly kind: 'untranslated' };
  readonly isOurs: boolean;
}) {
  return (
    <p className={styles.untranslated}>
      <Badge look="strong" title="It stands as it was written">
        Untranslated
      </Badge>{' '}
      {isOurs && 'They read it in English. '}
      {troubleSentence(outcome.trouble)}
    </p>
  );
}
