import { describe, expect, it } from 'vitest';
import type { Courier } from './courier.ts';
import { play, type PlayOptions } from './play.ts';
import { stepsOf, type Step } from './step.ts';
import { emptyTally } from './tally.ts';

const HOUR = 3_600_000;
const START = 1_000_000_000;

/** One contact an hour, each with an update after half an hour. */
function* everyHour(): Generator<Step> {
  const contact = {
    channel: '101-voice',
    title: 'A row',
    place: null,
    language: null,
    caller: { name: null, number: null, address: null },
    account: 'Words.',
    flags: {},
    channelState: null,
    call: null,
  } as const;
  for (let n = 1; ; n += 1) {
    const at = START + n * HOUR;
    yield* stepsOf({ id: 'x', kind: 'x' }, `c${n}`, { at, contact }, [
      { at: at + HOUR / 2, update: { kind: 'line', state: 'ended' } },
    ]);
  }
}

/** Plays with a clock that only pauses move; returns what was taken when, in real milliseconds. */
async function played(
  over: Partial<PlayOptions>,
  { slow = 0, stopAt = Infinity }: { readonly slow?: number; readonly stopAt?: number } = {},
): Promise<readonly string[]> {
  let real = 0;
  const taken: string[] = [];
  const stop = new AbortController();
  const courier: Courier = {
    tally: emptyTally(),
    did: () => undefined,
    take({ key }) {
      taken.push(`${key} ${real}`);
      // A day that does not end would never come back to the test.
      if (taken.length > 50) throw new Error('it goes on and on');
    },
    async room() {
      real += slow;
    },
    async idle() {},
  };
  await play({
    plan: everyHour(),
    start: START,
    rate: 1_000,
    atOnce: 0,
    count: null,
    lastsMs: null,
    courier,
    monotonic: () => real,
    async pause(ms) {
      real += ms;
      if (real >= stopAt) stop.abort();
    },
    stop: stop.signal,
    ...over,
  });
  return taken;
}

describe('D-07: the pace of the day', () => {
  it('is the rate: an hour of the day passes in 3.6 seconds at a thousand', async () => {
    expect(await played({ lastsMs: 2.75 * HOUR })).toEqual(['c1 3600', 'c1.1 5400', 'c2 7200', 'c2.1 9000']);
    expect(await played({ rate: 1, lastsMs: 1.25 * HOUR })).toEqual(['c1 3600000']);
  });

  it('ends after so many contacts', async () => {
    expect(await played({ count: 2 })).toEqual(['c1 3600', 'c1.1 5400', 'c2 7200']);
  });

  it('begins with so many at once, and goes on from there', async () => {
    expect(await played({ atOnce: 2, count: 3 })).toEqual(['c1 0', 'c1.1 0', 'c2 0', 'c2.1 1800', 'c3 3600']);
  });

  it('is kept although the queue was slow: what came due meanwhile comes at once', async () => {
    const taken = await played({ lastsMs: 4.25 * HOUR }, { slow: 2_000 });
    expect(taken).toEqual([
      'c1 5600',
      'c1.1 7600',
      'c2 9600',
      'c2.1 11600',
      'c3 13600',
      'c3.1 15600',
      'c4 17600',
    ]);
  });

  it('ends at once when it is told to stop', async () => {
    expect(await played({}, { stopAt: 7_000 })).toEqual(['c1 3600', 'c1.1 5400']);
  });
});
