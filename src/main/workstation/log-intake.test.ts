import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';

let desk: SteppedDesk;

beforeEach(async () => {
  desk = new SteppedDesk();
  await desk.live();
});
afterEach(() => desk.end());

/** How far the copy is, and how often the window was told of a change. */
const taken = () => ({
  at: desk.store.cursor()?.lsn,
  told: desk.said.filter(({ name }) => name === 'inbox.changed').length,
});

describe('events that keep coming', () => {
  it('L-21: the first after a rest is taken in at once, those behind it together a moment later', async () => {
    desk.clock.advance(1_000);
    const before = taken();
    desk.log.arrives();
    await desk.tell(1);
    const first = taken();
    desk.log.arrives();
    await desk.tell(2);
    desk.log.arrives();
    await desk.tell(3);
    const gathered = taken();
    desk.clock.advance(100);
    expect(
      [first, gathered, taken()].map(({ at, told }) => [Number(at) - Number(before.at), told - before.told]),
    ).toEqual([
      [1, 1],
      [1, 1],
      [3, 2],
    ]);
  });
});
