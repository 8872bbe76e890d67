import { describe, expect, it } from 'vitest';
import { beginCaller, letBe, nextMoment, reach, sayTo, type CallerState } from './caller.ts';
import type { Answer, Moment, Person } from './exercise.ts';
import type { IntentList } from './intents.ts';

const always = { moodFrom: null, moodTo: null, told: [], untold: [] };
const quiet = { says: [], sound: null, tells: [], cue: null, mood: 0, ends: null };
const answer = (fields: Partial<Answer>): Answer => ({
  ...quiet,
  to: [],
  words: [],
  when: always,
  again: [],
  ...fields,
});
const moment = (fields: Partial<Moment> & { id: string }): Moment => ({
  ...quiet,
  when: always,
  after: null,
  silence: null,
  ...fields,
});
const aPerson = (fields: Partial<Person>): Person => ({
  contact: 'first',
  name: 'Somebody',
  speaks: 'voice',
  reachedBy: 'answer',
  facts: { address: 'Two, Mill Lane' },
  mood: 5,
  treated: {},
  answers: [],
  moments: [],
  unclear: ['Sorry?'],
  unknown: ['I do not know.'],
  ...fields,
});
const intent = (id: string, treats = 0, covers: readonly string[] = []) => ({
  id,
  covers,
  treats,
  words: [],
  phrases: [id],
});
const list: IntentList = {
  version: 1,
  intents: [intent('where'), intent('hurt', 0, ['hurt-badly']), intent('brush-off', -2), intent('calm', 1)],
};
const reached = (person: Person): CallerState => reach(beginCaller(person, { seed: 1 }), 1_000);
const say = (person: Person, state: CallerState, meanings: readonly string[], words = 'words') =>
  sayTo(person, state, { meanings, words }, { at: 2_000, list });

describe('somebody at the other end', () => {
  const person = aPerson({
    answers: [
      answer({
        to: ['where'],
        says: ['{address}.'],
        again: ['As I said.'],
        tells: ['address'],
        cue: 'placed',
        mood: 1,
      }),
      answer({ to: ['hurt-badly'], says: ['It is deep.'] }),
      answer({ to: ['hurt'], says: ['My arm.'] }),
      answer({ words: [['dog', 'barking']], says: ['He is shut in.'] }),
    ],
  });

  it('TR-10: answers what was asked, with what is true of them, and tells it', () => {
    const { state, lines } = say(person, reached(person), ['where']);
    expect(lines).toMatchObject([
      { text: 'Two, Mill Lane.', cue: 'placed', tells: ['address'], answers: 'where' },
    ]);
    expect(lines[0]?.at).toBeGreaterThan(2_000);
    expect(state).toMatchObject({ told: ['address'], mood: 6 });
  });

  it('TR-10: asked again, says so, and nothing counts twice', () => {
    const first = say(person, reached(person), ['where']);
    const { state, lines } = say(person, first.state, ['where']);
    expect(lines).toMatchObject([{ text: 'As I said.', cue: null }]);
    expect(state.mood).toBe(6);
  });

  it('TR-11: a chosen question is answered as itself, else as what it falls under', () => {
    expect(say(person, reached(person), ['hurt-badly']).lines[0]?.text).toBe('It is deep.');
    const plain = aPerson({ answers: [answer({ to: ['hurt'], says: ['My arm.'] })] });
    expect(say(plain, reached(plain), ['hurt-badly']).lines[0]?.text).toBe('My arm.');
  });

  it('TR-11: words alone decide where no meaning does', () => {
    expect(say(person, reached(person), [], 'Is that a dog barking?').lines[0]?.text).toBe('He is shut in.');
  });

  it('TR-21: what was not understood is asked about, what they cannot answer they say', () => {
    expect(say(person, reached(person), []).lines[0]?.text).toBe('Sorry?');
    const mute = aPerson({});
    expect(say(mute, reached(mute), ['where']).lines[0]?.text).toBe('I do not know.');
  });

  it('TR-12: is calmer or worse by how they are treated, and as they are themselves', () => {
    expect(say(person, reached(person), ['calm']).state.mood).toBe(6);
    expect(say(person, reached(person), ['brush-off']).state.mood).toBe(3);
    const proud = aPerson({ treated: { 'brush-off': -5 } });
    expect(say(proud, reached(proud), ['brush-off']).state.mood).toBe(0);
  });

  it('TR-10: says nothing before they are reached, and nothing when they are gone or silent', () => {
    expect(say(person, beginCaller(person, { seed: 1 }), ['where']).lines).toEqual([]);
    expect(say(person, { ...reached(person), gone: 'drops' }, ['where']).lines).toEqual([]);
    expect(say(person, { ...reached(person), silent: true }, ['where']).lines).toEqual([]);
  });

  it('TR-10: the same seed brings the same lines', () => {
    const many = aPerson({ unclear: ['A', 'B', 'C', 'D', 'E'] });
    const lines = (seed: number) => {
      let state = reach(beginCaller(many, { seed }), 0);
      return Array.from({ length: 8 }, () => {
        const turn = say(many, state, []);
        state = turn.state;
        return turn.lines;
      });
    };
    expect(lines(3)).toEqual(lines(3));
    expect(lines(3)).not.toEqual(lines(4));
  });
});

describe('what somebody does by themselves', () => {
  const person = aPerson({
    moments: [
      moment({ id: 'cries', after: 10_000, says: ['He is back!'], cue: 'back', tells: ['address'] }),
      moment({ id: 'asks', silence: 30_000, says: ['Are you there?'] }),
      moment({ id: 'leaves', when: { ...always, moodTo: 1 }, says: ['Forget it.'], ends: 'hangs-up' }),
      moment({ id: 'after', when: { ...always, told: ['address'] }, after: 15_000, sound: 'A door.' }),
    ],
  });

  it('TR-13: comes at its time, in order, once, counted from when they were reached', () => {
    const { state, lines } = letBe(person, reached(person), 60_000);
    expect(lines.map(({ at, text, sound }) => [at, text || sound])).toEqual([
      [11_000, 'He is back!'],
      [16_000, 'A door.'],
      [31_000, 'Are you there?'],
    ]);
    expect(letBe(person, state, 90_000).lines).toEqual([]);
    expect(nextMoment(person, state)).toBeNull();
  });

  it('TR-13: silence is counted from when they were last spoken to', () => {
    const { state } = say(person, reached(person), ['calm']);
    expect(nextMoment(person, { ...state, been: ['cries', 'after'] })).toBe(32_000);
  });

  it('TR-12: whoever is treated badly enough hangs up, and nobody hears them again', () => {
    const { state } = say(person, reached(person), ['brush-off', 'brush-off']);
    const left = letBe(person, state, 3_000);
    expect(left.lines.map(({ text }) => text)).toEqual(['Forget it.']);
    expect(left.state.gone).toBe('hangs-up');
  });
});
