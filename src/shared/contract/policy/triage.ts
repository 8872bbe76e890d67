import { z } from 'zod';
import { grades, type Grade } from '../../domain/contact.ts';
import type { QuestionPolicy } from '../../domain/policy/questions.ts';
import type { TriagePolicy } from '../../domain/policy/triage.ts';
import { rights } from '../../domain/authorisation.ts';
import { mayAgreeBelowFloor } from '../../domain/record/floor-agreement.ts';
import { roles } from '../../domain/role.ts';
import { HOUR, MINUTE } from '../../domain/time.ts';
import type { Condition } from '../../domain/triage/condition.ts';
import { incidentSplits, methaneFields } from '../../domain/triage/major-incident.ts';
import { leastOfRationale, rationaleParts } from '../../domain/triage/rationale.ts';
import { reThriveKinds } from '../../domain/triage/re-thrive.ts';
import { rightCareSteps } from '../../domain/triage/right-care.ts';
import { conditionSchema, policyId, secondOf } from './condition.ts';
import { policyHeaderShape } from './header.ts';
import { complaintsAboutCondition } from './questions.ts';

/** `15m` or `48h`, as milliseconds. */
const span = z
  .string()
  .regex(/^[1-9]\d{0,2}[mh]$/, 'a time looks like 15m or 48h')
  .transform((text) => Number(text.slice(0, -1)) * (text.endsWith('h') ? HOUR : MINUTE));

/** Every key of a table, and no other. */
const tableOf = <K extends string, T extends z.ZodType>(
  keys: readonly K[],
  value: T,
): z.ZodObject<Record<K, T>, z.core.$strict> =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, value])) as Record<K, T>);

const gradeFacts = z
  .strictObject({
    name: z.string().min(3).max(40),
    when: z.string().min(5).max(240),
    attend: z.strictObject({ urban: span, rural: span }).nullable().default(null),
    followUp: span.nullable().default(null),
    warn: span,
    again: span,
  })
  .transform(({ name, when, attend, followUp, warn, again }) => ({
    name,
    when,
    attendMs: attend,
    followUpMs: followUp,
    warnMs: warn,
    againMs: again,
  }));

/** Whoever the table of rights lets be a second person. */
const agreeing = roles.filter((role) => rights.agree[role] === 'yes');

const sentence = z
  .string()
  .min(10)
  .max(200)
  .regex(/[.?!]$/, 'a sentence ends in a full stop');

const rule = z.strictObject({
  id: policyId,
  grade: z.enum(grades),
  when: conditionSchema,
  because: sentence,
});

/** The triage policy as a file gives it, with every reference inside the file checked. */
export const triagePolicySchema: z.ZodType<TriagePolicy> = z
  .strictObject({
    ...policyHeaderShape,
    grades: tableOf(grades, gradeFacts),
    markers: z.array(
      z.strictObject({
        id: policyId,
        name: z.string().min(3).max(60),
        listenFor: z.string().min(3).max(160),
      }),
    ),
    floors: z.array(rule).min(1),
    rules: z.array(rule).min(1),
    highRisk: conditionSchema,
    secondPerson: z.array(z.strictObject({ id: policyId, when: conditionSchema, because: sentence })).min(1),
    secondPersonRoles: z
      .array(
        z.enum(roles).refine((role) => rights.agree[role] === 'yes', {
          error: ({ input }) =>
            `names “${String(input)}”, who may not agree to a lower grade: ${agreeing.join(' or ')} may`,
        }),
      )
      .refine((named) => named.some(mayAgreeBelowFloor), {
        message: `names nobody who may agree below a floor: add ${roles.filter(mayAgreeBelowFloor).join(' or ')}`,
      }),
    reThrive: tableOf(reThriveKinds, sentence),
    rightCareWhen: conditionSchema,
    rightCare: tableOf(rightCareSteps, z.strictObject({ say: z.string().max(120), help: sentence })),
    rationale: z.strictObject({
      needs: z
        .array(z.enum(rationaleParts))
        .refine((needs) => leastOfRationale.every((part) => needs.includes(part)), {
          message: `asks for less than ${leastOfRationale.join(', ')}`,
        }),
      asks: tableOf(rationaleParts, z.string().min(5).max(120)),
    }),
    incidentSays: tableOf(incidentSplits, sentence),
    methane: tableOf(
      methaneFields,
      z.strictObject({ name: z.string().min(3).max(40), ask: z.string().min(5).max(120) }),
    ),
  })
  .superRefine((policy, context) => {
    for (const [path, message] of complaintsAbout(policy))
      context.addIssue({ code: 'custom', path, message });
  });

type Complaint = readonly [path: (string | number)[], message: string];

function* complaintsAbout(policy: TriagePolicy): Generator<Complaint> {
  const rules = [...policy.rules, ...policy.floors, ...policy.secondPerson].map(({ id }) => id);
  const second = secondOf(rules);
  if (second !== null) yield [placeOfRule(policy, second), `“${rules[second] ?? ''}” is there twice`];
  const twice = secondOf(policy.markers.map(({ id }) => id));
  if (twice !== null) yield [['markers', twice, 'id'], 'is there twice'];
  for (const grade of grades) {
    const { attendMs, followUpMs, warnMs } = policy.grades[grade];
    if ((attendMs === null) === (followUpMs === null))
      yield [['grades', grade], 'has not exactly one of attend and followUp'];
    const soonest = attendMs === null ? followUpMs : Math.min(attendMs.urban, attendMs.rural);
    if (soonest !== null && warnMs >= soonest) yield [['grades', grade, 'warn'], 'is not before the target'];
  }
  const lists = ['rules', 'floors', 'secondPerson'] as const;
  for (const list of lists) {
    for (const [n, { when }] of policy[list].entries()) yield* aboutMeaning([list, n, 'when'], when, policy);
  }
  yield* aboutMeaning(['highRisk'], policy.highRisk, policy);
  for (const [n, { grade, when }] of policy.rules.entries()) {
    // Nobody's silence may recommend a low grade (rule T-11).
    if (isLow(grade) && !needsAnswer(when))
      yield [['rules', n, 'when'], `recommends ${grade} without asking for any answer`];
  }
}

const isLow = (grade: Grade): boolean => grade !== 'G1' && grade !== 'G2';

/** Cannot hold before something was answered. */
function needsAnswer(condition: Condition): boolean {
  if (condition.kind === 'all') return condition.of.some(needsAnswer);
  if (condition.kind === 'any') return condition.of.every(needsAnswer);
  return condition.kind === 'answer' || condition.kind === 'number';
}

/** Unknown markers, and the place, which is no measure of risk. */
function* aboutMeaning(
  path: (string | number)[],
  condition: Condition,
  policy: TriagePolicy,
): Generator<Complaint> {
  if (condition.kind === 'all' || condition.kind === 'any') {
    for (const part of condition.of) yield* aboutMeaning(path, part, policy);
  } else if (condition.kind === 'marker') {
    const strange = condition.is.find((id) => !policy.markers.some((marker) => marker.id === id));
    if (strange !== undefined) yield [path, `asks for the marker “${strange}”, which is none of this file`];
  } else if (condition.kind === 'place') {
    yield [path, 'asks about the place: whether it is known says nothing about risk'];
  }
}

function placeOfRule(policy: TriagePolicy, index: number): (string | number)[] {
  const afterRules = index - policy.rules.length;
  if (afterRules < 0) return ['rules', index, 'id'];
  const afterFloors = afterRules - policy.floors.length;
  return afterFloors < 0 ? ['floors', afterRules, 'id'] : ['secondPerson', afterFloors, 'id'];
}

/**
 * What the triage policy asks of the question sets, and they do not have: for whoever loads the two together. Paths are in the triage file.
 */
export function mismatchesBetween(triage: TriagePolicy, questions: QuestionPolicy): Complaint[] {
  const lists = (['rules', 'floors', 'secondPerson'] as const).flatMap((list) =>
    triage[list].flatMap(({ when }, n) => [...complaintsAboutCondition([list, n, 'when'], when, questions)]),
  );
  const known = new Set(triage.markers.map(({ id }) => id));
  const markers = questions.questions.flatMap(({ id, proposes }) =>
    proposes
      .flatMap((proposal) => proposal.markers)
      .filter((marker) => !known.has(marker))
      .map((marker): Complaint => [['markers'], `lack “${marker}”, which the question “${id}” proposes`]),
  );
  return [...lists, ...complaintsAboutCondition(['highRisk'], triage.highRisk, questions), ...markers];
}
