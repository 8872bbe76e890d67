import { unreachable } from '../../lib/assert.ts';
import type { Contact } from '../contact.ts';
import type { WordFact } from '../policy/risk-words.ts';
import { nearest } from './circle.ts';
import { contradicts, directionsIn } from './directions.ts';
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
  /** Empty when it does not hang on words: a place that was measured, a language that nobody read. */
  readonly words: readonly FactWords[];
}

/** What new facts are read from. */
export type FactSource = Linkable & Pick<Contact, 'language'>;

/**
 * What the child says that the parent's public does not. When in doubt it is new: a fact counts as known only if the very same phrase stands in the
 * parent; what a handler noted there does not count, because a note may say that there was none.
 */
export function newFacts(
  child: FactSource,
  parent: FactSource,
  { riskWords, linking }: { readonly riskWords: RiskWordMatcher; readonly linking: Linking },
): readonly NewFact[] {
  return [
    ...wordFacts(child, parent, riskWords),
    ...placeFacts(child, parent, linking),
    ...languageFacts(child),
  ];
}

function wordFacts(child: FactSource, parent: FactSource, riskWords: RiskWordMatcher): readonly NewFact[] {
  const known = new Set(findRiskWordsInRun(riskWords, wordsOfPublic(parent)).map(({ phrase }) => phrase));
  const byFact = new Map<WordFact, FactWords[]>();
  for (const { phrase, group, pieces } of findRiskWordsInRun(riskWords, wordsOfPublic(child))) {
    const fact = riskWords.groups.get(group)?.fact ?? null;
    if (fact === null || known.has(phrase)) continue;
    byFact.set(fact, [...(byFact.get(fact) ?? []), ...pieces]);
  }
  return Array.from(byFact, ([code, words]) => ({ code, sentence: factSentence(code), words }));
}

function factSentence(code: WordFact): string {
  switch (code) {
    case 'injury':
      return 'Tells of an injury.';
    case 'weapon':
      return 'Tells of a weapon.';
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

function placeFacts(child: FactSource, parent: FactSource, linking: Linking): readonly NewFact[] {
  const said = (contact: FactSource): readonly string[] => [...wordsOfPublic(contact), contact.place ?? ''];
  const others = directionsIn(said(parent));
  const conflicts = directionsIn(said(child)).filter((one) =>
    others.some((other) => contradicts(one, other)),
  );
  const [ours, theirs] = [linkTraits(child, linking), linkTraits(parent, linking)];
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
