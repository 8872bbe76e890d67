import { HOUR, MINUTE } from '../shared/domain/time.ts';
import { createDay, type Everydays } from './everyday-steps.ts';
import type { Everyday } from './everyday-file.ts';
import { streams, type Stream } from './handed-contact.ts';
import { dateAfter, instantOfMinute, wallTimeOf } from './london.ts';
import { perHourAt, type Profile } from './profile-file.ts';
import { between, nextGapMs, randomOf } from '../shared/lib/random.ts';
import { rootsOf, type Scenarios } from '../scenario/scenario-file.ts';
import type { Scenario } from '../shared/contract/scenario/scenario.ts';
import { contactsByStream, scenarioSteps } from './scenario-steps.ts';
import type { Step } from './step.ts';

/** All that a plan depends on. The same again brings the same plan, byte for byte. */
export interface PlanInput {
  readonly seed: number;
  /** Where in Hertfordshire's day it begins. Milliseconds. */
  readonly start: number;
  readonly profile: Profile;
  readonly everyday: Everyday;
  readonly scenarios: Scenarios;
}

/** How far from its time of day a card may be played, so that days are not alike. */
const CARD_JITTER_MS = 40 * MINUTE;

/**
 * Hertfordshire's day without end, in order of time, made as it is asked for. What arrives in an hour hangs on the seed
 * and that hour, not on where the plan began; only who comes again, and what others report too, looks back.
 */
export function* planOf(input: PlanInput): Generator<Step, never> {
  const { start } = input;
  const day = createDay(input);
  const byCards = contactsByStream(input.scenarios);
  const later: Step[] = [];
  for (let hour = Math.floor(start / HOUR) * HOUR; ; hour += HOUR) {
    for (const opening of openingsOf(input, byCards, hour)) {
      if (opening.at < start) continue;
      // What was due before it comes first: who comes again looks back on it.
      yield* due(later, opening.at);
      for (const step of opening.happens(day)) keep(later, step);
      yield* due(later, opening.at);
    }
    yield* due(later, hour + HOUR - 1);
  }
}

/** Takes out, in order, what has become due by an instant. `later` is in order of time. */
function* due(later: Step[], until: number): Generator<Step> {
  for (let next = later[0]; next !== undefined && next.at <= until; next = later[0]) {
    later.shift();
    yield next;
  }
}

/** Puts a step where it belongs; behind those of the same moment that were there before. */
function keep(later: Step[], step: Step): void {
  let [low, high] = [0, later.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((later[middle]?.at ?? Infinity) <= step.at) low = middle + 1;
    else high = middle;
  }
  later.splice(low, 0, step);
}

interface Opening {
  readonly at: number;
  /** All its steps, none before `at`. */
  happens(day: Everydays): readonly Step[];
}

/** What begins in the hour after an instant: arrivals of every stream, and the cards whose time it is. */
function openingsOf(
  input: PlanInput,
  byCards: ReadonlyMap<Stream, number>,
  hour: number,
): readonly Opening[] {
  const { seed, profile, scenarios } = input;
  const openings: Opening[] = cardsBetween(input, hour, hour + HOUR).map(({ scenario, at, date }) => ({
    at,
    happens: () => scenarioSteps(scenario, scenarios, { at, key: `${scenario.id}-${date}` }),
  }));
  for (const stream of streams) {
    const { perDay } = profile.streams[stream];
    // The cards stand within the day's numbers, not on top of them.
    const everydayShare = Math.max(0, 1 - (byCards.get(stream) ?? 0) / perDay);
    const perHour = perHourAt(profile, stream, hour) * everydayShare;
    if (perHour === 0) continue;
    const random = randomOf(seed, stream, hour);
    const name = new Date(hour).toISOString().slice(0, 13).replaceAll(/\D/g, '');
    let n = 0;
    for (let into = nextGapMs(perHour, random); into < HOUR; into += nextGapMs(perHour, random)) {
      n += 1;
      const [at, key] = [Math.floor(hour + into), `${stream}-${name}-${n}`];
      openings.push({ at, happens: (day) => day.arrive({ stream, at, key }) });
    }
  }
  return openings.sort((a, b) => a.at - b.at);
}

/** Cards that begin between two instants: each once a day by the calendar, at about its own time. */
function cardsBetween(
  { seed, scenarios }: PlanInput,
  from: number,
  to: number,
): readonly { readonly scenario: Scenario; readonly at: number; readonly date: string }[] {
  const today = wallTimeOf(from).date;
  const dates = [dateAfter(today, -1), today, dateAfter(today, 1)];
  return rootsOf(scenarios).flatMap((scenario) => {
    const [hour = 0, minute = 0] = scenario.card.when.time.split(':').map(Number);
    const minuteOfDay = hour * 60 + minute;
    return dates.flatMap((date) => {
      // Most are far from now: no calendar needs to be asked about them.
      const roughly = Date.parse(`${date}T00:00:00Z`) + minuteOfDay * MINUTE;
      if (roughly < from - 2 * HOUR || roughly > to + 2 * HOUR) return [];
      const jitter = between(-CARD_JITTER_MS, CARD_JITTER_MS, randomOf(seed, scenario.id, date));
      const at = Math.round(instantOfMinute(date, minuteOfDay) + jitter);
      return at >= from && at < to ? [{ scenario, at, date: date.replaceAll('-', '') }] : [];
    });
  });
}
