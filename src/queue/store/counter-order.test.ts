import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { CounterOrder } from './counter-order.ts';

const settle = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await Promise.resolve();
};

describe('who takes the counter row first', () => {
  it('C-33: of other sources one at a time, in the order in which they came', async () => {
    const order = new CounterOrder(new TestClock());
    const went: string[] = [];
    const turns = ['a', 'b', 'c'].map((name) => ({ name, turn: order.turnOf('other-sources') }));
    for (const { name, turn } of turns) void turn.atCounter().then(() => went.push(name));
    await settle();
    expect(went).toEqual(['a']);
    turns[0]?.turn[Symbol.dispose]();
    await settle();
    expect(went).toEqual(['a', 'b']);
    turns[1]?.turn[Symbol.dispose]();
    await settle();
    expect(went).toEqual(['a', 'b', 'c']);
  });

  it('C-33: a call goes at once, and whoever has not got the row stands back until the call has left it', async () => {
    const order = new CounterOrder(new TestClock());
    const went: string[] = [];
    const call = order.turnOf('calls-and-desks');
    using report = order.turnOf('other-sources');
    void report.atCounter().then(() => went.push('report'));
    void call.atCounter().then(() => went.push('call'));
    await settle();
    expect(went).toEqual(['call']);
    call[Symbol.dispose]();
    await settle();
    expect(went).toEqual(['call', 'report']);
  });

  it('C-33: nobody stands back for long: the call may be waiting for what he holds', async () => {
    const clock = new TestClock();
    const order = new CounterOrder(clock);
    let went = false;
    using _ = order.turnOf('calls-and-desks');
    using report = order.turnOf('other-sources');
    void report.atCounter().then(() => (went = true));
    await settle();
    clock.advance(59);
    await settle();
    expect(went).toBe(false);
    clock.advance(1);
    await settle();
    expect(went).toBe(true);
  });

  it('C-33: one that ends without ever having come to the row holds nobody up', async () => {
    const order = new CounterOrder(new TestClock());
    order.turnOf('other-sources')[Symbol.dispose]();
    using next = order.turnOf('other-sources');
    await next.atCounter();
    expect(next).toBeDefined();
  });
});
