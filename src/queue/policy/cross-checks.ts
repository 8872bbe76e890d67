import { complaintsAboutCondition } from '../../shared/contract/policy/questions.ts';
import type { QuestionPolicy } from '../../shared/domain/policy/questions.ts';
import type { TriagePolicy } from '../../shared/domain/policy/triage.ts';
import type { Condition } from '../../shared/domain/triage/condition.ts';
import type { PolicyContents } from './load-policy.ts';

/** What is wrong with a field, and where it stands in its file. */
type Misfit = readonly [path: (string | number)[], reason: string];

/**
 * Where one policy names what another does not have (rule Y-03): a sentence each, with file and line. A rule about a marker
 * that nobody can have would never hold, and nobody would notice.
 */
export function crossFaults(contents: PolicyContents): readonly Error[] {
  const { triage, questions, places, categories } = contents;
  const [kinds, heard, councils] = [
    contents.markers.value.kinds,
    triage.value.markers,
    contents.directory.value.districts,
  ].map((list) => new Set<string>(list.map(({ id }) => id)));
  if (kinds === undefined || heard === undefined || councils === undefined) return [];
  const about = (file: PolicyContents[keyof PolicyContents], misfits: Iterable<Misfit>): Error[] =>
    [...misfits].map(([path, reason]) =>
      file.complain(path, reason, 'Correct it, or add what is missing to the other file, and start again.'),
    );
  const listed = triage.value.markers.entries();
  const strangeMarkers: Misfit[] = [...listed]
    .filter(([, { id }]) => !kinds.has(id))
    .map(([n, { id }]) => [['markers', n, 'id'], `“${id}” is no marker of markers.yaml`]);
  const strangeDistricts: Misfit[] = [...places.value.districts.entries()]
    .filter(([, { id }]) => !councils.has(id))
    .map(([n, { id }]) => [['districts', n, 'id'], `“${id}” is no district of directory.yaml`]);
  const callTypes = new Set(questions.value.callTypes.map(({ id }) => id));
  const strangeCallTypes: Misfit[] = [...categories.value.callTypes.entries()]
    .filter(([, { id }]) => !callTypes.has(id))
    .map(([n, { id }]) => [['callTypes', n, 'id'], `“${id}” is no call type of questions.yaml`]);
  return [
    ...about(triage, strangeMarkers),
    ...about(triage, aboutConditions(triage.value, questions.value)),
    ...about(questions, aboutMarkers(questions.value, heard)),
    ...about(places, strangeDistricts),
    ...about(categories, strangeCallTypes),
  ];
}

/** Rules of triage that ask for a question, an answer or a call type that there is not. */
function* aboutConditions(triage: TriagePolicy, questions: QuestionPolicy): Generator<Misfit> {
  for (const list of ['rules', 'floors', 'secondPerson'] as const)
    for (const [n, { when }] of triage[list].entries())
      yield* complaintsAboutCondition([list, n, 'when'], when, questions);
  yield* complaintsAboutCondition(['highRisk'], triage.highRisk, questions);
}

/** Questions that propose or ask for a marker of which triage does not know. */
function* aboutMarkers(
  { questions, situations, quietWhen }: QuestionPolicy,
  known: ReadonlySet<string>,
): Generator<Misfit> {
  const strangeIn = function* (path: (string | number)[], when: Condition | null): Generator<Misfit> {
    for (const id of when === null ? [] : markersIn(when))
      if (!known.has(id)) yield [path, `asks for the marker “${id}”, which is none of triage.yaml`];
  };
  for (const [n, { when }] of situations.entries()) yield* strangeIn(['situations', n, 'when'], when);
  yield* strangeIn(['quietWhen'], quietWhen);
  for (const [n, { proposes, variants, onlyWhen, forward }] of questions.entries()) {
    for (const [k, { markers }] of proposes.entries())
      for (const [m, id] of markers.entries())
        if (!known.has(id))
          yield [['questions', n, 'proposes', k, 'markers', m], `“${id}” is no marker of triage.yaml`];
    for (const [k, { when }] of variants.entries())
      yield* strangeIn(['questions', n, 'variants', k, 'when'], when);
    yield* strangeIn(['questions', n, 'onlyWhen'], onlyWhen);
    if (forward !== null) yield* strangeIn(['questions', n, 'forward', 'when'], forward.when);
  }
}

function markersIn(condition: Condition): readonly string[] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(markersIn);
  return condition.kind === 'marker' ? condition.is : [];
}
