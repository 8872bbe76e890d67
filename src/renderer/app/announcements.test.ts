import { expect, test } from 'vitest';
import { rowOf, view } from '../../shared/domain/view.ts';
import { aContact, anActor, testPolicy } from '../testing/builders.ts';
import { Announcements, ARRIVALS_GAP_MS, TYPING_IDLE_MS } from './announcements.ts';

/** Everything that is told, with timers that a test steps. */
function listening() {
  let now = 0;
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  const voice = new Announcements({
    monotonic: () => now,
    after: (ms, task) => void timers.push({ at: now + ms, task }),
  });
  const polite: string[] = [];
  const assertive: string[] = [];
  voice.polite.subscribe(() => polite.push(voice.polite.read().words));
  voice.assertive.subscribe(() => assertive.push(voice.assertive.read().words));
  const pass = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { task } of due) task();
  };
  return { voice, polite, assertive, pass };
}

const row = (n: number, more: Partial<Parameters<typeof aContact>[0]> = {}) =>
  rowOf(view(aContact({ n, channel: '101-voice', ...more }), [], anActor(14), testPolicy));
const emergency = (n: number) => row(n, { channel: '999-voice' });

test('W-02: the second emergency in the same words is told as well', () => {
  const { voice, assertive, pass } = listening();
  voice.emergencies([emergency(1)], 1);
  voice.emergencies([], 0);
  pass(60_000);
  voice.emergencies([emergency(2)], 1);
  expect(assertive).toHaveLength(2);
  expect(assertive[0]).toBe(assertive[1]);
});

test('W-02: new contacts are told in one sentence at most every ten seconds', () => {
  const { voice, polite, pass } = listening();
  voice.arrived([row(1)]);
  expect(polite).toEqual(['1 new.']);
  voice.arrived([row(2), row(3, { flags: { lookFirst: true } }), emergency(4)]);
  voice.arrived([row(5), row(6)]);
  expect(polite).toHaveLength(1);
  pass(ARRIVALS_GAP_MS);
  expect(polite.slice(1)).toEqual(['4 new: 1 high, 3 other.']);
  pass(ARRIVALS_GAP_MS);
  expect(polite).toHaveLength(2);
});

test('W-02: nothing but an emergency speaks until the typing has paused for a second and a half', () => {
  const { voice, polite, assertive, pass } = listening();
  voice.arrived([row(1)]);
  voice.arrived([row(2)]);
  voice.typed();
  voice.say('Note kept here.');
  voice.emergencies([emergency(4)], 1);
  expect(assertive).toHaveLength(1);
  pass(TYPING_IDLE_MS - 1);
  voice.typed();
  pass(1);
  expect(polite).toEqual(['1 new.']);
  pass(TYPING_IDLE_MS - 1);
  expect(polite).toEqual(['1 new.', 'Note kept here.']);
  pass(ARRIVALS_GAP_MS);
  expect(polite).toEqual(['1 new.', 'Note kept here.', '1 new.']);
});

test('W-16: behind the lock only emergencies speak, and what was said last is gone from the page', () => {
  const { voice, polite, assertive, pass } = listening();
  voice.say('Claimed CON-20261122-000001');
  voice.hush();
  expect(polite.at(-1)).toBe('');
  voice.say('Note received CON-20261122-000001');
  voice.arrived([row(1)]);
  pass(ARRIVALS_GAP_MS * 2);
  expect(polite.at(-1)).toBe('');
  voice.emergencies([emergency(2)], 1);
  expect(assertive).toHaveLength(1);
  voice.speakAgain();
  voice.say('Released');
  expect(polite.at(-1)).toBe('Released');
});
