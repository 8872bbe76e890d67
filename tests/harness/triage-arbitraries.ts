import fc from 'fast-check';
import { callMarks } from '../../src/shared/domain/call.ts';
import { channels } from '../../src/shared/domain/channel.ts';
import { channelStates } from '../../src/shared/domain/contact.ts';
import type { Question } from '../../src/shared/domain/policy/questions.ts';
import type { Answer, Answers } from '../../src/shared/domain/triage/answers.ts';
import type { Picture } from '../../src/shared/domain/triage/condition.ts';
import {
  emptyThrive,
  harmKinds,
  immediacies,
  letters,
  likelihoods,
  opportunities,
  severities,
  type Letter,
  type LetterFacts,
  type Thrive,
} from '../../src/shared/domain/triage/thrive.ts';
import { questionPolicy, triagePolicy } from './triage-policy.ts';

/** An answer that the question can have. */
export function anyAnswerTo(question: Question): fc.Arbitrary<Answer> {
  const notKnown = fc.constant<Answer>({ kind: 'not-known' });
  switch (question.answer) {
    case 'yes-no':
      return fc.constantFrom<Answer>({ kind: 'yes' }, { kind: 'no' }, { kind: 'not-known' });
    case 'choice':
    case 'choices':
      return fc.oneof(
        notKnown,
        fc.constantFrom(...question.choices).map(({ id }): Answer => ({ kind: 'choice', ids: [id] })),
      );
    case 'number':
      return fc.oneof(
        notKnown,
        fc.nat({ max: 99 }).map((number): Answer => ({ kind: 'number', number })),
      );
    case 'time':
      return fc.oneof(notKnown, fc.constant<Answer>({ kind: 'time', at: null, text: 'last night' }));
    case 'text':
      return fc.oneof(notKnown, fc.constant<Answer>({ kind: 'text', text: 'some words' }));
    case 'place':
      return fc.oneof(
        notKnown,
        fc.boolean().map((readBack): Answer => ({ kind: 'place', text: 'Mill Lane, Ware', readBack })),
      );
  }
}

/** Some of the questions, answered. */
export const anyAnswers: fc.Arbitrary<Answers> = fc
  .subarray([...questionPolicy.questions], { maxLength: 25 })
  .chain((asked) =>
    fc.tuple(...asked.map((one) => anyAnswerTo(one).map((answer) => [one.id, answer] as const))),
  )
  .map((entries) => Object.fromEntries(entries));

const words = fc.constantFrom('', 'he is outside', 'knife in the kitchen drawer');
const orNull = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null });

const anyFacts: { readonly [L in Letter]: fc.Arbitrary<LetterFacts[L]> } = {
  threat: fc.record({
    immediacy: orNull(fc.constantFrom(...immediacies)),
    actor: orNull(words),
    target: orNull(words),
  }),
  harm: fc.record({ kinds: fc.subarray([...harmKinds]), severity: orNull(fc.constantFrom(...severities)) }),
  risk: fc.record({ likelihood: orNull(fc.constantFrom(...likelihoods)), interimPlan: orNull(words) }),
  investigation: fc.record({
    opportunities: fc.subarray([...opportunities]),
    preservationGiven: orNull(fc.boolean()),
  }),
  vulnerability: fc.record({ markers: fc.subarray(['hate', 'stalking']), who: orNull(words) }),
  engagement: fc.record({ safeContact: orNull(words), expectationTold: orNull(fc.boolean()) }),
};

export const anyThrive: fc.Arbitrary<Thrive> = fc
  .tuple(
    ...letters.map((letter) =>
      fc
        .oneof(
          fc.constant(null),
          fc.constant({ kind: 'none' as const }),
          fc
            .tuple(words, anyFacts[letter] as fc.Arbitrary<object>)
            .map(([text, facts]) => ({ kind: 'found', text, facts })),
        )
        .map((answer) => [letter, answer] as const),
    ),
  )
  .map((entries) => ({ ...emptyThrive, ...(Object.fromEntries(entries) as Partial<Thrive>) }));

/** Any state of a contact that triage can look at. */
export const anyPicture: fc.Arbitrary<Picture> = fc.record({
  channel: fc.constantFrom(...channels),
  line: fc.constantFrom(...channelStates),
  callMarks: fc.subarray([...callMarks]),
  callType: fc.option(fc.constantFrom(...questionPolicy.callTypes.map(({ id }) => id)), { nil: null }),
  answers: anyAnswers,
  thrive: anyThrive,
  flags: fc.record({ vulnerable: fc.boolean(), repeat: fc.boolean(), lookFirst: fc.boolean() }),
  markers: fc.subarray(
    triagePolicy.markers.map(({ id }) => id),
    { maxLength: 3 },
  ),
  place: fc.constantFrom<Picture['place']>(
    { kind: 'unknown' },
    { kind: 'told', words: 'Mill Lane, Ware' },
    { kind: 'agreed', words: 'Mill Lane, Ware' },
  ),
});
