import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fixedPolicies } from '../../tests/harness/fixed-policies.ts';
import { TestClock } from '../../tests/harness/test-clock.ts';
import { SECOND } from '../shared/domain/time.ts';
import { QueueService } from './service.ts';
import { SnapshotTexts } from './snapshot-text.ts';
import { createMemoryStore } from './store/memory-store.ts';

function textsOver() {
  const clock = new TestClock();
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  let gate: Promise<void> = Promise.resolve();
  let reads = 0;
  const service = new QueueService({
    store: {
      ...store,
      async snapshot(since) {
        reads += 1;
        await gate;
        return store.snapshot(since);
      },
    },
    policies: fixedPolicies(),
    clock,
    newId: randomUUID,
  });
  const texts = new SnapshotTexts({ service, clock, timers: clock });
  return {
    clock,
    texts,
    reads: () => reads,
    hold: (until: Promise<void>) => {
      gate = until;
    },
  };
}

describe('snapshots made once for many desks', () => {
  it('L-11 reads once for desks that ask together, and keeps nothing in memory after two seconds', async () => {
    const { clock, texts, reads } = textsOver();
    await Promise.all([texts.recent(), texts.recent()]);
    clock.advance(2 * SECOND - 1);
    await texts.recent();
    expect([reads(), texts.isHolding]).toEqual([1, true]);
    clock.advance(1);
    expect([texts.isHolding, clock.pending]).toEqual([false, 0]);
    await texts.recent();
    expect(reads()).toBe(2);
    texts[Symbol.dispose]();
    expect([texts.isHolding, clock.pending]).toEqual([false, 0]);
  });

  it('L-11 counts the two seconds from the question, and keeps nothing that comes after its end', async () => {
    const { clock, texts, hold } = textsOver();
    let open = (): void => undefined;
    hold(new Promise((resolve) => (open = resolve)));
    const slow = texts.recent();
    clock.advance(3 * SECOND);
    open();
    await slow;
    expect([texts.isHolding, clock.pending]).toEqual([false, 0]);
    const last = texts.recent();
    texts[Symbol.dispose]();
    await last;
    expect([texts.isHolding, clock.pending]).toEqual([false, 0]);
  });
});
