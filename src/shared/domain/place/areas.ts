import { must } from '../../lib/assert.ts';
import type { Border, PlacesPolicy, Spot } from '../policy/places.ts';
import { metresBetween, type Point } from './point.ts';
import { circleOverlaps, isInside, metresToEdge, type Ring } from './polygon.ts';

export interface Force {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly isHome: boolean;
}

export interface District {
  readonly id: string;
  readonly name: string;
  readonly council: string;
}

/** The areas of a place file, ready to be asked. Built once. */
export interface AreaMap {
  readonly forces: readonly (Force & { readonly ring: Ring })[];
  readonly districts: readonly (District & { readonly ring: Ring })[];
  /** Lines between areas, each once: for drawing. */
  readonly borders: readonly { readonly kind: 'force' | 'district'; readonly line: Ring }[];
  readonly neighbourhoods: readonly {
    readonly name: string;
    readonly district: string;
    readonly centre: Point;
  }[];
}

/** Whose a place is (rules PL-20 to PL-22). */
export interface AreasAt {
  /** `null` beyond the edge of what the file knows. */
  readonly force: Force | null;
  /** `null` outside the county. */
  readonly district: District | null;
  readonly neighbourhood: string | null;
  /** Which boundaries the circle of uncertainty reaches over, nearest first; empty when none. */
  readonly crosses: readonly BoundaryCrossed[];
}

export interface BoundaryCrossed {
  readonly kind: 'force' | 'district';
  /** On whose side the point itself lies. */
  readonly here: string;
  /** Whose side the circle reaches too. */
  readonly beyond: string;
  /** From the point to the other side. */
  readonly metres: number;
}

export const pointFrom = ([latitude, longitude]: Spot): Point => ({ latitude, longitude });

/** The areas of a checked place file: its schema has made sure that every outline closes. */
export function buildAreas(
  places: Pick<PlacesPolicy, 'borders' | 'forces' | 'districts' | 'neighbourhoods'>,
): AreaMap {
  const borders = new Map(places.borders.map((border) => [border.id, border]));
  const ring = (outline: readonly string[]): Ring =>
    must(
      ringOf(outline.map((id) => must(borders.get(id), `border ${id}`))),
      `a closed ring of ${outline.join(', ')}`,
    );
  return {
    forces: places.forces.map(({ id, name, short, isHome, outline }) => ({
      id,
      name,
      short,
      isHome,
      ring: ring(outline),
    })),
    districts: places.districts.map(({ id, name, council, outline }) => ({
      id,
      name,
      council,
      ring: ring(outline),
    })),
    borders: places.borders.flatMap(({ id, line }) => {
      const kind = betweenTwo(places.forces, id)
        ? ('force' as const)
        : betweenTwo(places.districts, id)
          ? ('district' as const)
          : null;
      // A line with an area on one side only is where the file ends, not a boundary.
      return kind === null ? [] : [{ kind, line: line.map(pointFrom) }];
    }),
    neighbourhoods: places.neighbourhoods.map(({ name, district, centre }) => ({
      name,
      district,
      centre: pointFrom(centre),
    })),
  };
}

const betweenTwo = (areas: readonly { readonly outline: readonly string[] }[], border: string): boolean =>
  areas.filter(({ outline }) => outline.includes(border)).length > 1;

/** Borders joined end to end, each turned as it must be; `null` when they do not close. */
export function ringOf(borders: readonly Border[]): Ring | null {
  const [first, second] = borders;
  if (first === undefined) return null;
  const ends = second === undefined ? first.line : [second.line[0], second.line.at(-1)];
  const isForward = ends.some((end) => same(end, first.line.at(-1)));
  const ring: Spot[] = isForward ? [...first.line] : first.line.toReversed();
  for (const { line } of borders.slice(1)) {
    if (same(line[0], ring.at(-1))) ring.push(...line.slice(1));
    else if (same(line.at(-1), ring.at(-1))) ring.push(...line.toReversed().slice(1));
    else return null;
  }
  if (ring.length < 4 || !same(ring[0], ring.at(-1))) return null;
  return ring.slice(1).map(pointFrom);
}

const same = (one: Spot | undefined, other: Spot | undefined): boolean =>
  one !== undefined && other !== undefined && one[0] === other[0] && one[1] === other[1];

/** Whose a point is, and whose it may be within `radiusMetres`. Callers at a boundary reach the wrong force by the mast they use. */
export function areasAt(map: AreaMap, point: Point, radiusMetres: number): AreasAt {
  const force = map.forces.find(({ ring }) => isInside(ring, point)) ?? null;
  const district = map.districts.find(({ ring }) => isInside(ring, point)) ?? null;
  const crossed = (
    kind: BoundaryCrossed['kind'],
    here: Force | District | null,
    areas: readonly ((Force | District) & { readonly ring: Ring })[],
  ): BoundaryCrossed[] =>
    here === null
      ? []
      : areas
          .filter((area) => area.id !== here.id && circleOverlaps(area.ring, point, radiusMetres))
          .map((area) => ({
            kind,
            here: here.name,
            beyond: area.name,
            metres: Math.round(metresToEdge(area.ring, point)),
          }));
  return {
    force: force && { id: force.id, name: force.name, short: force.short, isHome: force.isHome },
    district: district && { id: district.id, name: district.name, council: district.council },
    neighbourhood: district === null ? null : nearestNeighbourhood(map, district.id, point),
    crosses: [
      ...crossed('force', force, map.forces),
      ...crossed('district', district, map.districts),
    ].toSorted((one, other) => one.metres - other.metres),
  };
}

function nearestNeighbourhood(map: AreaMap, district: string, point: Point): string | null {
  let nearest: string | null = null;
  let least = Infinity;
  for (const { name, district: its, centre } of map.neighbourhoods) {
    if (its !== district) continue;
    const metres = metresBetween(centre, point);
    if (metres < least) [nearest, least] = [name, metres];
  }
  return nearest;
}

/**
 * What a handler must be told about the boundary, or `null` (rule PL-22): a place that is another force's, or may be. The call is
 * taken fully in either case; it is never turned away.
 */
export function boundaryWarning({ force, crosses }: AreasAt): string | null {
  if (force === null) return 'This is beyond the map. Ask for the county and the nearest town.';
  const others = crosses.filter(({ kind }) => kind === 'force').map(({ beyond }) => beyond);
  const handOver = 'Take the call fully, then pass it on and stay until it is accepted.';
  if (!force.isHome)
    return others.length === 0
      ? `This is ${force.name}. ${handOver}`
      : `This is ${force.name}, and may be ${listed(others)}. ${handOver}`;
  return others.length === 0
    ? null
    : `This may be ${listed(others)}: the circle crosses the boundary. Ask which side.`;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
