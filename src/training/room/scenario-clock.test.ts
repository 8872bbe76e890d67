import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { asInstant, MINUTE } from '../../shared/domain/time.ts';
import { lastTimeOf, scenarioClock } from './scenario-clock.ts';

const at = (text: string) => asInstant(Date.parse(text));

describe('the clock of an exercise', () => {
  it('TS-08: begins at the scenario’s moment and goes on with the machine’s, whatever the wall clock does', () => {
    const machine = new TestClock(at('2026-11-23T18:00:00Z'));
    const clock = scenarioClock(at('2026-11-17T02:03:00Z'), machine);
    machine.advance(90_000);
    machine.moveWall(-3_600_000);
    expect(new Date(clock.now()).toISOString()).toBe('2026-11-17T02:04:30.000Z');
  });

  it.each([
    ['earlier in the week', 'tue', '02:03', '2026-11-23T18:00:00Z', '2026-11-17T02:03:00.000Z'],
    ['earlier today', 'mon', '17:59', '2026-11-23T18:00:00Z', '2026-11-23T17:59:00.000Z'],
    ['later today, so a week ago', 'mon', '18:02', '2026-11-23T18:00:00Z', '2026-11-16T18:02:00.000Z'],
    ['in summer time', 'sat', '22:14', '2026-07-01T09:00:00Z', '2026-06-27T21:14:00.000Z'],
  ] as const)('TS-08: a scenario happens at the last such time: %s', (_title, weekday, time, now, then) => {
    expect(new Date(lastTimeOf({ weekday, time }, at(now))).toISOString()).toBe(then);
  });

  it('TS-08: never more than a minute after now', () => {
    const now = at('2026-11-23T18:00:00Z');
    const times = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const).map((weekday) =>
      lastTimeOf({ weekday, time: '18:01' }, now),
    );
    expect(times.every((time) => time <= now + MINUTE)).toBe(true);
  });
});
