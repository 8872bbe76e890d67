import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { anArrival } from '../../tests/harness/arrivals.ts';
import { testStart } from '../../tests/harness/builders.ts';
import { fixedPolicies } from '../../tests/harness/fixed-policies.ts';
import { silentLogger } from '../platform/log.ts';
import { asLsn } from '../shared/domain/ids.ts';
import { LogTail } from './log-tail.ts';
import { QueueService } from './service.ts';
import { createMemoryStore } from './store/memory-store.ts';
import type { QueueStore } from './store/queue-store.ts';

const clock = { now: () => testStart, monotonic: () => 0 };

/** Timers that a test fires by hand. */
function handTimers() {
  const due = new Set<() => void>();
  return {
    timers: {
      after(_ms: number, task: () => void) {
        due.add(task);
        return { [Symbol.dispose]: () => void due.delete(task) };
      },
    },
    fire() {
      const tasks = [...due];
      due.clear();
      for (const task of tasks) task();
    },
  };
}

function tailOver(change: (store: QueueStore) => Partial<QueueStore> = () => ({})) {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  const service = new QueueService({
    store: { ...store, ...change(store) },
    policies: fixedPolicies(),
    clock,
    newId: randomUUID,
  });
  const hand = handTimers();
  const tail = new LogTail({ service, timers: hand.timers, log: silentLogger });
  const seen: number[] = [];
  let tell = (): void => undefined;
  tail.entries.subscribe(({ lsn }) => {
    seen.push(lsn);
    tell();
  });
  const until = async (fact: () => boolean) => {
    while (!fact()) {
      await new Promise<void>((resolve) => {
        tell = resolve;
        setImmediate(resolve);
      });
    }
  };
  const arrive = () => service.accept({ source: 's', key: randomUUID(), arrival: anArrival() });
  return { tail, seen, until, arrive, fire: () => hand.fire() };
}

describe('the reader of the log', () => {
  it('L-02 hands out each entry once, in order, from where it started', async () => {
    const { tail, seen, until, arrive } = tailOver();
    await arrive();
    await tail.start();
    await Promise.all(Array.from({ length: 20 }, arrive));
    await until(() => seen.length === 20);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, n) => n + 2));
    expect(tail.position).toBe(21);
    tail[Symbol.dispose]();
  });

  it('L-02 finds by itself, at the next poll, what nobody woke it for', async () => {
    const { tail, seen, until, arrive, fire } = tailOver(() => ({
      onCommit: () => ({ [Symbol.dispose]: () => undefined }),
    }));
    await tail.start();
    await arrive();
    fire();
    await until(() => seen.length === 1);
    tail[Symbol.dispose]();
  });

  it('L-02 goes on after a failed reading, having skipped nothing', async () => {
    let fails = 2;
    const { tail, seen, until, arrive, fire } = tailOver((store) => ({
      entriesAfter: (after, limit) =>
        (fails -= 1) > 0 ? Promise.reject(new Error('away')) : store.entriesAfter(after, limit),
    }));
    await tail.start();
    await arrive();
    await arrive();
    await until(() => {
      fire();
      return seen.length === 2;
    });
    expect(seen).toEqual([1, 2]);
    tail[Symbol.dispose]();
  });

  it('L-02 gives up a reading that never answers, and goes on with the next', async () => {
    let hangs = 1;
    const { tail, seen, until, arrive, fire } = tailOver((store) => ({
      entriesAfter: (after, limit) =>
        (hangs -= 1) >= 0 ? new Promise<never>(() => undefined) : store.entriesAfter(after, limit),
    }));
    await tail.start();
    await arrive();
    await until(() => {
      fire();
      return seen.length === 1;
    });
    tail[Symbol.dispose]();
  });

  it('L-02 stops for good at a hole, and hands out nothing after it', async () => {
    const { tail, seen, until, arrive } = tailOver((store) => ({
      entriesAfter: async (after, limit) =>
        (await store.entriesAfter(asLsn(after), limit)).filter(({ lsn }) => lsn !== 2),
    }));
    const holes: unknown[] = [];
    tail.broken.subscribe((hole) => holes.push(hole));
    await tail.start();
    for (let n = 0; n < 3; n += 1) await arrive();
    await until(() => tail.isBroken);
    expect(holes).toEqual([{ expected: 2, found: 3 }]);
    expect(seen).toEqual([1]);
  });
});
