import {
  beginCaller,
  leave,
  letBe,
  nextMoment,
  reach,
  sayTo,
  type CallerLine,
  type CallerState,
} from './caller.ts';
import { contactNames, FIRST } from './contact-names.ts';
import type { Deed } from './deed.ts';
import type { Exercise, Person } from './exercise.ts';
import { intentOfQuestion, type IntentList } from './intents.ts';
import type { Understanding } from './meaning.ts';
import type { Entry, Recording } from './recording.ts';
import type { PlacedStep, TimedStep } from './timed-step.ts';

/** What a scenario needs to be played for somebody who practises. */
export interface Playable<S extends TimedStep> {
  readonly id: string;
  readonly timeline: readonly S[];
  readonly exercise?: Exercise | undefined;
}

/** Something that reaches the trainee. `at`: since the scenario's start, in milliseconds. */
export type Told<S extends TimedStep> = { readonly at: number; readonly contact: string } & (
  | { readonly kind: 'step'; readonly step: S }
  /** Their words: a message where they write, else what is heard. */
  | { readonly kind: 'line'; readonly line: CallerLine; readonly speaks: Person['speaks'] }
  | { readonly kind: 'gone'; readonly how: 'hangs-up' | 'drops' | 'leaves-by-exit' }
);

export interface RunWith {
  readonly seed: number;
  readonly list: IntentList;
  readonly understanding: Understanding;
}

/** A scenario being played, as a value: its timeline, its people, and everything that has happened (rules TR-10 to TR-14). */
export interface Run<S extends TimedStep> {
  readonly scenario: Playable<S>;
  readonly with: RunWith;
  readonly now: number;
  /** What the timeline still holds for trainees, in order. */
  readonly ahead: readonly PlacedStep<S>[];
  readonly callers: Readonly<Record<string, CallerState>>;
  /** What people have begun to say and nobody has heard yet, in order of time. */
  readonly coming: readonly Told<S>[];
  readonly entries: readonly Entry[];
}

export interface Went<S extends TimedStep> {
  readonly run: Run<S>;
  readonly told: readonly Told<S>[];
}

export function beginRun<S extends TimedStep>(scenario: Playable<S>, runWith: RunWith): Run<S> {
  const people = scenario.exercise?.people ?? [];
  return {
    scenario,
    with: runWith,
    now: 0,
    ahead: placed(scenario.timeline),
    callers: Object.fromEntries(people.map((person) => [person.contact, beginCaller(person, runWith)])),
    coming: [],
    entries: [],
  };
}

/** The steps that are played for trainees, each with the contact that it is about. */
function placed<S extends TimedStep>(timeline: readonly S[]): readonly PlacedStep<S>[] {
  const steps = timeline.filter(({ only }) => only !== 'demand');
  const names = contactNames(steps.flatMap(({ contact }) => contact ?? []));
  let arrived = 0;
  return steps.map((step) => {
    if (step.contact !== undefined) arrived += 1;
    const of = (step.location ?? step.message ?? step.line ?? step.call)?.of;
    return { at: step.after, contact: of ?? names[Math.max(0, arrived - 1)] ?? FIRST, step };
  });
}

/** When something comes next by itself; `null` when nothing does. */
export function nextAt<S extends TimedStep>({ ahead, coming, callers, scenario }: Run<S>): number | null {
  const moments = (scenario.exercise?.people ?? []).map((person) => {
    const state = callers[person.contact];
    return state === undefined ? null : nextMoment(person, state);
  });
  const times = [ahead[0]?.at ?? null, coming[0]?.at ?? null, ...moments].filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** Time passes up to a moment, and everything comes that is due until then, in order. */
export function passTime<S extends TimedStep>(run: Run<S>, until: number): Went<S> {
  const told: Told<S>[] = [];
  let now = run;
  for (let at = nextAt(now); at !== null && at <= until; at = nextAt(now)) {
    const went = oneMore(now, Math.max(at, now.now));
    now = went.run;
    told.push(...went.told);
  }
  return { run: { ...now, now: Math.max(now.now, until) }, told };
}

/** The one thing that is due first: what was said before what the timeline brings, before what people begin by themselves. */
function oneMore<S extends TimedStep>(run: Run<S>, at: number): Went<S> {
  const [coming] = run.coming;
  if (coming !== undefined && coming.at <= at)
    return heard({ ...run, now: at, coming: run.coming.slice(1) }, coming);
  const [next] = run.ahead;
  if (next !== undefined && next.at <= at)
    return stepped({ ...run, now: at, ahead: run.ahead.slice(1) }, next);
  let now: Run<S> = { ...run, now: at };
  for (const person of run.scenario.exercise?.people ?? []) {
    const state = now.callers[person.contact];
    if (state !== undefined) now = spoke(now, person, letBe(person, state, at));
  }
  return { run: now, told: [] };
}

function heard<S extends TimedStep>(run: Run<S>, told: Told<S>): Went<S> {
  const { at, contact } = told;
  const entry: Entry | null =
    told.kind === 'line'
      ? { at, contact, kind: 'line', line: told.line }
      : told.kind === 'gone'
        ? { at, contact, kind: 'gone', how: told.how }
        : null;
  return { run: entry === null ? run : noted(run, entry), told: [told] };
}

function stepped<S extends TimedStep>(run: Run<S>, { at, contact, step }: PlacedStep<S>): Went<S> {
  const entry: Entry =
    step.contact !== undefined
      ? { at, contact, kind: 'arrived', words: step.contact.account }
      : { at, contact, kind: 'step', what: kindOf(step), cue: null, words: step.message?.text ?? '' };
  let next = noted(run, entry);
  if (step.cue !== undefined)
    next = noted(next, { at, contact, kind: 'step', what: 'cue', cue: step.cue, words: '' });
  if (endsLine(step)) next = withCaller(next, contact, leave);
  return { run: next, told: [{ at, contact, kind: 'step', step }] };
}

const kindOf = ({ location, message, line, call }: TimedStep): string =>
  location !== undefined
    ? 'location'
    : message !== undefined
      ? 'message'
      : line !== undefined
        ? `line ${line.state}`
        : call !== undefined
          ? `call ${call.event}`
          : 'start';

const endsLine = ({ line, call }: TimedStep): boolean =>
  line?.state === 'ended' ||
  line?.state === 'dropped' ||
  line?.state === 'left-by-exit' ||
  call?.event === 'end' ||
  call?.event === 'drop';

/** A deed of the trainee, at a moment; what is due until then comes first. */
export function hear<S extends TimedStep>(
  run: Run<S>,
  { contact, deed, at }: { readonly contact: string; readonly deed: Deed; readonly at: number },
): Went<S> {
  const went = passTime(run, at);
  const meanings = meaningsOf(deed, run.with);
  let next = noted(went.run, { at, contact, kind: 'deed', deed, meanings });
  const person = run.scenario.exercise?.people.find((each) => each.contact === contact);
  const state = next.callers[contact];
  if (person === undefined || state === undefined) return { run: next, told: went.told };
  switch (deed.kind) {
    case 'claim':
      if (person.reachedBy === 'answer') next = withCaller(next, contact, (caller) => reach(caller, at));
      break;
    case 'ring':
      if (person.reachedBy === 'ring') next = withCaller(next, contact, (caller) => reach(caller, at));
      break;
    case 'say':
    case 'ask':
    case 'reply':
      next = spoke(
        next,
        person,
        sayTo(
          person,
          state,
          { meanings: deed.kind === 'ask' ? deed.values : meanings, words: deed.words },
          { at, list: run.with.list },
        ),
      );
      break;
    case 'hang-up':
    case 'end-chat':
    case 'close':
      next = withCaller(next, contact, leave);
      break;
    default:
      break;
  }
  return { run: next, told: went.told };
}

/** A chosen prompt means its question and what that falls under; words mean what is read out of them. */
function meaningsOf({ kind, values, words }: Deed, { list, understanding }: RunWith): readonly string[] {
  if (kind === 'say' || kind === 'reply') return understanding.meanings(words);
  if (kind !== 'ask') return [];
  return [...new Set(values.flatMap((question) => [question, intentOfQuestion(list, question) ?? question]))];
}

export const recordingOf = <S extends TimedStep>({
  scenario,
  with: { seed },
  entries,
}: Run<S>): Recording => ({
  scenario: scenario.id,
  seed,
  entries,
});

const noted = <S extends TimedStep>(run: Run<S>, entry: Entry): Run<S> => ({
  ...run,
  entries: [...run.entries, entry],
});

function withCaller<S extends TimedStep>(
  run: Run<S>,
  contact: string,
  change: (state: CallerState) => CallerState,
): Run<S> {
  const state = run.callers[contact];
  return state === undefined ? run : { ...run, callers: { ...run.callers, [contact]: change(state) } };
}

/** What they say comes when they have said it; that they are gone, after their last word. */
function spoke<S extends TimedStep>(
  run: Run<S>,
  person: Person,
  { state, lines }: { readonly state: CallerState; readonly lines: readonly CallerLine[] },
): Run<S> {
  const { contact, speaks } = person;
  const wasGone = run.callers[contact]?.gone ?? null;
  const said = lines.map((line): Told<S> => ({ at: line.at, contact, kind: 'line', line, speaks }));
  const { gone } = state;
  const left: readonly Told<S>[] =
    wasGone === null && gone !== null && gone !== 'ended'
      ? [{ at: lines.at(-1)?.at ?? run.now, contact, kind: 'gone', how: gone }]
      : [];
  const coming = [...run.coming, ...said, ...left]
    .map((told, n) => ({ told, n }))
    .sort((a, b) => a.told.at - b.told.at || a.n - b.n)
    .map(({ told }) => told);
  return { ...run, coming, callers: { ...run.callers, [contact]: state } };
}
