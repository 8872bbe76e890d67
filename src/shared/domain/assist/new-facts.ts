import { unreachable } from '../../lib/assert.ts';
import type { Contact } from '../contact.ts';
import type { QuestionPolicy } from '../policy/questions.ts';
import type { WordFact } from '../policy/risk-words.ts';
import { nearest } from './circle.ts';
import { contradicts, directionsIn } from './directions.ts';
import { dangerAnswers, wordsOfHandler, type HandledContact } from './handlers-words.ts';
import { linkTraits, type Linkable, type Linking } from './link-traits.ts';
import { findRiskWordsInRun, wordsOfPublic, type RiskWordMatcher } from './risk-words.ts';

/** What a linked contact may bring that the one it is linked to does not have. */
export type NewFactCode = WordFact | 'direction-conflict' | 'other-place' | 'other-language';

/** Words that say it, in the child: `text` counts its public texts from 0, the account first. */
export interface FactWords {
  readonly text: number;
  readonly from: number;
  readonly to: number;
}

/** Something new: it raises the parent and stands in it as a dated line (rules AS-14, AS-15). */
export interface NewFact {
  readonly code: NewFactCode;
  /** For the parent's log and the dispatcher. */
  readonly sentence: string;
  /** Empty when it does not hang on words of the public: what a handler typed, a place that was measured, a language that nobody read. */
  readonly words: readonly FactWords[];
}

/** What new facts are read from. */
export type FactSource = Linkable & HandledContact & Pick<Contact, 'language'>;

/** By which they are read. Without the questions' policy the danger in an answer of the child is not seen, its typed words are. */
export interface FactPolicy {
  readonly riskWords: RiskWordMatcher;
  readonly linking: Linking;
  readonly questions?: QuestionPolicy;
}

/**
 * What the child says that the parent's public does not: in the public's words, and in what its handler noted, typed and was answered. When in
 * doubt it is new: a fact counts as known only if the very same phrase stands in what the parent's public wrote; what a handler noted there does
 * not count, because a note may say that there was none. An answer that means danger is known when the parent has the same.
 */
export function newFacts(child: FactSource, parent: FactSource, policy: FactPolicy): readonly NewFact[] {
  return [
    ...wordFacts(child, parent, policy, null),
    ...placeFacts(child, parent, policy),
    ...languageFacts(child),
  ];
}

/**
 * What the child tells that neither its parent's public nor the child itself had told before: of the same phrase or answer once more nothing
 * is new, another weapon or a second injury is (rule C-34). `before`: the child as it was.
 */
export function factsSince(
  before: FactSource,
  child: FactSource,
  parent: FactSource,
  policy: FactPolicy,
): readonly NewFactCode[] {
  const others = (source: FactSource): readonly NewFact[] => [
    ...placeFacts(source, parent, policy),
    ...languageFacts(source),
  ];
  const told = new Set(others(before).map(({ code }) => code));
  return [
    ...wordFacts(child, parent, policy, before),
    ...others(child).filter(({ code }) => !told.has(code)),
  ].map(({ code }) => code);
}

function wordFacts(
  child: FactSource,
  parent: FactSource,
  { riskWords, questions }: FactPolicy,
  before: FactSource | null,
): readonly NewFact[] {
  const factOf = (group: string): WordFact | null => riskWords.groups.get(group)?.fact ?? null;
  const toldBefore =
    before === null ? [] : [wordsOfPublic(before), wordsOfHandler(before, questions ?? null)];
  const known = new Set(
    [wordsOfPublic(parent), ...toldBefore].flatMap((texts) =>
      findRiskWordsInRun(riskWords, texts).map(({ phrase }) => phrase),
    ),
  );
  const byFact = new Map<WordFact, readonly FactWords[]>();
  const add = (fact: WordFact | null, words: readonly FactWords[]): void => {
    if (fact !== null) byFact.set(fact, [...(byFact.get(fact) ?? []), ...words]);
  };
  for (const { phrase, group, pieces } of findRiskWordsInRun(riskWords, wordsOfPublic(child)))
    if (!known.has(phrase)) add(factOf(group), pieces);
  for (const { phrase, group } of findRiskWordsInRun(riskWords, wordsOfHandler(child, questions ?? null)))
    if (!known.has(phrase)) add(factOf(group), []);
  const others = before === null ? [parent] : [parent, before];
  for (const words of newDangers(child, others, questions)) {
    const facts = findRiskWordsInRun(riskWords, [words]).flatMap(({ group }) => factOf(group) ?? []);
    for (const fact of facts.length === 0 ? (['danger'] as const) : facts) add(fact, []);
  }
  return Array.from(byFact, ([code, words]) => ({ code, sentence: factSentence(code), words }));
}

/** The words of each answer that means danger and that the others were not given. */
function newDangers(
  child: FactSource,
  others: readonly FactSource[],
  questions: QuestionPolicy | undefined,
): readonly string[] {
  if (questions === undefined) return [];
  const policy = questions;
  const before = others.flatMap((other) => dangerAnswers(other, policy));
  return dangerAnswers(child, questions)
    .filter((one) => before.every(({ question, token }) => question !== one.question || token !== one.token))
    .map(({ words }) => words);
}

function factSentence(code: WordFact): string {
  switch (code) {
    case 'injury':
      return 'Tells of an injury.';
    case 'weapon':
      return 'Tells of a weapon.';
    case 'fuel':
      return 'Tells of petrol: spilt, or a weapon.';
    case 'leaving':
      return 'Tells of somebody leaving.';
    case 'suspect':
      return 'Tells something about a suspect.';
    case 'danger':
      return 'Tells of danger in other words.';
    default:
      return unreachable(code);
  }
}

function placeFacts(
  child: FactSource,
  parent: FactSource,
  { linking, questions }: FactPolicy,
): readonly NewFact[] {
  const said = (contact: FactSource): readonly string[] => [...wordsOfPublic(contact), contact.place ?? ''];
  const others = directionsIn(said(parent));
  const conflicts = directionsIn([...said(child), ...wordsOfHandler(child, questions ?? null)]).filter(
    (one) => others.some((other) => contradicts(one, other)),
  );
  // What the parent's handler noted does not count as known.
  const itsPublic = { ...parent, notes: [], triage: [], heard: [] };
  const [ours, theirs] = [linkTraits(child, linking), linkTraits(itsPublic, linking)];
  const gap = nearest(ours.circles, theirs.circles);
  const isFar = gap !== null && gap > linking.policy.sameIncident.withinMetres;
  const areOtherRoads =
    ours.roads.size > 0 && theirs.roads.size > 0 && [...ours.roads].every((road) => !theirs.roads.has(road));
  const publicTexts = wordsOfPublic(child).length;
  return [
    ...(conflicts.length > 0
      ? [
          {
            code: 'direction-conflict',
            sentence: 'Names another direction: either may be wrong.',
            words: conflicts.flatMap(({ words }): readonly FactWords[] => {
              const [first, last] = [words[0], words.at(-1)];
              if (first === undefined || last === undefined || last.text >= publicTexts) return [];
              return first.text === last.text ? [{ text: first.text, from: first.from, to: last.to }] : words;
            }),
          } as const,
        ]
      : []),
    ...(isFar || areOtherRoads
      ? [{ code: 'other-place', sentence: 'Names another place: either may be wrong.', words: [] } as const]
      : []),
  ];
}

/** What is written in another language may say anything. */
function languageFacts({ language, messages }: FactSource): readonly NewFact[] {
  const isForeign = (tag: string | null): boolean => tag !== null && !/^en\b/i.test(tag);
  return isForeign(language) || messages.some((message) => isForeign(message.language))
    ? [
        {
          code: 'other-language',
          sentence: 'Is in another language: read it before it is set aside.',
          words: [],
        },
      ]
    : [];
}
