import type { Location, LocationMethod } from '../../shared/domain/location.ts';

/** How a machine found it, in a word or two: for a line or a map with little room. */
const shortMethodWords: Readonly<Record<LocationMethod, string>> = {
  aml: 'AML',
  cell: 'Mast',
  'fixed-line': 'Line',
  device: 'App or car',
  caller: 'Caller',
};

/** "22 m", "2.8 km", "29 km". */
export function distanceWords(metres: number): string {
  if (metres < 1_000) return `${Math.round(metres)} m`;
  return `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0)} km`;
}

/** "AML 22 m", "Mast 2.8 km". */
export const machineWords = ({ method, radiusMetres }: Pick<Location, 'method' | 'radiusMetres'>): string =>
  [shortMethodWords[method], ...(radiusMetres === null ? [] : [distanceWords(radiusMetres)])].join(' ');

/** The location that says most: the newest that the handset itself told, else the newest of all. */
export function bestLocation(locations: readonly Location[]): Location | null {
  const own = locations.filter(({ method }) => method === 'aml' || method === 'device');
  return own.at(-1) ?? locations.at(-1) ?? null;
}
