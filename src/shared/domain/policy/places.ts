import type { PolicyHeader } from './header.ts';

/**
 * The places a handler can find without a network (rules PL): areas, roads, landmarks, streets. The file that comes with the program is a
 * sketch, and says so in `note`; a force puts its own in its place.
 */
export interface PlacesPolicy extends PolicyHeader {
  /** What this data is and is not; shown with every map drawn from it. */
  readonly note: string;
  readonly borders: readonly Border[];
  readonly forces: readonly ForceArea[];
  readonly districts: readonly DistrictArea[];
  readonly neighbourhoods: readonly NeighbourhoodCentre[];
  readonly towns: readonly Town[];
  readonly roads: readonly Road[];
  readonly landmarks: readonly Landmark[];
  readonly streets: readonly Street[];
  readonly addresses: readonly Address[];
}

/** A position as a file writes it: degrees, WGS 84. */
export type Spot = readonly [latitude: number, longitude: number];

/** A line between two areas, drawn once, so that neighbours share it. */
export interface Border {
  readonly id: string;
  readonly line: readonly Spot[];
}

export interface ForceArea {
  readonly id: string;
  /** `Metropolitan Police`. */
  readonly name: string;
  /** `Met`: where there is little room. */
  readonly short: string;
  /** The force that this program belongs to. Exactly one. */
  readonly isHome: boolean;
  /** Borders around the area, in their order; each joins the one before. */
  readonly outline: readonly string[];
}

export interface DistrictArea {
  readonly id: string;
  readonly name: string;
  /** Who answers for what is the council's. */
  readonly council: string;
  readonly outline: readonly string[];
}

/** A police neighbourhood: a point belongs to the nearest centre within its district. */
export interface NeighbourhoodCentre {
  readonly name: string;
  readonly district: string;
  readonly centre: Spot;
}

/** In the county with its district; outside with its force. */
export interface Town {
  readonly name: string;
  readonly district?: string | undefined;
  readonly force?: string | undefined;
  /** The first halves of its postcodes. */
  readonly postcodes: readonly string[];
  readonly centre: Spot;
}

export interface Road {
  /** `A1(M)`, `A414`. */
  readonly number: string;
  /** What travel is called: on carriageway A, as the line is drawn, then on carriageway B. */
  readonly directions: readonly [string, string];
  /** What a marker post says where the line begins, kilometres; absent when the road has none in this file. */
  readonly firstKilometre?: number | undefined;
  readonly junctions: readonly Junction[];
  readonly line: readonly Spot[];
}

export interface Junction {
  /** `J4`, `Stirling Corner`, `with A10`. */
  readonly name: string;
  /** Near which place, in words. */
  readonly place: string;
  readonly at: Spot;
}

export const landmarkKinds = [
  'station',
  'hospital',
  'police-station',
  'roundabout',
  'bridge',
  'road-feature',
  'shops',
  'services',
  'open-space',
  'campus',
  'mast',
] as const;
export type LandmarkKind = (typeof landmarkKinds)[number];

export interface Landmark {
  readonly kind: LandmarkKind;
  readonly name: string;
  readonly town: string;
  readonly at: Spot;
}

/** A street as a whole; its UPRN is that of the street's own record. */
export interface Street {
  readonly uprn: string;
  readonly name: string;
  readonly town: string;
  readonly postcode: string;
  readonly at: Spot;
}

/** One property. */
export interface Address {
  readonly uprn: string;
  /** `12`, `Flat 2`, `Brook End House`. */
  readonly house: string;
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
  readonly at: Spot;
}
