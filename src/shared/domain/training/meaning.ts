import type { IntentList } from './intents.ts';
import { sentencesOf, spokenWords, waysOf } from './spoken-words.ts';

/** What a sentence may mean. */
export interface Meaning {
  /** The likeliest; `null` when nothing in it is known. */
  readonly intent: string | null;
  /** From 0 to 1: how like it is to what is known. */
  readonly likeness: number;
  /** Whether a caller acts on it. Otherwise they ask back: a wrong answer teaches something wrong (rule TR-21). */
  readonly sure: boolean;
}

export interface Understanding {
  /** One sentence. */
  sentence(text: string): Meaning;
  /** What was said, sentence by sentence: the meanings a caller acts on, each once, in the order in which they were said. */
  meanings(text: string): readonly string[];
}

/** What the likeliest must reach, and by how much it must be ahead of the next, as shares. */
export interface Sureness {
  readonly least: number;
  readonly ahead: number;
}
export const sureness: Sureness = { least: 0.5, ahead: 0.1 };

/**
 * Reads what handlers say by likeness to phrases of the list: words and pairs of neighbouring words, each the heavier the fewer
 * intents have it. No chance, no clock, no network: the same sentence means the same on every desk.
 */
export function understandingOf({ intents }: IntentList, sure: Sureness = sureness): Understanding {
  const phrases = intents.flatMap(({ phrases: each }, intent) =>
    [...new Set(each.flatMap(waysOf).map((text) => featuresOf(text).join('\n')))].map((found) => ({
      intent,
      found: found.split('\n'),
    })),
  );
  const holders = new Map<string, Set<number>>();
  for (const { intent, found } of phrases) {
    for (const feature of found)
      holders.set(feature, (holders.get(feature) ?? new Set<number>()).add(intent));
  }
  const total = intents.length;
  const weightOf = (feature: string): number => {
    const rarity = Math.log((total + 1) / ((holders.get(feature)?.size ?? 0) + 0.5)) / Math.log(total + 1);
    return feature.includes(' ') ? rarity * 0.6 : rarity;
  };
  const weigh = (features: readonly string[]): { features: ReadonlyMap<string, number>; length: number } => {
    const weighed = new Map(features.map((feature) => [feature, weightOf(feature) ** 2]));
    return {
      features: weighed,
      length: Math.sqrt([...weighed.values()].reduce((sum, weight) => sum + weight, 0)),
    };
  };
  const known = phrases.map(({ intent, found }) => ({ intent, length: weigh(found).length }));
  /** Of each feature, the phrases that have it. */
  const having = new Map<string, number[]>();
  for (const [n, { found }] of phrases.entries()) {
    for (const feature of found) {
      const list = having.get(feature) ?? [];
      list.push(n);
      having.set(feature, list);
    }
  }
  const strong = intents.map(({ words }) => new Set(words.flatMap((word) => spokenWords(word))));

  const sentence = (text: string): Meaning => {
    const found = featuresOf(text);
    const asked = weigh(found);
    const best = intents.map(() => [0, 0]);
    for (const [n, shared] of sharedWith(asked.features, having)) {
      const { intent = 0, length = 0 } = known[n] ?? {};
      const alike = length === 0 || asked.length === 0 ? 0 : shared / (asked.length * length);
      const [first = 0, second = 0] = best[intent] ?? [];
      if (alike > first) best[intent] = [alike, first];
      else if (alike > second) best[intent] = [first, alike];
    }
    const scores = best.map(([first = 0, second = 0], intent) => {
      const given = found.some((feature) => strong[intent]?.has(feature) === true) ? 0.2 : 0;
      return Math.min(1, 0.8 * first + 0.2 * second + given);
    });
    const order = scores.map((score, intent) => ({ score, intent })).sort((a, b) => b.score - a.score);
    const [first, second] = order;
    if (first === undefined || first.score === 0) return { intent: null, likeness: 0, sure: false };
    return {
      intent: intents[first.intent]?.id ?? null,
      likeness: first.score,
      sure: first.score >= sure.least && first.score - (second?.score ?? 0) >= sure.ahead,
    };
  };
  return {
    sentence,
    meanings: (text) => [
      ...new Set(
        sentencesOf(text).flatMap((part) => {
          const meaning = sentence(part);
          return meaning.sure && meaning.intent !== null ? [meaning.intent] : [];
        }),
      ),
    ],
  };
}

/** Words and pairs of neighbours, the beginning being one: "where" at the beginning is a question. */
function featuresOf(text: string): readonly string[] {
  const words = spokenWords(text);
  const pairs = words.map((word, n) => `${words[n - 1] ?? '^'} ${word}`);
  return [...new Set([...words, ...pairs])];
}

/** Of each phrase that has anything of it, the weight of what it has. */
function sharedWith(
  asked: ReadonlyMap<string, number>,
  having: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, number> {
  const shared = new Map<number, number>();
  for (const [feature, weight] of asked) {
    for (const n of having.get(feature) ?? []) shared.set(n, (shared.get(n) ?? 0) + weight);
  }
  return shared;
}
