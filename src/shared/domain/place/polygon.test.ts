import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metresBetween, offsetFrom, pointAt } from './point.ts';
import { circleOverlaps, isInside, metresToEdge } from './polygon.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const square = [at(52, -0.2), at(52, 0), at(51.8, 0), at(51.8, -0.2)];

describe('areas as polygons', () => {
  it('PL-21: a point is inside, outside, and on a shared edge in at most one of two neighbours', () => {
    const neighbour = [at(52, -0.4), at(52, -0.2), at(51.8, -0.2), at(51.8, -0.4)];
    expect([isInside(square, at(51.9, -0.1)), isInside(square, at(51.9, -0.3))]).toEqual([true, false]);
    const edge = at(51.9, -0.2);
    expect(Number(isInside(square, edge)) + Number(isInside(neighbour, edge))).toBe(1);
  });

  it('PL-22: the distance to the edge is the same from within and without', () => {
    const kilometreNorth = 1000 / 111_195;
    expect(metresToEdge(square, at(52 + kilometreNorth, -0.1))).toBeCloseTo(1000, 0);
    expect(metresToEdge(square, at(52 - kilometreNorth, -0.1))).toBeCloseTo(1000, 0);
  });

  it('PL-22: a circle reaches over an edge when its radius does, and not before', () => {
    const outside = at(52 + 1000 / 111_195, -0.1);
    expect([circleOverlaps(square, outside, 990), circleOverlaps(square, outside, 1010)]).toEqual([
      false,
      true,
    ]);
    expect(circleOverlaps(square, at(51.9, -0.1), 0)).toBe(true);
  });

  it('PL-51: a distance is the same on the plane and on the earth, to a thousandth, and comes back', () => {
    const offsets = fc.record({
      east: fc.double({ min: -30_000, max: 30_000, noNaN: true }),
      north: fc.double({ min: -30_000, max: 30_000, noNaN: true }),
    });
    const origin = at(51.85, -0.25);
    const property = fc.property(offsets, (offset) => {
      const point = pointAt(origin, offset);
      const back = offsetFrom(origin, point);
      expect(Math.hypot(back.east - offset.east, back.north - offset.north)).toBeLessThan(0.01);
      const flat = Math.hypot(offset.east, offset.north);
      expect(Math.abs(metresBetween(origin, point) - flat)).toBeLessThanOrEqual(flat * 0.004 + 0.01);
    });
    fc.assert(property);
  });
});
