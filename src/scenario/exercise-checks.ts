import type { Scenario } from '../shared/contract/scenario/scenario.ts';
import { contactNames } from '../shared/domain/training/contact-names.ts';
import { intentOfQuestion, type IntentList } from '../shared/domain/training/intents.ts';
import type { Anchor, Case, Exercise, Person, Sign } from '../shared/domain/training/exercise.ts';
import type { FieldPath, YamlContent } from '../platform/yaml-file.ts';

type Content = YamlContent<Scenario>;
const correct = 'Correct it and start again.';

/** Everything that an exercise names is there. Throws an `Error` with one sentence about the first that is not. */
export function checkExercise(content: Content): void {
  const { exercise } = content.value;
  if (exercise === undefined) return;
  const contacts = contactsForTrainees(content.value);
  const known = (path: FieldPath, what: string, name: string, there: readonly string[]): void => {
    if (there.includes(name)) return;
    const listed = there.length === 0 ? 'none' : there.join(', ');
    throw content.complain(path, `names ${what} that is not there: ${name} (there is: ${listed})`, correct);
  };
  const cues = cuesOf(content.value, exercise);
  const expected = exercise.expected.map(({ id }) => id);
  const points = [...expected, ...exercise.mustNots.map(({ id }) => id)];
  once(content, 'expected', expected, []);
  once(
    content,
    'mustNots',
    exercise.mustNots.map(({ id }) => id),
    expected,
  );
  once(
    content,
    'people',
    exercise.people.map(({ contact }) => contact),
    [],
    'contact',
  );
  const anchored = (path: FieldPath, anchor: Anchor | null): void => {
    if (anchor?.kind === 'cue') known(path, 'a cue', anchor.cue, cues);
    if (anchor?.kind === 'done') known(path, 'an expected point', anchor.id, expected);
  };
  for (const [n, person] of exercise.people.entries()) {
    known(['exercise', 'people', n, 'contact'], 'a contact', person.contact, contacts);
    checkPerson(content, ['exercise', 'people', n], person);
  }
  for (const [n, point] of exercise.expected.entries()) {
    const at = ['exercise', 'expected', n];
    known([...at, 'contact'], 'a contact', point.contact, contacts);
    anchored([...at, 'from'], point.from);
    anchored([...at, 'before'], point.before);
    if (point.from.kind === 'done' && point.from.id === point.id)
      throw content.complain([...at, 'from'], 'waits for itself', correct);
  }
  for (const [n, point] of exercise.mustNots.entries()) {
    const at = ['exercise', 'mustNots', n];
    known([...at, 'contact'], 'a contact', point.contact, contacts);
    anchored([...at, 'from'], point.from);
    anchored([...at, 'until'], point.until);
  }
  for (const [n, id] of exercise.trap.loses.entries())
    known(['exercise', 'trap', 'loses', n], 'a point', id, points);
  if (exercise.expected.every((point) => point.points === 0))
    throw content.complain(['exercise', 'expected'], 'has no points to gain', correct);
}

const contactsForTrainees = ({ timeline }: Scenario): readonly string[] =>
  contactNames(timeline.flatMap(({ contact, only }) => (only === 'demand' ? [] : (contact ?? []))));

/** Every moment that something can be counted from. */
const cuesOf = ({ timeline }: Scenario, { people }: Exercise): readonly string[] =>
  [
    ...timeline.map(({ cue, only }) => (only === 'demand' ? null : cue)),
    ...people.flatMap(({ answers, moments }) => [...answers, ...moments].map(({ cue }) => cue)),
  ].filter((cue) => cue !== null && cue !== undefined);

function once(
  content: Content,
  field: string,
  names: readonly string[],
  before: readonly string[],
  key = 'id',
): void {
  for (const [n, id] of names.entries()) {
    if (!before.includes(id) && names.indexOf(id) === n) continue;
    throw content.complain(
      ['exercise', field, n, key],
      `is used twice: ${id}`,
      'Give each a name of its own.',
    );
  }
}

function checkPerson(content: Content, at: FieldPath, person: Person): void {
  const facts = Object.keys(person.facts);
  const fact = (path: FieldPath, name: string): void => {
    if (!facts.includes(name)) {
      throw content.complain(path, `names a fact that ${person.name} does not have: ${name}`, correct);
    }
  };
  const spoken = (path: FieldPath, said: readonly string[]): void => {
    for (const text of said) for (const [, name = ''] of text.matchAll(/\{([^}]*)\}/g)) fact(path, name);
  };
  const cased = (path: FieldPath, { told, untold }: Case): void => {
    for (const name of told) fact([...path, 'when', 'told'], name);
    for (const name of untold) fact([...path, 'when', 'untold'], name);
  };
  for (const field of ['answers', 'moments'] as const) {
    for (const [n, said] of person[field].entries()) {
      const path = [...at, field, n];
      spoken([...path, 'says'], said.says);
      for (const name of said.tells) fact([...path, 'tells'], name);
      cased(path, said.when);
    }
  }
  const ids = person.moments.map(({ id }) => id);
  const twice = ids.findIndex((id, n) => ids.indexOf(id) !== n);
  if (twice >= 0)
    throw content.complain([...at, 'moments', twice, 'id'], `is used twice: ${ids[twice] ?? ''}`, correct);
  for (const field of ['unclear', 'unknown'] as const) spoken([...at, field], person[field]);
}

/** Every meaning that an exercise names is one that callers understand. Throws an `Error` with one sentence about the first that is not. */
export function checkMeanings(content: Content, list: IntentList): void {
  const { exercise } = content.value;
  if (exercise === undefined) return;
  const intents = new Set(list.intents.map(({ id }) => id));
  const meaning = (path: FieldPath, name: string): void => {
    if (intents.has(name) || intentOfQuestion(list, name) !== null) return;
    const reason = `names an intent that nobody understands: ${name}`;
    throw content.complain(
      path,
      reason,
      'Name one of resources/training/intents.yaml, or a question of the policy.',
    );
  };
  for (const [n, { answers, treated }] of exercise.people.entries()) {
    for (const [m, { to }] of answers.entries())
      for (const name of to) meaning(['exercise', 'people', n, 'answers', m, 'to'], name);
    for (const name of Object.keys(treated)) meaning(['exercise', 'people', n, 'treated', name], name);
  }
  const signs = (
    field: 'expected' | 'mustNots',
    points: readonly { readonly by: readonly Sign[] }[],
  ): void => {
    for (const [n, { by }] of points.entries())
      for (const sign of by)
        if (sign.kind === 'asked')
          for (const name of sign.meanings) meaning(['exercise', field, n, 'by'], name);
  };
  signs('expected', exercise.expected);
  signs('mustNots', exercise.mustNots);
}
