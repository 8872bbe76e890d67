import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, moved, reach } from './pane-widths.ts';

const mins = [25, 25, 14];

test('W-05: what one pane gives up its neighbour gets, and the third stays as it is', () => {
  expect(moved([46, 34, 20], mins, 0, 4)).toEqual([50, 30, 20]);
  expect(moved([46, 34, 20], mins, 1, -4)).toEqual([46, 30, 24]);
});

test('W-05: a pane is never made smaller than it can be read', () => {
  expect(moved([46, 34, 20], mins, 0, 90)).toEqual([55, 25, 20]);
  expect(moved([46, 34, 20], mins, 0, -90)).toEqual([25, 55, 20]);
  expect(moved([46, 34, 20], mins, 1, 90)).toEqual([46, 40, 14]);
  expect(reach([46, 34, 20], mins, 0)).toEqual({ min: 25, max: 55 });
  expect(reach([46, 34, 20], mins, 1)).toEqual({ min: 71, max: 86 });
});

test('W-05: however the separators are moved, the panes fill the window and none is too small', () => {
  const move = fc.record({ at: fc.nat({ max: 1 }), by: fc.double({ min: -120, max: 120, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      const shares = moves.reduce<readonly number[]>(
        (now, { at, by }) => moved(now, mins, at, by),
        [46, 34, 20],
      );
      expect(shares.reduce((total, each) => total + each, 0)).toBeCloseTo(100, 5);
      shares.forEach((each, at) => expect(each).toBeGreaterThanOrEqual((mins[at] ?? 0) - 0.05));
    }),
  );
});

test('two panes are a grid of three columns, three panes one of five', () => {
  expect(columnsOf([50, 50])).toBe('minmax(0, 50fr) auto minmax(0, 50fr)');
  expect(columnsOf([46, 34, 20]).split(' auto ')).toHaveLength(3);
});
