import { must } from '../../lib/assert.ts';
import type { Road } from '../policy/places.ts';
import { pointFrom } from './areas.ts';
import { plainFind, type Find } from './found-place.ts';
import type { Gazetteer } from './gazetteer.ts';
import type { PlaceText } from './place-text.ts';
import { plainWords } from './place-words.ts';
import { metresBetween, type Point } from './point.ts';
import {
  between,
  directionOf,
  lengthOf,
  lineOf,
  markerPoint,
  markerRange,
  nearestOnLine,
  pointAlong,
} from './road-position.ts';

/** What was found on numbered roads, or why nothing was. */
export interface RoadSearch {
  readonly finds: readonly Find[];
  /** A sentence for the handler when the number cannot be right; `null` otherwise. */
  readonly advice: string | null;
}

/** How far off a sketched road may be, metres. */
const SKETCHED_WITHIN = 500;
/** A caller farther than so many metres from the town they name may be somewhere else than their telephone says. */
const FAR_FROM_TOWN = 8000;

/** Roads of this number; a caller's A1 is often the A1(M), so that comes second. */
function roadsNumbered({ roads }: Gazetteer, number: string): readonly Road[] {
  return [
    ...roads.filter((road) => road.number === number),
    ...roads.filter((road) => road.number === `${number}(M)`),
  ];
}

const unknownRoad = (number: string): RoadSearch => ({
  finds: [],
  advice: `The ${number} is not on this map. Ask for a town, a junction or a landmark.`,
});

/** Where a marker post or driver location sign stands (rule PL-05). */
export function findMarker(
  gazetteer: Gazetteer,
  text: Extract<PlaceText, { kind: 'marker-post' }>,
): RoadSearch {
  const roads = roadsNumbered(gazetteer, text.road);
  if (roads.length === 0) return unknownRoad(text.road);
  const finds = roads.flatMap((road) => {
    const point = markerPoint(road, text.kilometre);
    if (point === null) return [];
    const side = text.carriageway === null ? '' : ` ${text.carriageway}`;
    return [
      plainFind({
        id: `marker-post:${road.number}${side} ${text.kilometre.toFixed(1)}`,
        kind: 'marker-post',
        name: `${road.number}${side} ${text.kilometre.toFixed(1)}`,
        town: nearestTown(gazetteer, point),
        point,
        precision: SKETCHED_WITHIN,
        directions: road.directions,
        direction: directionOf(road, text.carriageway),
        matched: 'number',
        why: 'the marker post, by distance along the road',
      }),
    ];
  });
  if (finds.length > 0) return { finds, advice: null };
  const [road] = roads;
  const range = road === undefined ? null : markerRange(road);
  return {
    finds,
    advice:
      range === null
        ? `No marker posts of the ${text.road} are known here. Ask for the junction before and the direction.`
        : `Marker posts of the ${road?.number ?? text.road} are known here from ${range[0].toFixed(1)} to ${range[1].toFixed(1)}. Ask for the number again.`,
  };
}

/** A junction, or the stretch between two; without a road, every road that has it (rule PL-06). */
export function findJunction(
  gazetteer: Gazetteer,
  text: Extract<PlaceText, { kind: 'junction' }>,
): RoadSearch {
  const roads = text.road === null ? gazetteer.roads : roadsNumbered(gazetteer, text.road);
  if (roads.length === 0 && text.road !== null) return unknownRoad(text.road);
  const finds = roads.flatMap((road) => {
    const one = road.junctions.find(({ name }) => name === text.junction);
    const other = road.junctions.find(({ name }) => name === text.until);
    if (one === undefined || (text.until !== null && other === undefined)) return [];
    const middle = other === undefined ? null : between(road, pointFrom(one.at), pointFrom(other.at));
    const point = middle?.point ?? pointFrom(one.at);
    const name =
      other === undefined ? `${road.number} ${one.name}` : `${road.number} ${one.name} to ${other.name}`;
    return [
      plainFind({
        id: `junction:${name}`,
        kind: 'junction',
        name,
        town: other === undefined ? one.place : nearestTown(gazetteer, point),
        point,
        precision: middle === null ? SKETCHED_WITHIN : 'road',
        directions: road.directions,
        direction: directionSaid(road, text.rest),
        matched: 'number',
        why: other === undefined ? 'the junction' : 'midway between the two junctions',
      }),
    ];
  });
  if (finds.length > 0) return { finds, advice: null };
  const which = [text.junction, text.until].filter((name) => name !== null).join(' and ');
  return {
    finds,
    advice: `The ${text.road ?? 'map'} has no ${which} here. Ask which road, and for the next junction.`,
  };
}

/** A numbered road: at the town that was named, else near the caller, else its middle (rule PL-07). */
export function findRoad(
  gazetteer: Gazetteer,
  text: Extract<PlaceText, { kind: 'road' }>,
  anchor: {
    readonly town: { readonly name: string; readonly point: Point } | null;
    readonly near: Point | null;
  },
): RoadSearch {
  const roads = roadsNumbered(gazetteer, text.road);
  if (roads.length === 0) return unknownRoad(text.road);
  const { town, near } = anchor;
  // Where the caller stands says more than the town's middle, unless it is far from the town that they name.
  const isCallerThere = near !== null && (town === null || metresBetween(near, town.point) <= FAR_FROM_TOWN);
  const by = isCallerThere ? near : (town?.point ?? null);
  const beside = isCallerThere ? 'the caller' : (town?.name ?? null);
  const finds = roads.map((road) => {
    const line = lineOf(road);
    const point = by === null ? pointAlong(line, lengthOf(line) / 2) : nearestOnLine(line, by).point;
    return plainFind({
      id: `road:${road.number}${town === null ? '' : ` ${town.name}`}`,
      kind: 'road',
      name: road.number,
      // Its middle is nobody's place: no town is named after it.
      town: town?.name ?? (by === null ? null : nearestTown(gazetteer, must(point, 'a point on a road'))),
      point: must(point, 'a point on a road'),
      precision: 'road',
      directions: road.directions,
      direction: directionSaid(road, text.rest),
      matched: 'number',
      why:
        beside === null ? 'the road; nothing says where on it' : `the road, where it is nearest to ${beside}`,
    });
  });
  return { finds, advice: null };
}

/** The direction that was said: "northbound", "towards Hertford". `null` when none, or when it fits both. */
function directionSaid({ directions }: Road, rest: string): string | null {
  const said = plainWords(rest);
  const at = said.findIndex((word) => word === 'towards' || word === 'toward');
  const fits = directions.filter((direction) => {
    const [first, ...words] = plainWords(direction);
    if (first !== 'towards') return first !== undefined && said.includes(first);
    return (
      at >= 0 && words.some((word) => word !== 'and' && word !== 'the' && said.slice(at + 1).includes(word))
    );
  });
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

/** The town nearest to a point: what a position is called. */
export function nearestTown({ towns }: Gazetteer, point: Point): string | null {
  let nearest: string | null = null;
  let least = Infinity;
  for (const town of towns) {
    const metres = metresBetween(town.point, point);
    if (metres < least) [nearest, least] = [town.name, metres];
  }
  return nearest;
}
