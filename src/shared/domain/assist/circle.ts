import type { Location } from '../location.ts';

/** A place as a circle: somebody is within so many metres of a point. */
export interface Circle {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusMetres: number;
}

/** As far as a file of places is off with a house that a handler has agreed. Metres. */
export const HOUSE_WITHIN = 20;

/** Mean radius of the earth. Metres. */
const EARTH = 6_371_009;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres between the middles of two circles, along the ground. */
export function metresBetween(a: Circle, b: Circle): number {
  const [from, to] = [radians(a.latitude), radians(b.latitude)];
  const north = Math.sin((to - from) / 2) ** 2;
  const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(north + Math.cos(from) * Math.cos(to) * east)));
}

/** The shortest that two people within the circles can be apart. Metres; 0 when the circles touch. */
export function gapBetween(a: Circle, b: Circle): number {
  return Math.max(0, metresBetween(a, b) - a.radiusMetres - b.radiusMetres);
}

/**
 * The circles of a contact that say where it is. One wider than `largestRadiusMetres` (a mast) says too little; one without a radius is taken
 * as a point.
 */
export function circlesOf(locations: readonly Location[], largestRadiusMetres: number): readonly Circle[] {
  return locations.flatMap(({ latitude, longitude, radiusMetres }) =>
    (radiusMetres ?? 0) <= largestRadiusMetres
      ? [{ latitude, longitude, radiusMetres: radiusMetres ?? 0 }]
      : [],
  );
}

/** The shortest gap between any of one and any of the other. Metres; `null` when one has none. */
export function nearest(some: readonly Circle[], others: readonly Circle[]): number | null {
  const gaps = some.flatMap((one) => others.map((other) => gapBetween(one, other)));
  return gaps.length === 0 ? null : Math.min(...gaps);
}
