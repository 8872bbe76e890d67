import { useEffect, useMemo, type ReactNode } from 'react';
import {
  findRiskWordsInRun,
  strongestLift,
  wordsOfPublic,
  type RiskRunHit,
  type RiskWordMatcher,
} from '../../../shared/domain/assist/risk-words.ts';
import { formTexts } from '../../../shared/domain/chat/report-form.ts';
import { needsPerson, ownerOf, type Contact } from '../../../shared/domain/contact.ts';
import { useCell } from '../../app/cell.ts';
import { useRiskMatcher } from '../../app/risk-matcher.ts';
import { shownText } from '../../app/shown-text.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './risk-words.module.css';

/** A stretch of one text, and what it says: groups and phrases of the policy. */
interface Mark {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly isEmergency: boolean;
}

/** The risk words in what the public said, in the words as written (rule AS-01). */
export interface RiskReading {
  readonly hits: readonly RiskRunHit[];
  /** Names of the groups that were found, each once. */
  readonly groups: readonly string[];
  /** The marks of the public's n-th text; the account is 0. */
  readonly marksOf: (text: number) => readonly Mark[];
  /** The marks of the n-th answer of the form. */
  readonly marksOfAnswer: (answer: number) => readonly Mark[];
}

/** `null` while the risk words are not ready, or where this desk has none: nothing is marked then, which means nothing. */
export function useRiskReading({
  account,
  messages,
  form,
}: Pick<Contact, 'account' | 'messages' | 'form'>): RiskReading | null {
  const matcher = useRiskMatcher();
  return useMemo(
    () =>
      matcher === null ? null : readingOf(matcher, wordsOfPublic({ account, messages }), formTexts(form)),
    [matcher, account, messages, form],
  );
}

function readingOf(
  matcher: RiskWordMatcher,
  texts: readonly string[],
  answers: readonly string[],
): RiskReading {
  const told = findRiskWordsInRun(matcher, texts);
  // Answers stand apart: the end of one is not the beginning of the next.
  const answered = answers.map((answer) => findRiskWordsInRun(matcher, [answer]));
  const hits = [...told, ...answered.flat()];
  const nameOf = (group: string): string => matcher.groups.get(group)?.name ?? group;
  const marksIn = (found: readonly RiskRunHit[]) =>
    found.flatMap(({ pieces, group, phrase, lift }) =>
      pieces.map(({ text, from, to }) => ({
        text,
        from,
        to,
        title: `${nameOf(group)}: ${phrase}`,
        isEmergency: lift === 'emergency',
      })),
    );
  const marks = marksIn(told);
  return {
    hits,
    groups: [...new Set(hits.map(({ group }) => nameOf(group).toLowerCase()))],
    marksOf: (text) => marks.filter((mark) => mark.text === text),
    marksOfAnswer: (answer) => marksIn(answered[answer] ?? []),
  };
}

/** A text with its risk words marked. Plain text, whatever it contains (rule W-10); nothing of it is left out or changed. */
export function Marked({ text, marks }: { readonly text: string; readonly marks: readonly Mark[] }) {
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort(
    (a, b) => a - b,
  );
  const pieces: ReactNode[] = [];
  for (const [at, from] of edges.entries()) {
    const to = edges[at + 1];
    if (to === undefined) break;
    const words = shownText(text.slice(from, to));
    const here = marks.filter((mark) => mark.from <= from && mark.to >= to);
    pieces.push(
      here.length === 0 ? (
        words
      ) : (
        <mark
          key={from}
          className={styles.mark}
          data-emergency={here.some(({ isEmergency }) => isEmergency)}
          title={[...new Set(here.map(({ title }) => title))].join('; ')}
        >
          {words}
        </mark>
      ),
    );
  }
  return <>{pieces}</>;
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
