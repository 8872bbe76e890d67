import { describe, expect, it } from 'vitest';
import { aContact } from '../../../tests/harness/builders.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { asHandlerId } from '../../shared/domain/ids.ts';
import { MINUTE } from '../../shared/domain/time.ts';
import { ConsultationLog } from './consultation-log.ts';

const [one, two] = [aContact({ seq: 1 }).id, aContact({ seq: 2 }).id];
const [me, other] = [asHandlerId('4711'), asHandlerId('4712')];

describe('consultations', () => {
  it('C-12: are logged once per contact, handler and minute', () => {
    const clock = new TestClock();
    const log = new ConsultationLog(clock);
    const at = (ms: number) => {
      clock.advance(ms);
      return [log.isDue(one, me), log.isDue(two, me), log.isDue(one, other)];
    };
    expect([at(0), at(1), at(MINUTE - 2), at(1)]).toEqual([
      [true, true, true],
      [false, false, false],
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('C-12: reading on does not put the next entry off', () => {
    const clock = new TestClock();
    const log = new ConsultationLog(clock);
    const due = Array.from({ length: 7 }, () => {
      const isDue = log.isDue(one, me);
      clock.advance(MINUTE / 3);
      return isDue;
    });
    expect(due).toEqual([true, false, false, true, false, false, true]);
  });

  it('L-17: do not depend on the wall clock', () => {
    const clock = new TestClock();
    const log = new ConsultationLog(clock);
    const first = log.isDue(one, me);
    clock.moveWall(-86_400_000);
    const second = log.isDue(one, me);
    clock.moveWall(2 * 86_400_000);
    expect([first, second, log.isDue(one, me)]).toEqual([true, false, false]);
  });
});
