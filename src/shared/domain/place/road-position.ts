import type { Road } from '../policy/places.ts';
import { pointFrom } from './areas.ts';
import { metresBetween, offsetFrom, pointAt, type Point } from './point.ts';
import { nearestOnStretch } from './polygon.ts';

/** A road's line as points. */
export const lineOf = (road: Road): readonly Point[] => road.line.map(pointFrom);

/** The point so many metres along a line, or `null` beyond its ends. */
export function pointAlong(line: readonly Point[], metres: number): Point | null {
  let left = metres;
  if (left < 0) return null;
  for (const [at, from] of line.entries()) {
    const to = line[at + 1];
    if (to === undefined) break;
    const length = metresBetween(from, to);
    if (left <= length) {
      const share = length === 0 ? 0 : left / length;
      return {
        latitude: from.latitude + share * (to.latitude - from.latitude),
        longitude: from.longitude + share * (to.longitude - from.longitude),
      };
    }
    left -= length;
  }
  return null;
}

/** The place on a line that is nearest to a point: how far along, and how far off, metres. */
export function nearestOnLine(
  line: readonly Point[],
  point: Point,
): { readonly point: Point; readonly along: number; readonly off: number } {
  let best = { point: line[0] ?? point, along: 0, off: Infinity };
  let passed = 0;
  for (const [at, from] of line.entries()) {
    const to = line[at + 1];
    if (to === undefined) break;
    const { offset, share } = nearestOnStretch(offsetFrom(point, from), offsetFrom(point, to));
    const off = Math.hypot(offset.east, offset.north);
    const length = metresBetween(from, to);
    if (off < best.off) best = { point: pointAt(point, offset), along: passed + share * length, off };
    passed += length;
  }
  return best;
}

/** The length of a line, metres. */
export function lengthOf(line: readonly Point[]): number {
  return line.slice(1).reduce((sum, to, at) => sum + metresBetween(line[at] ?? to, to), 0);
}

/** Where a marker post stands, or `null` when the road has none of that number in the file (rule PL-05). */
export function markerPoint(road: Road, kilometre: number): Point | null {
  return road.firstKilometre === undefined
    ? null
    : pointAlong(lineOf(road), Math.round((kilometre - road.firstKilometre) * 1000));
}

/** The first and last kilometre that the file knows of a road, to a tenth; `null` without marker posts. */
export function markerRange(road: Road): readonly [number, number] | null {
  if (road.firstKilometre === undefined) return null;
  return [road.firstKilometre, Math.floor(road.firstKilometre * 10 + lengthOf(lineOf(road)) / 100) / 10];
}

/** What travel on a carriageway is called. A is the one along the line; J, K, L, M are slip roads and have no direction. */
export function directionOf(road: Road, carriageway: string | null): string | null {
  switch (carriageway) {
    case 'A':
      return road.directions[0];
    case 'B':
      return road.directions[1];
    default:
      return null;
  }
}

/** Midway between two junctions, and half the way between them: how far off that may be. */
export function between(
  road: Road,
  one: Point,
  other: Point,
): { readonly point: Point; readonly metres: number } {
  const line = lineOf(road);
  const [first, second] = [nearestOnLine(line, one).along, nearestOnLine(line, other).along];
  return {
    point: pointAlong(line, (first + second) / 2) ?? one,
    metres: Math.round(Math.abs(second - first) / 2),
  };
}
