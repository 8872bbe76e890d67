import { useEffect, useMemo } from 'react';
import {
  findRiskWordsInRun,
  strongestLift,
  type RiskRunHit,
  type RiskWordMatcher,
} from '../../../shared/domain/assist/risk-words.ts';
import { needsPerson, ownerOf, type Contact } from '../../../shared/domain/contact.ts';
import { englishOf, linesOfPublic, type PublicLine } from '../../../shared/domain/language/lines.ts';
import { useCell } from '../../app/cell.ts';
import { useRiskMatcher } from '../../app/risk-matcher.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { RiskMark } from './marked.tsx';
import styles from './risk-words.module.css';

/** The risk words in what the public said, in the words as written and in what a machine made of them (rules AS-01, AS-02). */
export interface RiskReading {
  readonly hits: readonly RiskRunHit[];
  /** Names of the groups that were found, each once; of one that only a translation has, with that said. */
  readonly groups: readonly string[];
  /** The marks of a line of the public, by its name (`linesOfPublic`). */
  readonly marksOf: (line: string) => readonly RiskMark[];
  /** Those of its translation. */
  readonly marksInEnglish: (line: string) => readonly RiskMark[];
}

/** `null` while the risk words are not ready, or where this desk has none: nothing is marked then, which means nothing. */
export function useRiskReading({
  account,
  messages,
  form,
  language,
  translations,
}: Pick<Contact, 'account' | 'messages' | 'form' | 'language' | 'translations'>): RiskReading | null {
  const matcher = useRiskMatcher();
  return useMemo(
    () =>
      matcher === null
        ? null
        : readingOf(matcher, linesOfPublic({ account, messages, form, language }), translations),
    [matcher, account, messages, form, language, translations],
  );
}

/** A text among those that are searched. */
interface Searched {
  readonly line: string;
  readonly text: string;
  /** What was found in it counts: it is not there only for what began in it. */
  readonly counts: boolean;
}

function readingOf(
  matcher: RiskWordMatcher,
  lines: readonly PublicLine[],
  translations: Contact['translations'],
): RiskReading {
  const nameOf = (group: string): string => matcher.groups.get(group)?.name ?? group;
  const search = (texts: readonly Searched[]) => {
    // Answers stand apart: the end of one is not the beginning of the next.
    const isAnswer = new Set(lines.filter((one) => one.isAnswer).map(({ line }) => line));
    const told = texts.filter(({ line }) => !isAnswer.has(line));
    const runs = [told, ...texts.filter(({ line }) => isAnswer.has(line)).map((one) => [one])];
    const found = runs.flatMap((run) =>
      findRiskWordsInRun(
        matcher,
        run.map(({ text }) => text),
      ).map((hit) => ({ hit, run })),
    );
    const hits = found.filter(({ hit, run }) => hit.pieces.some(({ text }) => run[text]?.counts === true));
    const marks = hits.flatMap(({ hit: { pieces, group, phrase, lift }, run }) =>
      pieces.map(({ text, from, to }) => ({
        line: run[text]?.line,
        mark: { from, to, title: `${nameOf(group)}: ${phrase}`, isEmergency: lift === 'emergency' },
      })),
    );
    return {
      hits: hits.map(({ hit }) => hit),
      marksOf: (name: string): readonly RiskMark[] =>
        marks.flatMap(({ line, mark }) => (line === name ? [mark] : [])),
    };
  };
  const written = search(lines.map(({ line, text }) => ({ line, text, counts: true })));
  const english = search(
    lines.map(({ line, text }) => {
      const made = englishOf(translations, line);
      return { line, text: made ?? text, counts: made !== null };
    }),
  );
  const names = (hits: readonly RiskRunHit[]): readonly string[] =>
    hits.map(({ group }) => nameOf(group).toLowerCase());
  const theirs = new Set(names(written.hits));
  const made = new Set(names(english.hits).filter((name) => !theirs.has(name)));
  return {
    hits: [...written.hits, ...english.hits],
    groups: [...theirs, ...[...made].map((name) => `${name} (in the translation)`)],
    marksOf: written.marksOf,
    marksInEnglish: english.marksOf,
  };
}

/**
 * Which groups were found, in a line whose space is always kept; and the way to promote, where they ask for it and it is this handler's to do
 * (rules AS-03, AS-04). Finding nothing means nothing, and the line says nothing then.
 */
export function RiskLine({
  contact,
  reading,
}: {
  readonly contact: Contact;
  readonly reading: RiskReading | null;
}) {
  const { store, reasons } = useWorkplace();
  const keyboard = useKeyboard();
  const me = useCell(store.desk)?.me?.desk ?? null;
  const { id, band } = contact;
  const hits = reading?.hits ?? [];
  const isOurs = needsPerson(contact) || (me !== null && ownerOf(contact)?.desk === me);
  const offers = band === 'B' && isOurs && strongestLift(hits) === 'emergency';
  const proposal = offers ? proposalOf(hits) : null;
  useEffect(() => reasons.propose(id, 'promote', proposal), [reasons, id, proposal]);
  const promote = keyboard.commands.find((command) => command.id === 'promote');
  return (
    <p className={styles.line} role="group" aria-label="Risk words">
      {reading !== null && hits.length > 0 && (
        <span className={styles.found} title={reading.groups.join(', ')}>
          <strong>Risk words:</strong> {reading.groups.join(', ')}
        </span>
      )}
      {offers && promote !== undefined && (
        <button type="button" onClick={() => keyboard.run(promote)}>
          Promote <KeyHint>Shift+E</KeyHint>
        </button>
      )}
    </p>
  );
}

/** As long as a reason with room to spare. Characters. */
const PROPOSAL_LIMIT = 200;

/** The words that were found, as the reason for promoting. */
function proposalOf(hits: readonly RiskRunHit[]): string {
  const phrases = hits.filter(({ lift }) => lift === 'emergency').map(({ phrase }) => `“${phrase}”`);
  let words = 'Risk words:';
  for (const phrase of new Set(phrases)) {
    if (words.length + phrase.length + 2 > PROPOSAL_LIMIT) break;
    words += `${words.endsWith(':') ? '' : ','} ${phrase}`;
  }
  return words;
}
