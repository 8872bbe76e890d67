import {
  answerWords,
  factsOf,
  FACT_TEXT_LIMIT,
  LETTER_LIMIT,
  letters,
  letterWords,
  type Letter,
  type Thrive,
} from './thrive.ts';

export interface ThriveChange {
  readonly letter: Letter;
  /** `Threat: was "later", now "he is in the hall"`; of a letter that nobody had asked before, what was found alone. */
  readonly words: string;
}

/** What one version says otherwise than the one before, letter by letter (rule T-03). Empty when nothing changed. */
export function changesBetween(earlier: Thrive, later: Thrive): ThriveChange[] {
  return letters.flatMap((letter) => {
    const was = answerWords(earlier, letter);
    const now = answerWords(later, letter);
    const words = earlier[letter] === null ? now : `was “${was}”, now “${now}”`;
    return was === now ? [] : [{ letter, words: `${letterWords[letter]}: ${words}` }];
  });
}

export interface ThriveGap {
  readonly letter: Letter;
  /** What to do about it: one short sentence. */
  readonly words: string;
}

/** A sentence says more than a label does. Words. */
const SENTENCE_WORDS = 4;

/**
 * What is still to be asked or written (rules T-02, T-04). High risk asks for a sentence where a word would do otherwise, and for the picks
 * that the people who go will need. A list to work off: it stops nobody from grading.
 */
export function missingOf(thrive: Thrive, { highRisk }: { readonly highRisk: boolean }): ThriveGap[] {
  return letters.flatMap((letter) => {
    if (thrive[letter] === null) return [{ letter, words: `${letterWords[letter]}: not asked yet.` }];
    return highRisk ? highRiskGaps(thrive, letter) : [];
  });
}

function highRiskGaps(thrive: Thrive, letter: Letter): ThriveGap[] {
  const answer = thrive[letter];
  const gap = (words: string): ThriveGap => ({ letter, words: `${letterWords[letter]}: ${words}` });
  if (answer === null) return [];
  if (answer.kind === 'none') {
    // High risk without threat, harm or likelihood contradicts itself.
    const core: readonly Letter[] = ['threat', 'harm', 'risk'];
    return core.includes(letter) ? [gap('this is high risk, so say what was found.')] : [];
  }
  const words = answer.text
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '').length;
  return [
    ...(words < SENTENCE_WORDS ? [gap('high risk needs a whole sentence.')] : []),
    ...(letter === 'threat' && factsOf(thrive, letter).immediacy === null ? [gap('say when.')] : []),
    ...(letter === 'harm' && factsOf(thrive, letter).severity === null ? [gap('say how severe.')] : []),
    ...(letter === 'risk' && factsOf(thrive, letter).likelihood === null ? [gap('say how likely.')] : []),
    ...(letter === 'risk' && isBlank(factsOf(thrive, letter).interimPlan)
      ? [gap('say what keeps them safe until somebody comes.')]
      : []),
    ...(letter === 'engagement' && isBlank(factsOf(thrive, letter).safeContact)
      ? [gap('say how it is safe to reach them.')]
      : []),
  ];
}

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/** Why a version cannot be kept as it is: a text longer than its limit. Characters. */
export interface ThriveRefusal {
  readonly letter: Letter;
  readonly limit: number;
  readonly length: number;
}

/** The first text that is too long, or `null`. Nothing else is refused: a half-filled THRIVE is kept (rule T-04). */
export function refusalOfThrive(thrive: Thrive): ThriveRefusal | null {
  for (const letter of letters) {
    const answer = thrive[letter];
    if (answer?.kind !== 'found') continue;
    if (answer.text.length > LETTER_LIMIT) return { letter, limit: LETTER_LIMIT, length: answer.text.length };
    const longest = Math.max(0, ...shortTexts(thrive, letter).map((text) => text?.length ?? 0));
    if (longest > FACT_TEXT_LIMIT) return { letter, limit: FACT_TEXT_LIMIT, length: longest };
  }
  return null;
}

function shortTexts(thrive: Thrive, letter: Letter): readonly (string | null)[] {
  const { actor, target } = factsOf(thrive, 'threat');
  switch (letter) {
    case 'threat':
      return [actor, target];
    case 'risk':
      return [factsOf(thrive, letter).interimPlan];
    case 'vulnerability':
      return [factsOf(thrive, letter).who];
    case 'engagement':
      return [factsOf(thrive, letter).safeContact];
    case 'harm':
    case 'investigation':
      return [];
  }
}
