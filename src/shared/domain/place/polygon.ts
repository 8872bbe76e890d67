import { offsetFrom, type Offset, type Point } from './point.ts';

/** The corners of an area in their order; the last joins the first. No holes. */
export type Ring = readonly Point[];

/** Whether a point lies in the area. Of two areas that share an edge, a point on it is in at most one. */
export function isInside(ring: Ring, point: Point): boolean {
  let inside = false;
  let before = ring.at(-1);
  for (const corner of ring) {
    if (before !== undefined && corner.latitude > point.latitude !== before.latitude > point.latitude) {
      const share = (point.latitude - before.latitude) / (corner.latitude - before.latitude);
      const longitude = before.longitude + share * (corner.longitude - before.longitude);
      if (point.longitude < longitude) inside = !inside;
    }
    before = corner;
  }
  return inside;
}

/** Metres from a point to the nearest edge of the area, from inside or outside. Infinite for a ring without corners. */
export function metresToEdge(ring: Ring, point: Point): number {
  const corners = ring.map((corner) => offsetFrom(point, corner));
  let nearest = Infinity;
  let before = corners.at(-1);
  for (const corner of corners) {
    if (before !== undefined) {
      const foot = nearestOnStretch(before, corner).offset;
      nearest = Math.min(nearest, Math.hypot(foot.east, foot.north));
    }
    before = corner;
  }
  return nearest;
}

/** Whether any part of a circle lies in the area. `radius`: metres. */
export const circleOverlaps = (ring: Ring, centre: Point, radius: number): boolean =>
  isInside(ring, centre) || metresToEdge(ring, centre) <= radius;

/** The place on a straight stretch that is nearest to the origin, and how far along it that is: 0 its start, 1 its end. */
export function nearestOnStretch(
  from: Offset,
  to: Offset,
): { readonly offset: Offset; readonly share: number } {
  const east = to.east - from.east;
  const north = to.north - from.north;
  const squared = east ** 2 + north ** 2;
  const share =
    squared === 0 ? 0 : Math.min(1, Math.max(0, -(from.east * east + from.north * north) / squared));
  return { offset: { east: from.east + share * east, north: from.north + share * north }, share };
}
