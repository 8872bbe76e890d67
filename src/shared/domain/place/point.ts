/** A position on the earth, degrees, WGS 84: what a handset and a satellite say. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A position east and north of another, metres. */
export interface Offset {
  readonly east: number;
  readonly north: number;
}

/** The earth's mean radius, metres. */
const EARTH = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Metres between two points, along the earth (haversine). */
export function metresBetween(one: Point, other: Point): number {
  const halfNorth = Math.sin(radians(other.latitude - one.latitude) / 2);
  const halfEast = Math.sin(radians(other.longitude - one.longitude) / 2);
  const share =
    halfNorth ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * halfEast ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(share)));
}

/** How far `point` is east and north of `origin`, on a flat plane: true to a thousandth within a county. */
export function offsetFrom(origin: Point, point: Point): Offset {
  return {
    east: radians(point.longitude - origin.longitude) * Math.cos(radians(origin.latitude)) * EARTH,
    north: radians(point.latitude - origin.latitude) * EARTH,
  };
}

/** The point that lies so far from `origin`: the opposite of `offsetFrom`. */
export function pointAt(origin: Point, { east, north }: Offset): Point {
  return {
    latitude: origin.latitude + degrees(north / EARTH),
    longitude: origin.longitude + degrees(east / (EARTH * Math.cos(radians(origin.latitude)))),
  };
}

/** Whether a position can be in the United Kingdom or the sea around it. */
export const isNearBritain = ({ latitude, longitude }: Point): boolean =>
  latitude >= 49 && latitude <= 61 && longitude >= -9 && longitude <= 2.5;
