import { pick, randomOf } from '../../lib/random.ts';
import { SECOND } from '../time.ts';
import type { Answer, Case, Consequence, Ending, Lines, Moment, Person } from './exercise.ts';
import { intentOfQuestion, treatmentOf, type IntentList } from './intents.ts';

/**
 * Somebody at the other end, as values: what was said to them and when, how they are, what they have told. The same person, seed and
 * words bring the same lines, byte for byte (rule TR-10). Times are milliseconds since the scenario's start.
 */
export interface CallerState {
  readonly seed: number;
  /** When a handler reached them; `null` until then: nobody speaks to a line that nobody has answered. */
  readonly reachedAt: number | null;
  /** When they were last spoken to, or reached. */
  readonly heardAt: number;
  readonly mood: number;
  readonly told: readonly string[];
  /** How often each answer was given, by its place. */
  readonly given: Readonly<Record<number, number>>;
  /** Moments that have been. */
  readonly been: readonly string[];
  /** How many lines there were: what is chosen next hangs on it. */
  readonly spoken: number;
  readonly silent: boolean;
  readonly gone: Exclude<Ending, 'goes-silent'> | 'ended' | null;
}

/** Something that the handler hears or reads. */
export interface CallerLine {
  /** When: people think before they speak, and take time to type. */
  readonly at: number;
  readonly text: string;
  readonly sound: string | null;
  readonly cue: string | null;
  readonly tells: readonly string[];
  /** How they are after it. */
  readonly mood: number;
  /** What it answers; `null` for what they say of themselves. */
  readonly answers: string | null;
}

export interface Turn {
  readonly state: CallerState;
  readonly lines: readonly CallerLine[];
}

/** What was said to them: its meanings, or none that they understood, and the words. */
export interface SaidToThem {
  readonly meanings: readonly string[];
  readonly words: string;
}

export function beginCaller(person: Person, { seed }: { readonly seed: number }): CallerState {
  return {
    seed,
    reachedAt: null,
    heardAt: 0,
    mood: person.mood,
    told: [],
    given: {},
    been: [],
    spoken: 0,
    silent: false,
    gone: null,
  };
}

/** A handler is on the line, or has opened the chat. */
export function reach(state: CallerState, at: number): CallerState {
  return state.reachedAt === null ? { ...state, reachedAt: at, heardAt: at } : state;
}

/** A handler has ended it: they hear nothing more. */
export const leave = (state: CallerState): CallerState =>
  state.gone === null ? { ...state, gone: 'ended' } : state;

/**
 * What somebody says to what they were told or asked. Whoever is gone, or has gone silent, says nothing; what they did not understand they
 * ask about, and never guess (rule TR-21). At most two things are answered at once: nobody takes in more.
 */
export function sayTo(
  person: Person,
  state: CallerState,
  said: SaidToThem,
  { at, list }: { readonly at: number; readonly list: IntentList },
): Turn {
  if (state.reachedAt === null || state.gone !== null) return { state, lines: [] };
  const treated = said.meanings.reduce((sum, id) => sum + (person.treated[id] ?? treatmentOf(list, id)), 0);
  const heard: CallerState = { ...state, heardAt: at, mood: moodOf(state.mood + treated) };
  if (heard.silent) return { state: heard, lines: [] };
  const found = answersTo(person, heard, said, list).slice(0, 2);
  if (found.length > 0) {
    return found.reduce<Turn>(
      (turn, place) => added(turn, answerAt(person, turn.state, place, { at: lastAt(turn, at), said })),
      { state: heard, lines: [] },
    );
  }
  // A treatment is felt, and needs no answer; advice and questions do.
  const isTreatment = said.meanings.some(
    (id) => treatmentOf(list, id) !== 0 || person.treated[id] !== undefined,
  );
  if (isTreatment || said.words.trim() === '') return { state: heard, lines: [] };
  const words = said.meanings.length === 0 ? person.unclear : person.unknown;
  return speak(person, heard, { ...nothing, says: words }, { at, answers: said.meanings[0] ?? null });
}

/** What they do by themselves up to a moment: cry out, hear a door, lose the line. */
export function letBe(person: Person, state: CallerState, until: number): Turn {
  let turn: Turn = { state, lines: [] };
  for (
    let due = dueMoment(person, state);
    due !== null && due.at <= until;
    due = dueMoment(person, turn.state)
  ) {
    const { moment, at } = due;
    const been: CallerState = { ...turn.state, been: [...turn.state.been, moment.id] };
    turn = added({ ...turn, state: been }, speak(person, been, moment, { at, answers: null }, 0));
  }
  return turn;
}

/** When they do something by themselves if nobody speaks to them; `null` when never. */
export const nextMoment = (person: Person, state: CallerState): number | null =>
  dueMoment(person, state)?.at ?? null;

function dueMoment(
  person: Person,
  state: CallerState,
): { readonly moment: Moment; readonly at: number } | null {
  const { reachedAt, heardAt, gone, been } = state;
  if (reachedAt === null || gone !== null) return null;
  const due = person.moments
    .filter(({ id, when }) => !been.includes(id) && isCase(when, state))
    .map((moment) => ({
      moment,
      at: Math.max(
        heardAt,
        reachedAt + (moment.after ?? 0),
        moment.silence === null ? 0 : heardAt + moment.silence,
      ),
    }));
  return due.reduce<(typeof due)[number] | null>(
    (first, one) => (first === null || one.at < first.at ? one : first),
    null,
  );
}

/** The places of the answers that fit, each meaning's first; keywords alone when no meaning fits. */
function answersTo(
  person: Person,
  state: CallerState,
  { meanings, words }: SaidToThem,
  list: IntentList,
): readonly number[] {
  const text = words.toLowerCase();
  const fits = ({ when, words: groups }: Answer): boolean =>
    isCase(when, state) && groups.every((group) => group.some((word) => text.includes(word.toLowerCase())));
  const places = meanings.flatMap((meaning) => {
    const placeOf = (name: string | null): number =>
      person.answers.findIndex((answer) => answer.to.some((to) => to === name) && fits(answer));
    // The very question before what it falls under.
    const exactly = placeOf(meaning);
    const place = exactly < 0 ? placeOf(intentOfQuestion(list, meaning)) : exactly;
    return place < 0 ? [] : [place];
  });
  if (places.length > 0) return [...new Set(places)];
  const byWords = person.answers.findIndex((answer) => answer.to.length === 0 && fits(answer));
  return byWords < 0 ? [] : [byWords];
}

function answerAt(
  person: Person,
  state: CallerState,
  place: number,
  { at, said }: { readonly at: number; readonly said: SaidToThem },
): Turn {
  const answer = person.answers[place];
  if (answer === undefined) return { state, lines: [] };
  const before = state.given[place] ?? 0;
  const counted: CallerState = { ...state, given: { ...state.given, [place]: before + 1 } };
  const says = before > 0 && answer.again.length > 0 ? answer.again : answer.says;
  // What was told is told, and frightens nobody twice.
  const once = before > 0 ? { ...answer, cue: null, mood: 0, says } : answer;
  return speak(person, counted, once, { at, answers: said.meanings[0] ?? answer.to[0] ?? null });
}

const nothing: Consequence = { says: [], sound: null, tells: [], cue: null, mood: 0, ends: null };

function speak(
  person: Person,
  state: CallerState,
  consequence: Consequence,
  { at, answers }: { readonly at: number; readonly answers: string | null },
  pause?: number,
): Turn {
  const { says, sound, tells, cue, ends } = consequence;
  const random = randomOf('caller', state.seed, person.contact, state.spoken);
  const text = says.length === 0 ? '' : filled(chosen(says, random), person.facts);
  const mood = moodOf(state.mood + consequence.mood);
  const next: CallerState = {
    ...state,
    mood,
    told: [...new Set([...state.told, ...tells])],
    spoken: state.spoken + 1,
    silent: state.silent || ends === 'goes-silent',
    gone: ends === null || ends === 'goes-silent' ? state.gone : ends,
  };
  if (text === '' && sound === null && cue === null) return { state: next, lines: [] };
  const wait = pause ?? pauseOf(person, text, random());
  return { state: next, lines: [{ at: at + wait, text, sound, cue, tells, mood, answers }] };
}

const chosen = (lines: Lines, random: () => number): string => pick(lines, random);

/** How long somebody takes: a breath before speaking, about five characters a second while typing. Milliseconds. */
function pauseOf({ speaks }: Person, text: string, share: number): number {
  const breath = 0.4 * SECOND + share * 0.8 * SECOND;
  const typing = speaks === 'writing' ? Math.min(25 * SECOND, 2 * SECOND + text.length * 200) : 0;
  return Math.round(breath + typing);
}

const filled = (text: string, facts: Person['facts']): string =>
  text.replace(/\{([^}]*)\}/g, (whole, name: string) => facts[name] ?? whole);

const moodOf = (mood: number): number => Math.min(10, Math.max(0, Math.round(mood * 10) / 10));

function isCase({ moodFrom, moodTo, told, untold }: Case, { mood, told: known }: CallerState): boolean {
  return (
    (moodFrom === null || mood >= moodFrom) &&
    (moodTo === null || mood <= moodTo) &&
    told.every((fact) => known.includes(fact)) &&
    !untold.some((fact) => known.includes(fact))
  );
}

const lastAt = ({ lines }: Turn, at: number): number => Math.max(at, lines.at(-1)?.at ?? 0);
const added = (turn: Turn, more: Turn): Turn => ({
  state: more.state,
  lines: [...turn.lines, ...more.lines],
});
