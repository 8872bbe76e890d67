import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys, type OrderKey } from '../../shared/domain/ordering.ts';
import { OrderIndex } from './order-index.ts';

const key = fc.record({
  lane: fc.constantFrom(0 as const, 1 as const),
  first: fc.integer({ min: 0, max: 50 }),
  second: fc.integer({ min: 0, max: 5 }),
  id: fc.integer({ min: 0, max: 3_000 }).map(String),
});
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('set' as const), key }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('delete' as const), key }) },
);

function check(index: OrderIndex<number>, model: Map<string, { key: OrderKey; value: number }>): void {
  const sorted = [...model.values()].sort((a, b) => compareKeys(a.key, b.key));
  expect(index.size).toBe(sorted.length);
  expect(index.slice(0, sorted.length)).toEqual(sorted);
  const middle = sorted.length >> 1;
  expect(index.slice(middle, middle + 7)).toEqual(sorted.slice(middle, middle + 7));
  for (const [at, entry] of sorted.entries()) {
    if (at % 37 !== 0) continue;
    expect(index.indexOf(entry.key.id)).toBe(at);
    expect(index.at(at)).toEqual(entry);
    expect(index.get(entry.key.id)).toBe(entry.value);
  }
}

test('O-01: the index holds the one order, whatever is put in, moved and taken out', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.boolean(), (steps, filled) => {
      const index = new OrderIndex<number>();
      const model = new Map<string, { key: OrderKey; value: number }>();
      if (filled) {
        for (let i = 0; i < 2_500; i += 1) {
          const k = { lane: 1, first: (i * 7) % 50, second: i % 5, id: String(i) } as const;
          model.set(k.id, { key: k, value: i });
        }
        index.fill([...model.values()]);
      }
      for (const [n, { act, key: k }] of steps.entries()) {
        if (act === 'set') {
          index.set(k, n);
          model.set(k.id, { key: k, value: n });
        } else {
          expect(index.delete(k.id)).toBe(model.delete(k.id));
        }
      }
      check(index, model);
    }),
    { numRuns: 60 },
  );
});

test('O-01: chunks that outgrow their limit are cut in two and keep the order', () => {
  const index = new OrderIndex<number>();
  const model = new Map<string, { key: OrderKey; value: number }>();
  for (let i = 0; i < 5_000; i += 1) {
    const k = { lane: 1, first: (i * 7_919) % 5_003, second: 0, id: String(i) } as const;
    index.set(k, i);
    model.set(k.id, { key: k, value: i });
  }
  check(index, model);
  for (let i = 0; i < 5_000; i += 3) expect(index.delete(String(i))).toBe(model.delete(String(i)));
  check(index, model);
});
