import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../shared/domain/time.ts';
import { readDemandData } from './data-files.ts';
import { streamOf, streams, type Stream } from './handed-contact.ts';
import { instantOfWallTime, wallTimeOf, type WallTime } from './london.ts';
import { planOf } from './plan.ts';
import { perHourAt } from './profile-file.ts';
import { rootsOf } from '../scenario/scenario-file.ts';
import type { Step } from './step.ts';

const data = readDemandData(fileURLToPath(new URL('../../resources', import.meta.url)));
const DAY = 24 * HOUR;
const at = (wall: string): number => instantOfWallTime(wall) ?? NaN;

/** The plan from a wall time on, for so long. */
function planned(from: string, lengthMs: number, seed = 7): readonly Step[] {
  const steps: Step[] = [];
  const plan = planOf({ ...data, seed, start: at(from) });
  for (let step = plan.next().value; step.at < at(from) + lengthMs; step = plan.next().value)
    steps.push(step);
  return steps;
}

type Arrived = Extract<Step, { kind: 'contact' }>;
const arrivalsIn = (steps: readonly Step[]): readonly Arrived[] =>
  steps.filter((step) => step.kind === 'contact');
const byStream = (arrived: readonly Arrived[], stream: Stream): readonly Arrived[] =>
  arrived.filter(({ contact }) => streamOf(contact.channel) === stream);

/** Within so many standard deviations of a Poisson number: a right plan fails once in millions of seeds, not of runs. */
function expectAbout(count: number, expected: number, deviations = 5): void {
  expect(Math.abs(count - expected), `${count} against ${expected}`).toBeLessThan(
    deviations * Math.sqrt(expected) + 1,
  );
}

const add = (counts: number[], n: number): void => {
  counts[n] = (counts[n] ?? 0) + 1;
};

describe('D-01: the plan of the day', () => {
  it('is the same for the same seed and start, byte for byte, and another for another seed', () => {
    const day = JSON.stringify(planned('2026-11-21T22:00', DAY));
    expect(JSON.stringify(planned('2026-11-21T22:00', DAY))).toBe(day);
    expect(JSON.stringify(planned('2026-11-21T22:00', DAY, 8))).not.toBe(day);
  });

  it('does not hang on the zone of the machine', () => {
    const zone = process.env['TZ'];
    const here = JSON.stringify(planned('2026-10-24T20:00', 8 * HOUR));
    try {
      process.env['TZ'] = 'Pacific/Kiritimati';
      expect(JSON.stringify(planned('2026-10-24T20:00', 8 * HOUR))).toBe(here);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('goes in order of time, with a key of its own for everything, and updates only after their contact', () => {
    const steps = planned('2026-11-21T12:00', 2 * DAY);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(steps.length);
    const open = new Set<string>();
    let last = 0;
    for (const step of steps) {
      expect(step.at).toBeGreaterThanOrEqual(last);
      last = step.at;
      if (step.kind === 'contact') expect(step.contactKey).toBe(step.key);
      else expect(open, step.key).toContain(step.contactKey);
      if (step.isLast) open.delete(step.contactKey);
      else open.add(step.contactKey);
    }
  });

  it('brings the same arrivals in an hour wherever it began', () => {
    const keys = (from: string, length: number): readonly string[] =>
      arrivalsIn(planned(from, length))
        .filter((step) => step.at >= at('2026-11-21T20:00') && step.story.kind !== 'card')
        .map(({ key, at: instant }) => `${key} ${instant}`);
    const within = keys('2026-11-21T20:00', HOUR);
    expect(within.length).toBeGreaterThan(50);
    expect(within).toEqual(keys('2026-11-21T14:23', 6.5 * HOUR + 7 * MINUTE));
  });
});

describe('D-02, D-03: four weeks of demand', () => {
  let arrived: readonly Arrived[] = [];
  const walls = new Map<Step, WallTime>();
  beforeAll(() => {
    arrived = arrivalsIn(planned('2026-11-02T00:00', 28 * DAY));
    for (const step of arrived) walls.set(step, wallTimeOf(step.at));
  });
  const share = (fits: (step: Arrived) => boolean): number => arrived.filter(fits).length / arrived.length;

  it('bring the day’s number of each stream, the contact cards within it', () => {
    for (const stream of streams) {
      expectAbout(byStream(arrived, stream).length, 28 * data.profile.streams[stream].perDay);
    }
  });

  it('follow the hours of the profile by the clock on the wall', () => {
    for (const stream of ['999', '101'] as const) {
      const { hours, perDay } = data.profile.streams[stream];
      const whole = hours.reduce((sum, percent) => sum + percent, 0);
      const counts = hours.map(() => 0);
      for (const step of byStream(arrived, stream)) {
        if (step.story.kind !== 'card') add(counts, walls.get(step)?.hour ?? -1);
      }
      const total = counts.reduce((sum, count) => sum + count, 0);
      expect(total).toBeGreaterThan(20 * perDay);
      for (const [hour, percent] of hours.entries())
        expectAbout(counts[hour] ?? 0, (total * percent) / whole);
    }
  });

  it('follow the days of the week', () => {
    for (const [day, factor] of Object.entries(data.profile.streams['101'].weekdays)) {
      const count = byStream(arrived, '101').filter((step) => walls.get(step)?.weekday === day).length;
      expectAbout(count, 4 * 1_000 * factor);
    }
  });

  it('are mixed as the control room knows it', () => {
    const of999 = byStream(arrived, '999');
    const of101 = byStream(arrived, '101');
    const expectKinds = (
      all: readonly Arrived[],
      of: number,
      kinds: Readonly<Record<string, number>>,
    ): void => {
      for (const [kind, parts] of Object.entries(kinds)) {
        expectAbout(all.filter(({ story }) => story.kind === kind).length, (all.length * parts) / of);
      }
    };
    expectKinds(of999, 31, { silent: 8, duplicate: 3 });
    expectKinds(of101, 55, { 'not-police': 12, 'past-crime': 10, update: 8, 'should-be-999': 3 });
    expect(share(({ contact }) => streamOf(contact.channel) === '999')).toBeCloseTo(0.29, 1);
    expect(share(({ contact }) => streamOf(contact.channel) === '101')).toBeCloseTo(0.57, 1);
  });

  it('hold 4 to 5 of 100 in another language, 3 who come again, 3 with a risk behind ordinary words', () => {
    expect(share(({ contact }) => contact.language !== null)).toBeGreaterThan(0.04);
    expect(share(({ contact }) => contact.language !== null)).toBeLessThan(0.05);
    expect(share(({ story }) => story.kind === 'repeat')).toBeGreaterThan(0.025);
    expect(share(({ story }) => story.kind === 'repeat')).toBeLessThan(0.035);
    expect(share(({ story }) => story.kind === 'hidden-risk')).toBeGreaterThan(0.025);
    expect(share(({ story }) => story.kind === 'hidden-risk')).toBeLessThan(0.035);
  });

  it('do not look alike: one day holds hardly any words twice', () => {
    const day = arrived.filter((step) => step.at < at('2026-11-03T00:00'));
    const rows = day.map(({ contact }) => `${contact.title} ${contact.place}`);
    const whole = day.map(({ contact }) => JSON.stringify(contact));
    expect(new Set(rows).size / rows.length).toBeGreaterThan(0.88);
    expect(new Set(whole).size / whole.length).toBeGreaterThan(0.995);
  });

  it('play every card once a day, also when its time is near midnight', () => {
    for (const { id } of rootsOf(data.scenarios)) {
      const days = arrived.flatMap(({ key }) => new RegExp(`^${id}-(2026\\d{4})-1$`).exec(key)?.[1] ?? []);
      expect(new Set(days).size, id).toBe(days.length);
      // At either end one may lie on the other side of midnight.
      expect(Math.abs(days.length - 28), id).toBeLessThanOrEqual(1);
    }
  });

  it('let one event come from several callers, within minutes and with the same place', () => {
    const duplicates = arrived.filter(({ story }) => story.kind === 'duplicate').slice(0, 200);
    expect(duplicates.length).toBe(200);
    for (const one of duplicates) {
      const first = arrived.find(
        (other) =>
          other.at < one.at &&
          other.at >= one.at - data.profile.othersReportWithin &&
          other.contact.place === one.contact.place,
      );
      expect(first?.contact.title).toBe(one.contact.title);
      expect(first?.contact.caller.number).not.toBe(one.contact.caller.number);
    }
  });

  it('let those who come again keep their name, number and flag', () => {
    for (const one of arrived.filter(({ story }) => story.kind === 'repeat').slice(0, 200)) {
      expect(one.contact.flags.repeat).toBe(true);
      const { caller } = one.contact;
      expect(arrived.some((other) => other.at < one.at && other.contact.caller === caller)).toBe(true);
    }
  });
});

describe('D-02: the nights on which the clocks change', () => {
  /** What comes on average in a number of hours from a wall time. */
  const expected = (from: string, hours: number, stream: Stream): number =>
    Array.from({ length: hours }, (_, n) => perHourAt(data.profile, stream, at(from) + n * HOUR)).reduce(
      (sum, perHour) => sum + perHour,
      0,
    );

  it.each([
    ['2026-10-25', 25, 1],
    ['2026-03-29', 23, -1],
  ])('bring on %s what %i hours bring', (date, hours, more) => {
    const { perDay, hours: percents, weekdays } = data.profile.streams['999'];
    const whole = percents.reduce((sum, percent) => sum + percent, 0);
    const usual = perDay * weekdays.sun;
    const from = `${date}T00:00`;
    expect(expected(from, hours, '999')).toBeCloseTo(usual * (1 + (more * (percents[1] ?? 0)) / whole), 6);
    // The next hour is the next day's.
    expect(wallTimeOf(at(from) + hours * HOUR)).toMatchObject({ hour: 0, minute: 0 });

    let count = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      count += byStream(arrivalsIn(planned(from, hours * HOUR, seed)), '999').length;
    }
    expectAbout(count, 10 * expected(from, hours, '999'));
  });

  it.each([
    ['2026-10-25', [0, 1, 1, 2, 3]],
    ['2026-03-29', [0, 2, 3, 4, 5]],
  ])('neither lose nor double an hour on %s', (date, hoursShown) => {
    const counts = hoursShown.map(() => 0);
    for (let seed = 1; seed <= 20; seed += 1) {
      for (const step of planned(`${date}T00:00`, 5 * HOUR, seed)) {
        if (step.kind === 'contact' && step.story.kind !== 'card' && streamOf(step.contact.channel) === '999')
          add(counts, Math.floor((step.at - at(`${date}T00:00`)) / HOUR));
      }
    }
    const rate = (hour: number): number =>
      perHourAt(data.profile, '999', at('2026-11-01T00:00') + hour * HOUR);
    for (const [n, hour] of hoursShown.entries()) {
      // A little less than the profile: the cards of those hours stand within it.
      expect((counts[n] ?? 0) / (20 * rate(hour)), `hour ${n}, shown as ${hour}`).toBeGreaterThan(0.75);
      expect((counts[n] ?? 0) / (20 * rate(hour)), `hour ${n}, shown as ${hour}`).toBeLessThan(1.15);
    }
  });

  it.each(['2026-10-25', '2026-03-29'])('play each card of %s once', (date) => {
    const length = date === '2026-10-25' ? 25 : 23;
    const day = date.replaceAll('-', '');
    const played = arrivalsIn(planned(`${dateBefore(date)}T22:00`, (length + 4) * HOUR))
      .filter(({ story, key }) => story.kind === 'card' && key.includes(day))
      .map(({ story }) => story.id);
    expect(new Set(played)).toEqual(new Set(data.scenarios.keys()));
  });
});

const dateBefore = (date: string): string =>
  new Date(Date.parse(`${date}T00:00Z`) - DAY).toISOString().slice(0, 10);
