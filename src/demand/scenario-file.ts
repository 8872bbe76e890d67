import { z } from 'zod';
import {
  channel,
  duration,
  flags,
  languageTag,
  lineState,
  lineTold,
  location,
  messageFrom,
  rowText,
  version,
  words,
} from './file-fields.ts';
import { isCallChannel } from './handed-contact.ts';
import { weekdays } from './london.ts';
import { readYaml, type FieldPath, type YamlContent } from '../platform/yaml-file.ts';

/** Which contact of the scenario an update is about; without it, the one that arrived last. */
const about = words.optional();

const contactSchema = z.strictObject({
  /** What other steps call it, when there are several. */
  name: words.optional(),
  channel,
  title: rowText,
  place: rowText.nullable(),
  language: languageTag.nullable().default(null),
  caller: z
    .strictObject({
      name: words.nullable().default(null),
      number: words.nullable().default(null),
      address: words.nullable().default(null),
    })
    .default({ name: null, number: null, address: null }),
  account: words,
  flags: flags.default({}),
  state: lineState.exclude(['left-by-exit']).nullable().default(null),
  /** The telephone's side, for those who ring: without it, what a number tells of its line. */
  call: z.strictObject({ ...lineTold, takenFor: words.optional() }).optional(),
});

const callEvents = [
  'ring',
  'queued',
  'operator',
  'answer',
  'hold',
  'resume',
  'transfer',
  'end',
  'drop',
  'particulars',
] as const;

const stepFields = {
  contact: contactSchema,
  location: z.strictObject({ of: about, ...location }),
  message: z.strictObject({
    of: about,
    text: words,
    language: languageTag.nullable().default(null),
    from: messageFrom.default('public'),
  }),
  line: z.strictObject({ of: about, state: lineState }),
  /** What the exchange tells of the call: what has happened to it, or only more of its line (`particulars`). */
  call: z
    .strictObject({
      of: about,
      event: z.enum(callEvents),
      state: z.enum(['on-line', 'left']).optional(),
      to: words.optional(),
      ...lineTold,
    })
    .refine(({ event, to }) => (event === 'transfer') === (to !== undefined), {
      path: ['to'],
      error: 'stands with a transfer, and only there',
    })
    .refine(({ event, state }) => event === 'operator' || state === undefined, {
      path: ['state'],
      error: 'stands with operator alone',
    }),
  /** Another scenario begins now: the same event as others see it. */
  start: z.string().regex(/^[A-Z]\d{2}$/, 'is not the id of a scenario such as E05'),
};
const kinds = ['contact', 'location', 'message', 'line', 'call', 'start'] as const;

/** One thing that happens: when, counted from the scenario's start, and exactly one of the kinds. */
const stepSchema = z
  .strictObject({ after: duration, ...z.strictObject(stepFields).partial().shape })
  .refine((step) => kinds.filter((kind) => step[kind] !== undefined).length === 1, {
    error: `must hold exactly one of: ${kinds.join(', ')}`,
  });

const wallTime = z.strictObject({
  weekday: z.enum(weekdays),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as "22:14"'),
});

const scenarioSchema = z.strictObject({
  version,
  id: z.string().regex(/^[A-Z]\d{2}$/, 'is not an id such as E01'),
  title: words,
  card: z.strictObject({
    town: words,
    /** When it happens; demand plays it every day at about this time. */
    when: wallTime,
    grade: words,
    opening: words,
    hard: z.boolean().default(false),
    /** What the card teaches, for those who read or teach it. */
    lesson: words,
  }),
  timeline: z.array(stepSchema).min(1, 'holds no step'),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = Scenario['timeline'][number];

/** The scenarios of a folder, by id, checked against each other. */
export type Scenarios = ReadonlyMap<string, Scenario>;

/**
 * Reads one scenario. Throws an `Error` with one sentence: file, line, column, field, reason, what to do.
 * The one parser of these files, for demand, tests and training.
 */
export function readScenario(file: string, text: string): YamlContent<Scenario> {
  const content = readYaml(file, text, scenarioSchema);
  const { id, timeline } = content.value;
  const expected = /([^/\\]+)\.ya?ml$/.exec(file)?.[1];
  if (expected !== undefined && expected !== id) {
    throw content.complain(
      ['id'],
      `is ${id}, but the file is called ${expected}`,
      'Make them the same and start again.',
    );
  }
  const named = new Map<string, boolean>();
  let lastIsCall: boolean | null = null;
  for (const [n, step] of timeline.entries()) {
    const at = ['timeline', n] as const;
    if (n > 0 && step.after < (timeline[n - 1]?.after ?? 0)) {
      throw content.complain(
        [...at, 'after'],
        'is earlier than the step before',
        'Put the steps in order and start again.',
      );
    }
    if (step.contact !== undefined) {
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
      continue;
    }
    checkAbout(content, at, { step, named, lastIsCall });
  }
  return content;
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
 * Throws an `Error` with one sentence about the first that is wrong.
 */
export function readScenarios(files: readonly { readonly file: string; readonly text: string }[]): Scenarios {
  const contents = files.map(({ file, text }) => readScenario(file, text));
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
