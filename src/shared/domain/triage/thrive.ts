import { unreachable } from '../../lib/assert.ts';

/**
 * THRIVE: the six things every contact is weighed by, on one screen (rule T-01). Source: the national risk model at first contact.
 * Each letter is not asked yet (`null`), asked and nothing found (`none`), or found. Not asked is never the same as nothing found (T-02).
 */
export const letters = ['threat', 'harm', 'risk', 'investigation', 'vulnerability', 'engagement'] as const;
export type Letter = (typeof letters)[number];

/** What one letter says. `text` may be empty while only the picks beside it are made. */
export type LetterAnswer<Facts> =
  null | { readonly kind: 'none' } | { readonly kind: 'found'; readonly text: string; readonly facts: Facts };

/** When the harm threatens, the nearest first. */
export const immediacies = ['now', 'today', 'later', 'past'] as const;
export type Immediacy = (typeof immediacies)[number];

export const harmKinds = ['physical', 'emotional', 'sexual', 'financial', 'property', 'reputation'] as const;
export type HarmKind = (typeof harmKinds)[number];

/** 0 no harm, 1 slight, 2 serious, 3 life-threatening or life-changing. */
export const severities = [0, 1, 2, 3] as const;
export type Severity = (typeof severities)[number];

/** The likeliest first. */
export const likelihoods = ['high', 'medium', 'low'] as const;
export type Likelihood = (typeof likelihoods)[number];

/** What could be lost if nobody looks after it. */
export const opportunities = [
  'scene',
  'cctv',
  'forensic',
  'witness',
  'named-suspect',
  'vehicle',
  'digital',
] as const;
export type Opportunity = (typeof opportunities)[number];

export interface ThreatFacts {
  readonly immediacy: Immediacy | null;
  /** Who or what it comes from, and whom it is aimed at. */
  readonly actor: string | null;
  readonly target: string | null;
}

export interface HarmFacts {
  readonly kinds: readonly HarmKind[];
  readonly severity: Severity | null;
}

export interface RiskFacts {
  readonly likelihood: Likelihood | null;
  /** What holds the risk between this call and somebody's arrival. */
  readonly interimPlan: string | null;
}

export interface InvestigationFacts {
  readonly opportunities: readonly Opportunity[];
  /** True once the caller was told what to leave alone: advice that is not written down was not given. `null`: not said. */
  readonly preservationGiven: boolean | null;
}

export interface VulnerabilityFacts {
  /** Ids of the triage policy's markers. */
  readonly markers: readonly string[];
  /** Whom they are about. */
  readonly who: string | null;
}

export interface EngagementFacts {
  /** How this person may be reached without being put in danger. */
  readonly safeContact: string | null;
  /** The caller knows what happens next, and who comes or does not come. `null`: not said. */
  readonly expectationTold: boolean | null;
}

export interface LetterFacts {
  readonly threat: ThreatFacts;
  readonly harm: HarmFacts;
  readonly risk: RiskFacts;
  readonly investigation: InvestigationFacts;
  readonly vulnerability: VulnerabilityFacts;
  readonly engagement: EngagementFacts;
}

export type Thrive = { readonly [L in Letter]: LetterAnswer<LetterFacts[L]> };

export const emptyThrive: Thrive = {
  threat: null,
  harm: null,
  risk: null,
  investigation: null,
  vulnerability: null,
  engagement: null,
};

/** A found letter with no pick made yet. */
export const emptyFacts: LetterFacts = {
  threat: { immediacy: null, actor: null, target: null },
  harm: { kinds: [], severity: null },
  risk: { likelihood: null, interimPlan: null },
  investigation: { opportunities: [], preservationGiven: null },
  vulnerability: { markers: [], who: null },
  engagement: { safeContact: null, expectationTold: null },
};

export const letterWords: Readonly<Record<Letter, string>> = {
  threat: 'Threat',
  harm: 'Harm',
  risk: 'Risk',
  investigation: 'Investigation',
  vulnerability: 'Vulnerability',
  engagement: 'Engagement',
};

/** Longest text of a letter. Characters. */
export const LETTER_LIMIT = 600;
/** Longest of the short texts among the picks: actor, interim plan, safe contact … Characters. */
export const FACT_TEXT_LIMIT = 240;

/** The picks of a found letter, or those of a letter that says nothing. */
export function factsOf<L extends Letter>(thrive: Thrive, letter: L): LetterFacts[L] {
  const answer: LetterAnswer<LetterFacts[L]> = thrive[letter];
  return answer?.kind === 'found' ? answer.facts : emptyFacts[letter];
}

/** What a letter says, as the record reads it. */
export function answerWords(thrive: Thrive, letter: Letter): string {
  const answer = thrive[letter];
  if (answer === null) return 'not asked yet';
  switch (answer.kind) {
    case 'none':
      return 'none identified';
    case 'found': {
      const said = [answer.text.trim(), ...factWords(thrive, letter)].filter((part) => part !== '');
      return said.length === 0 ? 'found, nothing written' : said.join('; ');
    }
    default:
      return unreachable(answer);
  }
}

/** The id of something picked, as it is read: the policy that named it may be another by then. */
const inWords = (id: string): string => id.replaceAll('-', ' ');

/** The picks of a letter in words, in the order of the form; nothing for what was not picked. */
export function factWords(thrive: Thrive, letter: Letter): string[] {
  const say = (name: string, value: string | number | null): string[] =>
    value === null || value === '' ? [] : [`${name}: ${value}`];
  const list = (name: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`${name}: ${values.join(', ')}`];
  const yesNo = (name: string, value: boolean | null): string[] =>
    value === null ? [] : [`${name}: ${value ? 'yes' : 'no'}`];
  switch (letter) {
    case 'threat': {
      const { immediacy, actor, target } = factsOf(thrive, letter);
      return [...say('when', immediacy), ...say('from', actor), ...say('against', target)];
    }
    case 'harm': {
      const { kinds, severity } = factsOf(thrive, letter);
      return [...list('kind', kinds.map(inWords)), ...say('severity', severity)];
    }
    case 'risk': {
      const { likelihood, interimPlan } = factsOf(thrive, letter);
      return [...say('likelihood', likelihood), ...say('until somebody comes', interimPlan)];
    }
    case 'investigation': {
      const facts = factsOf(thrive, letter);
      return [
        ...list('to secure', facts.opportunities),
        ...yesNo('told what to leave alone', facts.preservationGiven),
      ];
    }
    case 'vulnerability': {
      const { markers, who } = factsOf(thrive, letter);
      return [...list('markers', markers.map(inWords)), ...say('about', who)];
    }
    case 'engagement': {
      const { safeContact, expectationTold } = factsOf(thrive, letter);
      return [...say('safe to reach by', safeContact), ...yesNo('told what happens next', expectationTold)];
    }
    default:
      return unreachable(letter);
  }
}
