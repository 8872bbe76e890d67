import { describe, expect, it } from 'vitest';
import { asContactId, type ContactId } from '../../../shared/domain/ids.ts';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';
import { uuid } from '../../testing/builders.ts';
import { Alerts, FLOOD_COUNT, FLOOD_MS, LOUDER_AFTER_MS, REPEAT_MS, TICK_GAP_MS } from './alerts.ts';

const one = asContactId(uuid(1));
const two = asContactId(uuid(2));

/** A desk's ears with a clock that the test steps. */
function aDesk() {
  const time = { now: 0 };
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  const heard: string[] = [];
  const desk = { isOnCall: false, quietened: 0, stops: 0 };
  const alerts = new Alerts({
    speaker: {
      play: (name, gain) => void heard.push(`${time.now} ${name}${gain === 0 ? '' : ` ${gain}`}`),
      stop: () => void (desk.stops += 1),
    },
    monotonic: () => time.now,
    after: (ms, task) => void timers.push({ at: time.now + ms, task }),
    isOnCall: () => desk.isOnCall,
    quietened: (count) => (desk.quietened = count),
  });
  const pass = (ms: number): void => {
    const until = time.now + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      time.now = next.at;
      next.task();
    }
    time.now = until;
  };
  const emergencies = (...ids: readonly ContactId[]): void => alerts.emergencies(ids);
  return { alerts, desk, heard, pass, emergencies };
}

describe('what a desk is told by ear', () => {
  it('SO-01: an emergency sounds at once, every five seconds, and louder after eight, until it is taken', () => {
    const { heard, pass, emergencies } = aDesk();
    emergencies(one);
    pass(2 * REPEAT_MS + SECOND);
    expect(heard).toEqual(['0 emergency', '5000 emergency', '10000 emergency 6']);
    expect(LOUDER_AFTER_MS).toBeLessThan(2 * REPEAT_MS);
    emergencies();
    pass(MINUTE);
    expect(heard).toHaveLength(3);
  });

  it('SO-01: the same emergencies told again do not sound again, another one does at once', () => {
    const { heard, pass, emergencies } = aDesk();
    emergencies(one);
    pass(2 * SECOND);
    emergencies(one);
    pass(SECOND);
    emergencies(one, two);
    pass(4 * SECOND);
    expect(heard).toEqual(['0 emergency', '3000 emergency']);
    pass(SECOND);
    expect(heard.at(-1)).toBe('8000 emergency 6');
  });

  it('SO-04: what is silenced stays so, and the next emergency sounds again', () => {
    const { alerts, desk, heard, pass, emergencies } = aDesk();
    expect(alerts.silence()).toBe(false);
    emergencies(one);
    expect(alerts.silence()).toBe(true);
    expect(desk.stops).toBe(1);
    pass(MINUTE);
    emergencies(one);
    pass(MINUTE);
    expect(heard).toEqual(['0 emergency']);
    emergencies(one, two);
    expect(heard.at(-1)).toBe('120000 emergency');
    // It went and came back, as a call that was released: it is a new one.
    alerts.silence();
    emergencies(two);
    emergencies(one, two);
    expect(heard).toHaveLength(3);
  });

  it('SO-03: nothing cuts off what is more urgent, and what is more urgent cuts off the rest', () => {
    const { alerts, heard, pass, emergencies } = aDesk();
    emergencies(one);
    alerts.sound('high');
    alerts.sound('link-lost');
    pass(1_500);
    alerts.sound('refused');
    alerts.sound('high');
    expect(heard).toEqual(['0 emergency', '1500 refused', '1500 high']);
    emergencies(one, two);
    expect(heard.at(-1)).toBe('1500 emergency');
  });

  it('SO-03: lines of a chat tick once in two seconds', () => {
    const { alerts, heard, pass } = aDesk();
    for (let n = 0; n < 5; n += 1) {
      alerts.sound('message');
      pass(TICK_GAP_MS / 2);
    }
    expect(heard).toEqual(['0 message', '2000 message', '4000 message']);
  });

  it('SO-06: who is on the line with somebody hears an emergency softly under the speech', () => {
    const { desk, heard, pass, emergencies } = aDesk();
    desk.isOnCall = true;
    emergencies(one);
    pass(2 * REPEAT_MS);
    expect(heard).toEqual(['0 emergency -12', '5000 emergency -12', '10000 emergency -6']);
  });

  it('SO-05: of too many alerts only emergencies sound, the others are counted, and it ends when it is calm', () => {
    const { alerts, desk, heard, pass, emergencies } = aDesk();
    for (let n = 0; n < FLOOD_COUNT; n += 1) {
      alerts.sound('high');
      pass(2 * SECOND);
    }
    expect([heard.length, desk.quietened]).toEqual([FLOOD_COUNT, 0]);
    alerts.sound('high');
    alerts.sound('link-lost');
    alerts.sound('message');
    expect([heard.length, desk.quietened]).toEqual([FLOOD_COUNT, 2]);
    emergencies(one);
    expect(heard.at(-1)).toMatch(/emergency$/);
    emergencies();
    pass(FLOOD_MS + SECOND);
    expect(desk.quietened).toBe(0);
    alerts.sound('high');
    expect(heard.at(-1)).toMatch(/high$/);
  });

  it('SO-01: nothing sounds at a desk that nobody works at any more', () => {
    const { alerts, heard, pass, emergencies } = aDesk();
    emergencies(one);
    alerts.stop();
    pass(MINUTE);
    expect(heard).toEqual(['0 emergency']);
  });
});
