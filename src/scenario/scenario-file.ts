import { isCallChannel } from '../shared/domain/channel.ts';
import { audiences, type Audience } from '../shared/contract/scenario/timeline.ts';
import { scenarioSchema, type Scenario, type ScenarioStep } from '../shared/contract/scenario/scenario.ts';
import { readYaml, type FieldPath, type YamlContent } from '../platform/yaml-file.ts';
import { checkExercise } from './exercise-checks.ts';

/** The scenarios of a folder, by id, checked against each other. */
export type Scenarios = ReadonlyMap<string, Scenario>;

/**
 * Reads one scenario. Throws an `Error` with one sentence: file, line, column, field, reason, what to do.
 * The one parser of these files, for demand, tests and training.
 */
export function readScenario(file: string, text: string): YamlContent<Scenario> {
  const content = readYaml<Scenario>(file, text, scenarioSchema);
  const { id, timeline } = content.value;
  const expected = /([^/\\]+)\.ya?ml$/.exec(file)?.[1];
  if (expected !== undefined && expected !== id) {
    throw content.complain(
      ['id'],
      `is ${id}, but the file is called ${expected}`,
      'Make them the same and start again.',
    );
  }
  checkVersion(content);
  for (const [n, step] of timeline.entries()) {
    if (n > 0 && step.after < (timeline[n - 1]?.after ?? 0)) {
      throw content.complain(
        ['timeline', n, 'after'],
        'is earlier than the step before',
        'Put the steps in order and start again.',
      );
    }
  }
  for (const audience of audiences) checkTimeline(content, audience);
  checkExercise(content);
  return content;
}

/** What only version 2 has makes a file one of version 2, and the other way round. */
function checkVersion(content: YamlContent<Scenario>): void {
  const { version, exercise, timeline } = content.value;
  if (version === 2 && exercise === undefined) {
    throw content.complain(
      ['exercise'],
      'is missing, and version 2 has one',
      'Write it, or make it version 1.',
    );
  }
  if (version === 2) return;
  if (exercise !== undefined) {
    throw content.complain(
      ['exercise'],
      'stands only in files of version 2',
      'Make it version 2, or take it out.',
    );
  }
  for (const [n, step] of timeline.entries()) {
    for (const field of ['only', 'cue'] as const) {
      if (step[field] === undefined) continue;
      const reason = 'stands only in files of version 2';
      throw content.complain(['timeline', n, field], reason, 'Make it version 2, or take it out.');
    }
  }
}

/** The timeline as those see it for whom it is played: a step must not be about a contact that is not played for them. */
function checkTimeline(content: YamlContent<Scenario>, audience: Audience): void {
  const named = new Map<string, boolean>();
  let lastIsCall: boolean | null = null;
  for (const [n, step] of content.value.timeline.entries()) {
    if (step.only !== undefined && step.only !== audience) continue;
    const at = ['timeline', n] as const;
    if (step.contact === undefined) {
      checkAbout(content, at, { step, named, lastIsCall });
      continue;
    }
    const { name } = step.contact;
    if (name !== undefined && named.has(name)) {
      throw content.complain(
        [...at, 'contact', 'name'],
        'is used twice',
        'Give each contact a name of its own.',
      );
    }
    lastIsCall = isCallChannel(step.contact.channel);
    if (step.contact.call !== undefined && !lastIsCall) {
      const reason = `stands with ${step.contact.channel}, by which nobody rings`;
      throw content.complain([...at, 'contact', 'call'], reason, 'Take it out, or correct the channel.');
    }
    if (name !== undefined) named.set(name, lastIsCall);
  }
}

function checkAbout(
  content: YamlContent<Scenario>,
  at: FieldPath,
  {
    step,
    named,
    lastIsCall,
  }: {
    readonly step: ScenarioStep;
    /** Of each name, whether it is of a call. */
    readonly named: ReadonlyMap<string, boolean>;
    /** Of the contact that arrived last; `null` before the first. */
    readonly lastIsCall: boolean | null;
  },
): void {
  for (const kind of ['location', 'message', 'line', 'call'] as const) {
    const update = step[kind];
    if (update === undefined) continue;
    if (lastIsCall === null) {
      throw content.complain(
        [...at, kind],
        'comes before any contact',
        'Let a contact arrive first and start again.',
      );
    }
    if (update.of !== undefined && !named.has(update.of)) {
      const reason = `names a contact that has not arrived: ${update.of}`;
      throw content.complain([...at, kind, 'of'], reason, 'Name an earlier contact and start again.');
    }
    const isCall = update.of === undefined ? lastIsCall : named.get(update.of);
    if (kind === 'call' && isCall !== true) {
      const reason = 'is about a contact that did not ring';
      throw content.complain([...at, kind], reason, 'Name a call, or correct the channel.');
    }
  }
}

/**
 * Reads the scenarios of a folder together: each id once, and what a scenario starts is there and starts nothing itself.
 * `check` may ask more of each, and throw. Throws an `Error` with one sentence about the first that is wrong.
 */
export function readScenarios(
  files: readonly { readonly file: string; readonly text: string }[],
  check: (content: YamlContent<Scenario>) => void = () => {},
): Scenarios {
  const contents = files.map(({ file, text }) => readScenario(file, text));
  for (const content of contents) check(content);
  const byId = new Map(contents.map(({ value }) => [value.id, value]));
  for (const content of contents) {
    const { id, timeline } = content.value;
    const first = contents.find(({ value }) => value.id === id);
    if (first !== content) {
      throw content.complain(
        ['id'],
        `is ${id}, as in ${first?.file}`,
        'Give each scenario an id of its own.',
      );
    }
    for (const [n, { start }] of timeline.entries()) {
      if (start === undefined) continue;
      const started = byId.get(start);
      const path = ['timeline', n, 'start'];
      if (started === undefined) {
        throw content.complain(path, `names ${start}, which is not there`, 'Name a scenario of this folder.');
      }
      if (started.timeline.some((step) => step.start !== undefined)) {
        const reason = `names ${start}, which starts others itself`;
        throw content.complain(path, reason, 'Start them from here instead.');
      }
    }
  }
  return byId;
}

/** Scenarios that begin by themselves, not as a part of another. */
export function rootsOf(scenarios: Scenarios): readonly Scenario[] {
  const all = [...scenarios.values()];
  const started = new Set(all.flatMap(({ timeline }) => timeline.flatMap(({ start }) => start ?? [])));
  return all.filter(({ id }) => !started.has(id));
}
