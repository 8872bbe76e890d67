import {
  signpostStanding,
  type Signpost,
  type SignpostStanding,
} from '../../../shared/domain/signposts/signpost.ts';

export type GuideAnswer = 'yes' | 'no' | 'not-known';

/** Answers to the safety questions so far, by their place. */
export type GuideAnswers = readonly GuideAnswer[];

/** `unknown`: everything was asked, and something stays not known. That is no "no" (rule SG-02). */
type GuideStanding = SignpostStanding | { readonly kind: 'unknown' };

export function guideStanding(card: Pick<Signpost, 'checkFirst'>, answers: GuideAnswers): GuideStanding {
  const standing = signpostStanding(
    card,
    answers.map((answer) => (answer === 'not-known' ? null : answer)),
  );
  if (standing.kind !== 'ask') return standing;
  return answers.length < card.checkFirst.length
    ? { kind: 'ask', next: answers.length }
    : { kind: 'unknown' };
}
