import { z } from 'zod';
import { answerKinds, type Question, type QuestionPolicy } from '../../domain/policy/questions.ts';
import { questionsIn, WHERE, type Condition } from '../../domain/triage/condition.ts';
import { harmKinds, immediacies, letters, likelihoods, opportunities } from '../../domain/triage/thrive.ts';
import { conditionSchema, policyId, secondOf } from './condition.ts';
import { policyHeaderShape } from './header.ts';

/** Longest question: one breath, for somebody who is afraid. Characters. */
const SAY_LIMIT = 90;

const say = z.string().min(3).max(SAY_LIMIT);

const proposal = z.strictObject({
  for: z.array(z.string()).min(1),
  letter: z.enum(letters),
  words: z.string().min(2).max(80).nullable().default(null),
  immediacy: z.enum(immediacies).nullable().default(null),
  severity: z.literal([0, 1, 2, 3]).nullable().default(null),
  likelihood: z.enum(likelihoods).nullable().default(null),
  harm: z.array(z.enum(harmKinds)).default([]),
  secure: z.array(z.enum(opportunities)).default([]),
  markers: z.array(policyId).default([]),
  preservationGiven: z.boolean().nullable().default(null),
  expectationTold: z.boolean().nullable().default(null),
});

const question = z.strictObject({
  id: policyId,
  say,
  label: z.string().min(2).max(32),
  because: z.string().min(5).max(120),
  answer: z.enum(answerKinds),
  choices: z
    .array(z.strictObject({ id: policyId, word: z.string().min(1).max(40) }))
    .max(9)
    .default([]),
  askOf: z.enum(['caller', 'desk']).default('caller'),
  quietly: say.nullable().default(null),
  variants: z.array(z.strictObject({ when: conditionSchema, say })).default([]),
  onlyWhen: conditionSchema.nullable().default(null),
  forward: z
    .strictObject({ when: conditionSchema, because: z.string().min(5).max(120) })
    .nullable()
    .default(null),
  danger: z.array(z.string()).default([]),
  proposes: z.array(proposal).default([]),
});

const ids = z.array(policyId);

/** The question sets as a file gives them, with every reference inside the file checked. */
export const questionPolicySchema: z.ZodType<QuestionPolicy> = z
  .strictObject({
    ...policyHeaderShape,
    universal: ids.min(1),
    situations: z
      .array(z.strictObject({ id: policyId, when: conditionSchema, asks: ids.min(1) }))
      .default([]),
    quietWhen: conditionSchema,
    callTypes: z
      .array(
        z.strictObject({
          id: policyId,
          name: z.string().min(2).max(40),
          words: z.array(z.string().min(2)).min(1),
          asks: ids.min(1),
          beforeLow: ids.min(1),
        }),
      )
      .min(1),
    questions: z.array(question).min(1),
  })
  .superRefine((policy, context) => {
    for (const [path, message] of complaintsAbout(policy))
      context.addIssue({ code: 'custom', path, message });
  });

type Complaint = readonly [path: (string | number)[], message: string];

function* complaintsAbout(policy: QuestionPolicy): Generator<Complaint> {
  const known = new Map(policy.questions.map((one) => [one.id, one]));
  if (known.get(WHERE)?.answer !== 'place')
    yield [['questions'], `hold no question “${WHERE}” that is answered by a place`];
  for (const list of ['questions', 'callTypes', 'situations'] as const) {
    const second = secondOf(policy[list].map(({ id }) => id));
    if (second !== null) yield [[list, second, 'id'], 'is there twice'];
  }
  const strangers = function* (path: (string | number)[], names: readonly string[]): Generator<Complaint> {
    for (const [n, id] of names.entries())
      if (!known.has(id)) yield [[...path, n], `“${id}” is no question of this file`];
  };
  yield* strangers(['universal'], policy.universal);
  for (const [n, { asks, when }] of policy.situations.entries()) {
    yield* strangers(['situations', n, 'asks'], asks);
    yield* complaintsAboutCondition(['situations', n, 'when'], when, policy);
  }
  for (const [n, { asks, beforeLow }] of policy.callTypes.entries()) {
    yield* strangers(['callTypes', n, 'asks'], asks);
    const asked = new Set([...asks, ...policy.universal]);
    for (const [k, id] of beforeLow.entries())
      if (!asked.has(id)) yield [['callTypes', n, 'beforeLow', k], `“${id}” is not asked for this call type`];
  }
  yield* complaintsAboutCondition(['quietWhen'], policy.quietWhen, policy);
  for (const [n, one] of policy.questions.entries()) yield* complaintsAboutQuestion(n, one, policy);
}

function* complaintsAboutQuestion(n: number, one: Question, policy: QuestionPolicy): Generator<Complaint> {
  const path = ['questions', n];
  const hasChoices = one.answer === 'choice' || one.answer === 'choices';
  if (hasChoices === (one.choices.length === 0))
    yield [[...path, 'choices'], hasChoices ? 'is missing' : 'does not belong to such an answer'];
  const second = secondOf(one.choices.map(({ id }) => id));
  if (second !== null) yield [[...path, 'choices', second, 'id'], 'is there twice'];
  if (one.quietly !== null && one.answer !== 'yes-no')
    yield [[...path, 'quietly'], 'can only be answered by a tap when the answer is yes or no'];
  const tokens = tokensFor(one);
  for (const [k, token] of one.danger.entries())
    if (!tokens.includes(token)) yield [[...path, 'danger', k], `“${token}” is no answer to this question`];
  for (const [k, made] of one.proposes.entries()) {
    for (const [m, token] of made.for.entries())
      if (!tokens.includes(token))
        yield [[...path, 'proposes', k, 'for', m], `“${token}” is no answer to this question`];
  }
  if (one.onlyWhen !== null) yield* complaintsAboutCondition([...path, 'onlyWhen'], one.onlyWhen, policy);
  if (one.forward !== null)
    yield* complaintsAboutCondition([...path, 'forward', 'when'], one.forward.when, policy);
}

/** Every answer that a condition could ask this question for. */
function tokensFor({ answer, choices }: Question): readonly string[] {
  switch (answer) {
    case 'yes-no':
      return ['yes', 'no', 'not-known'];
    case 'choice':
    case 'choices':
      return [...choices.map(({ id }) => id), 'not-known'];
    case 'text':
    case 'number':
    case 'time':
    case 'place':
      return ['said', 'not-known'];
  }
}

/** What a condition, in this file or another, says about questions, answers or call types that are not there. */
export function* complaintsAboutCondition(
  path: (string | number)[],
  condition: Condition,
  policy: QuestionPolicy,
): Generator<Complaint> {
  for (const id of questionsIn(condition)) {
    const one = policy.questions.find((candidate) => candidate.id === id);
    if (one === undefined) yield [path, `asks about “${id}”, which is no question`];
    else yield* complaintsAboutTokens(path, condition, one);
  }
  yield* complaintsAboutTypes(path, condition, policy);
}

function* complaintsAboutTokens(
  path: (string | number)[],
  condition: Condition,
  one: Question,
): Generator<Complaint> {
  if (condition.kind === 'all' || condition.kind === 'any') {
    for (const part of condition.of) yield* complaintsAboutTokens(path, part, one);
  } else if (condition.kind === 'answer' && condition.question === one.id) {
    const strange = condition.is.find((token) => !tokensFor(one).includes(token));
    if (strange !== undefined)
      yield [path, `asks whether “${one.id}” is “${strange}”, which is no answer to it`];
  } else if (condition.kind === 'number' && condition.question === one.id && one.answer !== 'number') {
    yield [path, `asks for a number, and “${one.id}” is not answered by one`];
  }
}

function* complaintsAboutTypes(
  path: (string | number)[],
  condition: Condition,
  policy: QuestionPolicy,
): Generator<Complaint> {
  if (condition.kind === 'all' || condition.kind === 'any') {
    for (const part of condition.of) yield* complaintsAboutTypes(path, part, policy);
  } else if (condition.kind === 'call-type') {
    const strange = condition.is.find((id) => !policy.callTypes.some((type) => type.id === id));
    if (strange !== undefined) yield [path, `asks for the call type “${strange}”, which is none`];
  }
}
