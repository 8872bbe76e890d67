import type { SaidSpot } from '../../../shared/domain/record/parts.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { areasAt, boundaryWarning, type AreasAt } from '../../../shared/domain/place/areas.ts';
import { lookUp } from '../../../shared/domain/place/find-place.ts';
import type { FoundPlace } from '../../../shared/domain/place/found-place.ts';
import type { Gazetteer } from '../../../shared/domain/place/gazetteer.ts';
import { houseAndWords } from '../../../shared/domain/place/house.ts';
import { nearWords } from '../../../shared/domain/place/nearest-place.ts';
import { placeWords } from '../../../shared/domain/place/place-words.ts';
import type { Point } from '../../../shared/domain/place/point.ts';
import { readBack, spelledName } from '../../../shared/domain/place/read-back.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import type { Taken } from './place-form.ts';

/** A place that was taken and is not kept yet: what a row would show, and what only the contact does. */
export interface Candidate {
  /** Without a house (rule PL-64). */
  readonly words: string;
  /** The house that came with it; empty when none did. */
  readonly house: string;
  /** Where on the map; `null` when it stands in words alone (rule PL-65). */
  readonly point: Point | null;
  /** Metres; `null` when no circle is known. */
  readonly radiusMetres: number | null;
  /** What is said to the caller. */
  readonly sentence: string;
  /** The name in the radio alphabet; empty where there is nothing to spell. */
  readonly spelled: string;
  /** Of a road whose direction is not known yet: both. */
  readonly directions: readonly [string, string] | null;
  /** Whose it is; `null` where no position says so. */
  readonly areas: AreasAt | null;
  /** The town that stands in the warning of another force's place. */
  readonly town: string | null;
}

/** The candidate that a form names; `null` when the file does not hold it any more, or has not been read yet. */
export function candidateOf(
  taken: Taken,
  gazetteer: Gazetteer | null,
  direction: string | null,
): Candidate | null {
  switch (taken.kind) {
    case 'words':
      return candidateOfWords(taken.words);
    case 'location':
      return candidateOfLocation(taken.location, gazetteer);
    case 'found': {
      if (gazetteer === null) return null;
      const { found } = lookUp(gazetteer, taken.query, { near: taken.near });
      const place = found.find(({ id }) => id === taken.id);
      return place === undefined ? null : candidateOfPlace(place, gazetteer, direction);
    }
    default:
      return unreachable(taken);
  }
}

/** Of these the town is only the nearest one. */
const besideTown = new Set<FoundPlace['kind']>(['grid-reference', 'coordinates', 'marker-post', 'road']);

export function candidateOfPlace(
  found: FoundPlace,
  gazetteer: Gazetteer,
  direction: string | null = null,
): Candidate {
  const place = { ...found, direction: found.direction ?? direction };
  const { kind, name, town, precision, point } = place;
  const { house, street } = withoutHouse(place, gazetteer);
  const inTown = town === null || town === name ? [] : [besideTown.has(kind) ? `near ${town}` : town];
  const way = place.direction === null ? '' : ` ${place.direction}`;
  // A town's middle, and the middle of a long road, are nobody's place.
  const isSomewhere = precision !== 'area' && !(kind === 'road' && town === null);
  const radiusMetres = typeof precision === 'number' ? precision : null;
  return {
    words: [`${street}${way}`, ...inTown].join(', '),
    house,
    point: isSomewhere ? point : null,
    radiusMetres,
    sentence: readBack(place),
    spelled: spelledName({ name: street }),
    directions: found.direction === null ? found.directions : null,
    areas:
      place.force === null && kind === 'road' ? null : areasAt(gazetteer.areas, point, radiusMetres ?? 0),
    town: town ?? name,
  };
}

/** The name of an address begins or ends with its house; the street's own words say where. */
function withoutHouse(
  { id, kind, name, house }: FoundPlace,
  { entries }: Gazetteer,
): { readonly house: string; readonly street: string } {
  if (kind !== 'address') return { house: house ?? '', street: name };
  const words = entries.find((entry) => entry.id === id)?.words.join(' ');
  const breaks = [...name.matchAll(/[\s,]+/g)].map(({ index, 0: gap }) => ({
    index,
    end: index + gap.length,
  }));
  const at = breaks.find(({ end }) => placeWords(name.slice(end)).join(' ') === words);
  return at === undefined
    ? { house: name, street: name.replace(/^\S+\s/, '') }
    : { house: name.slice(0, at.index), street: name.slice(at.end) };
}

function candidateOfLocation(location: Location, gazetteer: Gazetteer | null): Candidate {
  const { latitude, longitude, radiusMetres, place } = location;
  const point = { latitude, longitude };
  const near = gazetteer === null ? null : nearWords(gazetteer, point, radiusMetres);
  const words = place ?? near ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return {
    words,
    house: '',
    point,
    radiusMetres,
    // A position is not an address: what stands nearest is asked for, never told as theirs.
    sentence: `Say back: ${words}. Where exactly are you, and what is next to you?`,
    spelled: '',
    directions: null,
    areas: gazetteer === null ? null : areasAt(gazetteer.areas, point, radiusMetres ?? 0),
    town: null,
  };
}

/** As typed, but for a house number at the beginning: that belongs to what a row does not show. */
function candidateOfWords(typed: string): Candidate {
  const { house, words } = houseAndWords(typed);
  const said = house === '' ? words : `${house} ${words}`;
  return {
    words,
    house,
    point: null,
    radiusMetres: null,
    sentence: `Say back: ${said}. Which town is that in, and what is it next to?`,
    spelled: spelledName({ name: words }),
    directions: null,
    areas: null,
    town: null,
  };
}

export function spotOf({ words, house, point }: Candidate, detail: string, readBackTo: boolean): SaidSpot {
  const parts = [house, detail.trim()].filter((part) => part !== '');
  return { words, detail: parts.join(', '), point, readBack: readBackTo };
}

/**
 * What a handler must know of the boundary before anything else, or `null` (rule PL-22). The call is taken whole in every case; passing it
 * on comes afterwards.
 */
export function warningOf({ areas, town }: Pick<Candidate, 'areas' | 'town'>): string | null {
  if (areas === null) return null;
  const { force, crosses } = areas;
  if (force === null || force.isHome) return boundaryWarning(areas);
  const others = crosses.filter(({ kind }) => kind === 'force').map(({ beyond }) => beyond);
  const perhaps = others.length === 0 ? '' : ` It may be ${others.join(' or ')}: ask which side.`;
  const where = town === null ? 'This is' : `This is in ${town}:`;
  return `${where} ${ownerWords(force)}. Take the call fully, then Shift+T passes it on.${perhaps}`;
}

/** "the Met's" where the short name is a name of its own, else "Essex Police's". */
const ownerWords = ({ name, short }: { readonly name: string; readonly short: string }): string =>
  name.startsWith(`${short} `) ? `${name}’s` : `the ${short}’s`;

/** District, neighbourhood and force in a line. */
export function areaWords({ district, neighbourhood, force }: AreasAt): string {
  return [
    district === null ? null : `${district.name} district`,
    neighbourhood,
    force?.name ?? 'beyond the map',
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
