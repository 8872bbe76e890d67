import { describe, expect, it } from 'vitest';
import { deedOf, type Deed, type DeedKind } from './deed.ts';
import type { Person } from './exercise.ts';
import type { IntentList } from './intents.ts';
import { understandingOf } from './meaning.ts';
import { beginRun, hear, nextAt, passTime, recordingOf, type Playable } from './run.ts';
import type { TimedStep } from './timed-step.ts';

const list: IntentList = {
  version: 1,
  intents: [
    {
      id: 'where',
      covers: ['where'],
      treats: 0,
      words: [],
      phrases: ['where are you', 'what is your address'],
    },
  ],
};
const quiet = { says: [], sound: null, tells: [], cue: null, mood: 0, ends: null };
const always = { moodFrom: null, moodTo: null, told: [], untold: [] };
const person: Person = {
  contact: 'first',
  name: 'Somebody',
  speaks: 'voice',
  reachedBy: 'answer',
  facts: {},
  mood: 5,
  treated: {},
  answers: [{ ...quiet, to: ['where'], words: [], when: always, again: [], says: ['Mill Lane.'] }],
  moments: [
    {
      ...quiet,
      id: 'goes',
      when: always,
      after: 30_000,
      silence: null,
      says: ['He is here.'],
      ends: 'drops',
    },
  ],
  unclear: ['What?'],
  unknown: ['I do not know.'],
};
const timeline: readonly TimedStep[] = [
  { after: 0, contact: { channel: '999-voice', account: 'Help me, please.' } },
  { after: 5_000, only: 'demand', message: { text: 'for the day alone' } },
  { after: 10_000, location: {}, cue: 'placed' },
  { after: 60_000, only: 'training', contact: { name: 'second', channel: '101-voice', account: 'Me, too.' } },
  { after: 70_000, line: { of: 'first', state: 'ended' } },
];
const scenario: Playable<TimedStep> = {
  id: 'T01',
  timeline,
  exercise: {
    brief: 'A call.',
    people: [person],
    expected: [],
    mustNots: [],
    trap: { says: 'None.', loses: [] },
    pass: 70,
    mentor: [],
  },
};
const begin = (people: readonly Person[] = [person]) =>
  beginRun(
    { ...scenario, exercise: scenario.exercise === undefined ? undefined : { ...scenario.exercise, people } },
    { seed: 1, list, understanding: understandingOf(list) },
  );
const a = (kind: DeedKind, fields: Partial<Deed> = {}): Deed => ({
  kind,
  values: [],
  words: '',
  by: 'keys',
  ...fields,
});

describe('a scenario being played', () => {
  it('TR-01: brings what is for trainees, in order, and names when it goes on', () => {
    const run = begin();
    expect(nextAt(run)).toBe(0);
    const { told, run: later } = passTime(run, 65_000);
    expect(told.map(({ at, contact, kind }) => [at, contact, kind])).toEqual([
      [0, 'first', 'step'],
      [10_000, 'first', 'step'],
      [60_000, 'second', 'step'],
    ]);
    expect(nextAt(later)).toBe(70_000);
    expect(recordingOf(later).entries).toContainEqual(
      expect.objectContaining({ kind: 'step', cue: 'placed', at: 10_000 }),
    );
  });

  it('TR-13: somebody who drops the line says their last words first, and is gone', () => {
    const answered = hear(begin(), { contact: 'first', deed: a('claim'), at: 3_000 }).run;
    const { told } = passTime(answered, 40_000);
    expect(told.slice(-2)).toMatchObject([
      { at: 33_000, kind: 'line', line: { text: 'He is here.' } },
      { at: 33_000, kind: 'gone', how: 'drops' },
    ]);
  });

  it('TR-11: what is said is heard, what is chosen too, and the recording keeps what it meant', () => {
    const answered = hear(begin(), { contact: 'first', deed: a('claim'), at: 1_000 }).run;
    for (const deed of [a('say', { words: 'Where are you?' }), a('ask', { values: ['where'] })]) {
      const said = hear(answered, { contact: 'first', deed, at: 2_000 }).run;
      expect(recordingOf(said).entries.at(-1)).toMatchObject({ kind: 'deed', meanings: ['where'] });
      expect(passTime(said, 9_000).told).toMatchObject([{ kind: 'line', line: { text: 'Mill Lane.' } }]);
    }
  });

  it('TR-10: who must be rung is not reached by taking the contact, and who was left hears nothing', () => {
    const rung = { ...person, reachedBy: 'ring' as const };
    const claimed = hear(begin([rung]), { contact: 'first', deed: a('claim'), at: 1_000 }).run;
    const asked = (run: typeof claimed) =>
      passTime(hear(run, { contact: 'first', deed: a('ask', { values: ['where'] }), at: 3_000 }).run, 8_000)
        .told;
    expect(asked(claimed)).toEqual([]);
    const called = hear(claimed, { contact: 'first', deed: a('ring'), at: 2_000 }).run;
    expect(asked(called)).toHaveLength(1);
    expect(asked(hear(called, { contact: 'first', deed: a('hang-up'), at: 2_500 }).run)).toEqual([]);
  });
});

describe('an act as points see it', () => {
  it('TR-30: has its codes and its words', () => {
    expect(deedOf({ kind: 'grade', grade: 'G1', reason: 'danger now' })).toEqual({
      kind: 'grade',
      values: ['G1'],
      words: 'danger now',
      by: null,
    });
    expect(deedOf({ kind: 'claim' })).toMatchObject({ kind: 'claim', values: [], words: '' });
    expect(
      deedOf({ kind: 'crime', decision: { kind: 'recorded', offence: 'stalking', offenceClass: 'CR-STK' } })
        .values,
    ).toEqual(['recorded', 'CR-STK']);
  });
});
