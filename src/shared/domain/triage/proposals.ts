import { unreachable } from '../../lib/assert.ts';
import type { Proposal, QuestionPolicy } from '../policy/questions.ts';
import { tokensOf, type Answer, type Answers } from './answers.ts';
import {
  emptyFacts,
  emptyThrive,
  immediacies,
  letters,
  likelihoods,
  type EngagementFacts,
  type HarmFacts,
  type InvestigationFacts,
  type Letter,
  type LetterAnswer,
  type LetterFacts,
  type RiskFacts,
  type Severity,
  type ThreatFacts,
  type Thrive,
  type VulnerabilityFacts,
} from './thrive.ts';

/**
 * THRIVE as the answers alone fill it (rule T-06): of times the nearest, of severities the highest, of likelihoods the likeliest. Made anew
 * from all answers each time, so a corrected answer takes its proposal back.
 */
export function proposedThrive(policy: QuestionPolicy, answers: Answers): Thrive {
  const made = policy.questions.flatMap((question) => {
    const answer = answers[question.id];
    if (answer === undefined) return [];
    const tokens = tokensOf(answer);
    return question.proposes
      .filter((proposal) => proposal.for.some((token) => tokens.includes(token)))
      .map((proposal) => ({ proposal, words: fill(proposal, answer) }));
  });
  return letters.reduce<Thrive>((thrive, letter) => {
    const found = made.filter(({ proposal }) => proposal.letter === letter);
    if (found.length > 0) {
      const text = found.flatMap(({ words }) => (words === null ? [] : [words])).join('; ');
      const facts = factsFrom(
        letter,
        found.map(({ proposal }) => proposal),
      );
      return { ...thrive, [letter]: { kind: 'found', text, facts } };
    }
    return thrive;
  }, emptyThrive);
}

/** What a person has written or picked stands; a proposal fills only what is still open (rule T-06). */
export function withProposals(typed: Thrive, proposed: Thrive): Thrive {
  return {
    threat: merged(typed.threat, proposed.threat, 'threat'),
    harm: merged(typed.harm, proposed.harm, 'harm'),
    risk: merged(typed.risk, proposed.risk, 'risk'),
    investigation: merged(typed.investigation, proposed.investigation, 'investigation'),
    vulnerability: merged(typed.vulnerability, proposed.vulnerability, 'vulnerability'),
    engagement: merged(typed.engagement, proposed.engagement, 'engagement'),
  };
}

/**
 * What of a kept THRIVE a person has said themselves: all that the answers do not propose. Laid under those proposals again it is the same
 * THRIVE, so that an answer corrected later takes its proposal back.
 */
export function typedPart(kept: Thrive, proposed: Thrive): Thrive {
  return {
    threat: ownPart(kept.threat, proposed.threat, 'threat'),
    harm: ownPart(kept.harm, proposed.harm, 'harm'),
    risk: ownPart(kept.risk, proposed.risk, 'risk'),
    investigation: ownPart(kept.investigation, proposed.investigation, 'investigation'),
    vulnerability: ownPart(kept.vulnerability, proposed.vulnerability, 'vulnerability'),
    engagement: ownPart(kept.engagement, proposed.engagement, 'engagement'),
  };
}

/** Letters where a person says "none identified" and an answer says otherwise: shown, never settled by the program. */
export function contradictions(typed: Thrive, proposed: Thrive): Letter[] {
  return letters.filter((letter) => typed[letter]?.kind === 'none' && proposed[letter]?.kind === 'found');
}

function merged<L extends Letter>(
  typed: LetterAnswer<LetterFacts[L]>,
  proposed: LetterAnswer<LetterFacts[L]>,
  letter: L,
): LetterAnswer<LetterFacts[L]> {
  if (typed === null) return proposed;
  if (typed.kind === 'none' || proposed?.kind !== 'found') return typed;
  const text = typed.text.trim() === '' ? proposed.text : typed.text;
  return { kind: 'found', text, facts: filled(typed.facts, proposed.facts, letter) };
}

function ownPart<L extends Letter>(
  kept: LetterAnswer<LetterFacts[L]>,
  proposed: LetterAnswer<LetterFacts[L]>,
  letter: L,
): LetterAnswer<LetterFacts[L]> {
  if (kept === null || proposed === null) return kept;
  if (kept.kind === 'none' || proposed.kind === 'none') return kept.kind === proposed.kind ? null : kept;
  const open: Readonly<Record<string, unknown>> = { ...emptyFacts[letter] };
  const from: Readonly<Record<string, unknown>> = { ...kept.facts };
  const offered: Readonly<Record<string, unknown>> = { ...proposed.facts };
  const entries = Object.keys(open).map((key) => {
    const [said, offer]: readonly unknown[] = [from[key], offered[key]];
    if (Array.isArray(said) && Array.isArray(offer)) return [key, said.filter((one) => !offer.includes(one))];
    return [key, said === offer ? open[key] : said];
  });
  const facts = Object.fromEntries(entries) as LetterFacts[L];
  const text = kept.text === proposed.text ? '' : kept.text;
  const isAllProposed = text === '' && JSON.stringify(facts) === JSON.stringify(open);
  return isAllProposed ? null : { kind: 'found', text, facts };
}

/** Pick by pick: what is open takes the proposal, lists take both. */
function filled<L extends Letter>(
  typed: LetterFacts[L],
  proposed: LetterFacts[L],
  letter: L,
): LetterFacts[L] {
  const open: object = emptyFacts[letter];
  const from: Readonly<Record<string, unknown>> = { ...typed };
  const other: Readonly<Record<string, unknown>> = { ...proposed };
  const entries = Object.keys(open).map((key) => {
    const [own, offer] = [from[key], other[key]];
    if (Array.isArray(own) && Array.isArray(offer)) return [key, [...new Set([...own, ...offer])]];
    return [key, own ?? offer];
  });
  return Object.fromEntries(entries) as LetterFacts[L];
}

function fill(proposal: Proposal, answer: Answer): string | null {
  if (proposal.words === null) return null;
  const said = 'text' in answer ? answer.text.trim() : answer.kind === 'number' ? String(answer.number) : '';
  return proposal.words.replaceAll('{answer}', said);
}

type FactsUnion = LetterFacts[Letter];

function factsFrom(letter: Letter, from: readonly Proposal[]): FactsUnion {
  const all = <T>(pick: (proposal: Proposal) => readonly T[]): T[] => [...new Set(from.flatMap(pick))];
  const anyYes = (pick: (proposal: Proposal) => boolean | null): boolean | null =>
    from.reduce<boolean | null>((sum, one) => (pick(one) === null ? sum : sum === true || pick(one)), null);
  switch (letter) {
    case 'threat': {
      const immediacy =
        immediacies.find((one) => from.some((proposal) => proposal.immediacy === one)) ?? null;
      return { ...emptyFacts.threat, immediacy } satisfies ThreatFacts;
    }
    case 'harm': {
      const severity = from.reduce<Severity | null>(
        (most, one) => (one.severity !== null && one.severity > (most ?? -1) ? one.severity : most),
        null,
      );
      return { kinds: all(({ harm }) => harm), severity } satisfies HarmFacts;
    }
    case 'risk': {
      const likelihood =
        likelihoods.find((one) => from.some((proposal) => proposal.likelihood === one)) ?? null;
      return { ...emptyFacts.risk, likelihood } satisfies RiskFacts;
    }
    case 'investigation':
      return {
        opportunities: all(({ secure }) => secure),
        preservationGiven: anyYes(({ preservationGiven }) => preservationGiven),
      } satisfies InvestigationFacts;
    case 'vulnerability':
      return {
        ...emptyFacts.vulnerability,
        markers: all(({ markers }) => markers),
      } satisfies VulnerabilityFacts;
    case 'engagement':
      return {
        ...emptyFacts.engagement,
        expectationTold: anyYes(({ expectationTold }) => expectationTold),
      } satisfies EngagementFacts;
    default:
      return unreachable(letter);
  }
}
