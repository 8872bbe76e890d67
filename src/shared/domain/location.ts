import type { Instant } from './time.ts';

/**
 * How a location was found. `aml`: the handset's own, sent by itself in an emergency call, often 15 to 30 s late. `cell`: the
 * mast. `fixed-line`: the subscriber's address. `device`: an app or a car. `caller`: what the person says.
 */
export const locationMethods = ['aml', 'cell', 'fixed-line', 'device', 'caller'] as const;
export type LocationMethod = (typeof locationMethods)[number];

/** Further than this from its middle no method can place a caller: the longest reach of a mast. Metres. */
export const WIDEST_LOCATION = 120_000;

/** Where somebody was said to be. May be wrong: it never replaces what a handler has typed. */
export interface Location {
  readonly method: LocationMethod;
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** Within so many metres, as the method itself says; `null` when it does not. */
  readonly radiusMetres: number | null;
  /** In words, without a house number; `null` when the source has none. */
  readonly place: string | null;
  /** When it was measured, by the source's clock. */
  readonly at: Instant;
}

/** So many locations a contact shows: the first, and the newest of the others. */
export const LOCATIONS_SHOWN = 500;
