import type { TriagePolicy } from '../../../shared/domain/policy/triage.ts';
import {
  emptyFacts,
  factsOf,
  harmKinds,
  immediacies,
  likelihoods,
  opportunities,
  type HarmKind,
  type Immediacy,
  type Letter,
  type LetterAnswer,
  type LetterFacts,
  type Likelihood,
  type Opportunity,
  type Severity,
  type Thrive,
} from '../../../shared/domain/triage/thrive.ts';
import { unreachable } from '../../../shared/lib/assert.ts';

/** One thing a key can pick in a letter. */
export interface Pick {
  readonly id: string;
  readonly word: string;
  /** A person picked it, or an answer proposes it. */
  readonly is: 'picked' | 'proposed' | 'open';
  readonly toggled: Thrive;
}

/** A short text beside the words of a letter. */
export interface ShortText {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly write: (text: string) => Thrive;
}

export const letterKeys: Readonly<Record<Letter, string>> = {
  threat: 't',
  harm: 'h',
  risk: 'r',
  investigation: 'i',
  vulnerability: 'v',
  engagement: 'e',
};

/** What each letter asks, in a line. */
export const letterAsks: Readonly<Record<Letter, string>> = {
  threat: 'Who or what threatens whom, when?',
  harm: 'What harm, and how grave?',
  risk: 'How likely, and what keeps them safe?',
  investigation: 'What could be lost?',
  vulnerability: 'Who cannot protect themselves?',
  engagement: 'Reached safely how? Told what is next?',
};

const immediacyWords: Readonly<Record<Immediacy, string>> = {
  now: 'Now',
  today: 'Today',
  later: 'Later',
  past: 'Over',
};
const harmWords: Readonly<Record<HarmKind, string>> = {
  physical: 'Body',
  emotional: 'Mind',
  sexual: 'Sexual',
  financial: 'Money',
  property: 'Property',
  reputation: 'Name',
};
const severityWords: Readonly<Record<Exclude<Severity, 0>, string>> = {
  1: 'Slight',
  2: 'Serious',
  3: 'Grave: life',
};
const likelihoodWords: Readonly<Record<Likelihood, string>> = {
  high: 'Likely',
  medium: 'Possible',
  low: 'Unlikely',
};
const opportunityWords: Readonly<Record<Opportunity, string>> = {
  scene: 'Scene',
  cctv: 'CCTV',
  forensic: 'Forensic',
  witness: 'Witness',
  'named-suspect': 'Named suspect',
  vehicle: 'Vehicle',
  digital: 'Digital',
};

/** A letter with other words; with nothing left in it, it is not asked again. */
export function withText(typed: Thrive, letter: Letter, text: string): Thrive {
  return withLetter(typed, letter, { text });
}

/** Asked, and nothing found (rule T-02); the same again takes it back. */
export function toggledNone(typed: Thrive, letter: Letter): Thrive {
  return { ...typed, [letter]: typed[letter]?.kind === 'none' ? null : { kind: 'none' } };
}

/** Nothing is written or picked in it by a person. */
export function isEmptyLetter(typed: Thrive, letter: Letter): boolean {
  return typed[letter]?.kind !== 'found';
}

function withLetter<L extends Letter>(
  typed: Thrive,
  letter: L,
  change: { readonly text?: string; readonly facts?: Partial<LetterFacts[L]> },
): Thrive {
  const before: LetterAnswer<LetterFacts[L]> = typed[letter];
  const text = change.text ?? (before?.kind === 'found' ? before.text : '');
  const facts = { ...factsOf(typed, letter), ...change.facts };
  const isNothing = text === '' && JSON.stringify(facts) === JSON.stringify(emptyFacts[letter]);
  return { ...typed, [letter]: isNothing ? null : { kind: 'found', text, facts } };
}

/** What the digits 1 to 9 pick in a letter, in this order; markers follow beyond nine. */
export function picksOf(
  letter: Letter,
  typed: Thrive,
  proposed: Thrive,
  policy: TriagePolicy,
): readonly Pick[] {
  switch (letter) {
    case 'threat':
      return one(typed, proposed, letter, 'immediacy', immediacies, immediacyWords);
    case 'harm': {
      const kinds = several(typed, proposed, letter, 'kinds', harmKinds, harmWords);
      return [...kinds, ...one(typed, proposed, letter, 'severity', [1, 2, 3] as const, severityWords)];
    }
    case 'risk':
      return one(typed, proposed, letter, 'likelihood', likelihoods, likelihoodWords);
    case 'investigation': {
      const secured = several(typed, proposed, letter, 'opportunities', opportunities, opportunityWords);
      const told = { true: 'Told what to leave alone' } as const;
      return [...secured, ...one(typed, proposed, letter, 'preservationGiven', [true], told)];
    }
    case 'vulnerability': {
      const names = Object.fromEntries(policy.markers.map(({ id, name }) => [id, name]));
      return several(
        typed,
        proposed,
        letter,
        'markers',
        policy.markers.map(({ id }) => id),
        names,
      );
    }
    case 'engagement': {
      const told = { true: 'Told what happens next' } as const;
      return one(typed, proposed, letter, 'expectationTold', [true], told);
    }
    default:
      return unreachable(letter);
  }
}

/** One of several: picked again it is open again. */
function one<L extends Letter, K extends keyof LetterFacts[L]>(
  typed: Thrive,
  proposed: Thrive,
  letter: L,
  field: K,
  values: readonly (LetterFacts[L][K] & (string | number | boolean))[],
  words: Readonly<Record<string, string>>,
): readonly Pick[] {
  const own = factsOf(typed, letter)[field];
  const offered = factsOf(proposed, letter)[field];
  return values.map((value) => {
    const facts = { [field]: own === value ? null : value } as unknown as Partial<LetterFacts[L]>;
    return {
      id: `${String(field)} ${String(value)}`,
      word: words[String(value)] ?? String(value),
      is: own === value ? 'picked' : own === null && offered === value ? 'proposed' : 'open',
      toggled: withLetter(typed, letter, { facts }),
    };
  });
}

/** As many as there are. What an answer proposes stays until the answer is changed. */
function several<L extends Letter>(
  typed: Thrive,
  proposed: Thrive,
  letter: L,
  field: keyof LetterFacts[L],
  values: readonly string[],
  words: Readonly<Record<string, string>>,
): readonly Pick[] {
  const own = factsOf(typed, letter)[field] as unknown as readonly string[];
  const offered = factsOf(proposed, letter)[field] as unknown as readonly string[];
  return values.map((value) => {
    const next = own.includes(value) ? own.filter((each) => each !== value) : [...own, value];
    return {
      id: `${String(field)} ${value}`,
      word: words[value] ?? value,
      is: own.includes(value) ? 'picked' : offered.includes(value) ? 'proposed' : 'open',
      toggled: withLetter(typed, letter, { facts: { [field]: next } as unknown as Partial<LetterFacts[L]> }),
    };
  });
}

/** The short texts of a letter. */
export function shortTextsOf(letter: Letter, typed: Thrive): readonly ShortText[] {
  const text = <L extends Letter>(of: L, field: keyof LetterFacts[L] & string, name: string): ShortText => ({
    id: field,
    name,
    value: String(factsOf(typed, of)[field] ?? ''),
    write: (value) =>
      withLetter(typed, of, {
        facts: { [field]: value === '' ? null : value } as unknown as Partial<LetterFacts[L]>,
      }),
  });
  switch (letter) {
    case 'threat':
      return [text('threat', 'actor', 'From'), text('threat', 'target', 'Against')];
    case 'risk':
      return [text('risk', 'interimPlan', 'Until somebody comes')];
    case 'vulnerability':
      return [text('vulnerability', 'who', 'About')];
    case 'engagement':
      return [text('engagement', 'safeContact', 'Safe to reach by')];
    case 'harm':
    case 'investigation':
      return [];
    default:
      return unreachable(letter);
  }
}

/** The words of a letter and its picks, as the line shows them. */
export function letterLine(thrive: Thrive, letter: Letter, policy: TriagePolicy): string {
  const answer = thrive[letter];
  if (answer === null) return 'not asked';
  if (answer.kind === 'none') return 'none identified';
  const picked = picksOf(letter, thrive, thrive, policy).filter(({ is }) => is === 'picked');
  const short = shortTextsOf(letter, thrive).filter(({ value }) => value !== '');
  const parts = [
    answer.text.trim(),
    picked.map(({ word }) => word.toLowerCase()).join(', '),
    ...short.map(({ name, value }) => `${name.toLowerCase()}: ${value}`),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'found, nothing written' : parts.join(' · ');
}
