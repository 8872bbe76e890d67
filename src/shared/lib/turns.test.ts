import { describe, expect, it } from 'vitest';
import { TooManyWaiting, Turns } from './turns.ts';

/** Work that ends when it is told to, and counts how much of it goes on at once. */
function someWork() {
  const state = { now: 0, most: 0, order: [] as number[] };
  const ends: (() => void)[] = [];
  const work = (n: number) => async (): Promise<number> => {
    state.now += 1;
    state.most = Math.max(state.most, state.now);
    state.order.push(n);
    await new Promise<void>((resolve) => ends.push(resolve));
    state.now -= 1;
    return n;
  };
  const endAll = async (): Promise<void> => {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const end = ends.shift();
      if (end === undefined) return;
      end();
    }
  };
  return { state, work, endAll };
}

describe('C-33: one thing at a time', () => {
  it('of one contact, in the order in which it came, while another’s goes on', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 60 });
    const [chat, call] = [someWork(), someWork()];
    const all = Array.from({ length: 60 }, (_, n) => turns.run('chat', chat.work(n)));
    const ring = turns.run('call', call.work(0));
    await new Promise((resolve) => setImmediate(resolve));
    expect([chat.state.now, call.state.now]).toEqual([1, 1]);
    await call.endAll();
    expect(await ring).toBe(0);
    await chat.endAll();
    expect(await Promise.all(all)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect([chat.state.most, chat.state.order]).toEqual([1, Array.from({ length: 60 }, (_, n) => n)]);
    expect(turns.size).toBe(0);
  });

  it('or as many as there is room for', async () => {
    const turns = new Turns({ atOnce: 4, waiting: 60 });
    const { state, work, endAll } = someWork();
    const all = Array.from({ length: 30 }, (_, n) => turns.run('sources', work(n)));
    await endAll();
    await Promise.all(all);
    expect(state.most).toBe(4);
  });

  it('and whoever finds too many waiting is told to come again', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 1 });
    const { work, endAll } = someWork();
    const first = turns.run('chat', work(0));
    const second = turns.run('chat', work(1));
    await expect(turns.run('chat', work(2))).rejects.toThrow(TooManyWaiting);
    await endAll();
    expect(await Promise.all([first, second])).toEqual([0, 1]);
  });

  it('and a failure gives the turn on', async () => {
    const turns = new Turns({ atOnce: 1, waiting: 1 });
    const failed = turns.run('chat', () => Promise.reject(new Error('away')));
    const next = turns.run('chat', () => Promise.resolve(7));
    await expect(failed).rejects.toThrow('away');
    expect(await next).toBe(7);
  });
});
