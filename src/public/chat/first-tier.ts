import { endOfTexts, groupsToLookAt, type RiskWordMatcher } from '../../shared/domain/assist/risk-words.ts';
import { openingAt, openingWords } from '../../shared/domain/signposts/hours.ts';
import { findSignposts } from '../../shared/domain/signposts/find-signposts.ts';
import type { Signpost } from '../../shared/domain/signposts/signpost.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { WordIndex } from '../../shared/domain/word-index.ts';
import type { Words } from '../words/en.ts';

/** What the first tier knows: the cards of the desk, and the table of sentences. It learns nothing and guesses nothing. */
export interface FirstTierKnowledge {
  readonly signposts: readonly Signpost[];
  readonly index: WordIndex<Signpost>;
  readonly riskWords: RiskWordMatcher;
  readonly words: Words['chat']['tier'];
  /** The pages' own address for a card. */
  readonly pageOf: (card: Signpost) => string;
}

/** How far it has come (rules WP-40 to WP-43). */
export type TierState =
  /** It has asked what it is about; `missed`: how often it had no answer. */
  | { readonly kind: 'ask'; readonly missed: number }
  /** It has named cards to choose from. */
  | { readonly kind: 'which'; readonly cards: readonly string[] }
  /** It asks a card's safety questions, one at a time. */
  | { readonly kind: 'check'; readonly card: string; readonly next: number }
  /** It has told where it goes, and asked whether that is an answer. */
  | { readonly kind: 'answered'; readonly card: string };

/** What it says, what can be pressed in place of typing, and what comes then. */
export interface TierStep {
  readonly says: readonly string[];
  readonly choices: readonly string[];
  readonly state: TierState;
  /** `person-at-once`: a risk word was found. `end`: the person has said that this was the answer. */
  readonly leadsTo: 'stay' | 'person' | 'person-at-once' | 'end';
}

export const tierBegins = ({ words }: FirstTierKnowledge): TierStep => ({
  says: [words.greeting, words.ask],
  choices: [words.person],
  state: { kind: 'ask', missed: 0 },
  leadsTo: 'stay',
});

/**
 * What it makes of the person's last line. `said`: everything they have written, oldest first. A risk word, a wish for a person, a "yes" to a
 * safety question and anything it does not understand twice go to a person: it only ever ends a chat on the person's own word.
 */
export function tierStep(
  knowledge: FirstTierKnowledge,
  state: TierState,
  said: readonly string[],
  now: Instant,
): TierStep {
  const { words, riskWords } = knowledge;
  const last = said.at(-1) ?? '';
  if (groupsToLookAt(riskWords, endOfTexts(riskWords, said)).length > 0)
    return { says: [words.toPersonRisk, words.risky], choices: [], state, leadsTo: 'person-at-once' };
  if (asksForPerson(last, words)) return toPerson(knowledge, state);
  switch (state.kind) {
    case 'ask':
      return asked(knowledge, last, state.missed);
    case 'which': {
      const cards = cardsOf(knowledge, state.cards);
      const chosen = cards.find(({ title }) => plain(title) === plain(last));
      if (chosen !== undefined) return checkOrTell(knowledge, chosen, 0, now);
      return plain(last) === plain(words.noneOf) ? toPerson(knowledge, state) : asked(knowledge, last, 1);
    }
    case 'check': {
      const [card] = cardsOf(knowledge, [state.card]);
      const answer = yesOrNo(last, words);
      if (card === undefined || answer === 'yes') return toPerson(knowledge, state);
      if (answer === null) return ask(knowledge, card, state.next, [words.yesOrNo]);
      return checkOrTell(knowledge, card, state.next + 1, now);
    }
    case 'answered': {
      const answer = yesOrNo(last, words);
      if (answer === 'yes') return { says: [words.thanks], choices: [], state, leadsTo: 'end' };
      return toPerson(knowledge, state);
    }
  }
}

const toPerson = ({ words }: FirstTierKnowledge, state: TierState): TierStep => ({
  says: [words.toPerson],
  choices: [],
  state,
  leadsTo: 'person',
});

function asked(knowledge: FirstTierKnowledge, last: string, missed: number): TierStep {
  const { words, index } = knowledge;
  const telling = plain(last)
    .split(' ')
    .filter((word) => word.length > 2 && !words.smallWords.includes(word));
  const found = telling.length === 0 ? [] : findSignposts(index, telling.join(' '), 4);
  if (found.length === 0) {
    if (missed > 0) return toPerson(knowledge, { kind: 'ask', missed });
    return {
      says: [words.notFound],
      choices: [words.person],
      state: { kind: 'ask', missed: missed + 1 },
      leadsTo: 'stay',
    };
  }
  return {
    says: [words.which],
    choices: [...found.map(({ title }) => title), words.noneOf, words.person],
    state: { kind: 'which', cards: found.map(({ id }) => id) },
    leadsTo: 'stay',
  };
}

function checkOrTell(knowledge: FirstTierKnowledge, card: Signpost, next: number, now: Instant): TierStep {
  if (next < card.checkFirst.length)
    return ask(knowledge, card, next, next === 0 ? [knowledge.words.checkFirst] : []);
  const { words, pageOf } = knowledge;
  const ways = card.how.map(({ to, note }) => (note === null ? to : `${to} (${note})`)).join('; ');
  const hours = openingWords(openingAt(card.hours, now, []));
  const who = card.localCouncil
    ? words.council + pageOf(card)
    : [words.who(card.who), ways].filter((part) => part !== '').join(' ');
  return {
    says: [card.say, [who, hours].join(' '), words.answered],
    choices: [words.yes, words.no, words.person],
    state: { kind: 'answered', card: card.id },
    leadsTo: 'stay',
  };
}

function ask(
  { words }: FirstTierKnowledge,
  card: Signpost,
  next: number,
  before: readonly string[],
): TierStep {
  return {
    says: [...before, card.checkFirst[next]?.ask ?? ''],
    choices: [words.yes, words.no, words.person],
    state: { kind: 'check', card: card.id, next },
    leadsTo: 'stay',
  };
}

const cardsOf = ({ signposts }: FirstTierKnowledge, ids: readonly string[]): readonly Signpost[] =>
  ids.flatMap((id) => signposts.find((card) => card.id === id) ?? []);

/** Small letters, one space between words, nothing else but letters, digits and spaces. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[’']/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const asksForPerson = (text: string, { personWords }: Words['chat']['tier']): boolean => {
  const said = ` ${plain(text)} `;
  return personWords.some((word) => said.includes(` ${word} `));
};

/** "No" only where nothing else can be meant: whatever else is said goes to a person, or is asked again. */
function yesOrNo(text: string, { yesWords, noWords }: Words['chat']['tier']): 'yes' | 'no' | null {
  const said = plain(text).split(' ');
  if (said.some((word) => yesWords.includes(word))) return 'yes';
  return noWords.includes(said[0] ?? '') ? 'no' : null;
}
