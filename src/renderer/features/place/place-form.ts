import { locationMethods, type Location } from '../../../shared/domain/location.ts';
import type { Point } from '../../../shared/domain/place/point.ts';
import { asInstant } from '../../../shared/domain/time.ts';

/** What was taken to be read back, so that it is found again after a restart. */
export type Taken =
  /** A place of the file: its id, and the search that brought it. */
  | { readonly kind: 'found'; readonly id: string; readonly query: string; readonly near: Point | null }
  /** What a machine told. */
  | { readonly kind: 'location'; readonly location: Location }
  /** Words that lead to no place. */
  | { readonly kind: 'words'; readonly words: string };

/** The sheet as it is being filled in: everything as typed. */
export interface PlaceForm {
  readonly typed: string;
  readonly detail: string;
  readonly taken: Taken | null;
  /** Of a road: the direction that the caller was asked for. */
  readonly direction: string | null;
}

export const blankForm: PlaceForm = { typed: '', detail: '', taken: null, direction: null };

type Kept = Readonly<Record<string, unknown>>;
const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads what the desk has kept of a form; `null` for anything else. */
export function readPlaceForm(value: unknown): PlaceForm | null {
  if (!isKept(value)) return null;
  const { direction } = value;
  return {
    typed: text(value['typed']),
    detail: text(value['detail']),
    taken: readTaken(value['taken']),
    direction: typeof direction === 'string' ? direction : null,
  };
}

function readTaken(value: unknown): Taken | null {
  if (!isKept(value)) return null;
  switch (value['kind']) {
    case 'found':
      return {
        kind: 'found',
        id: text(value['id']),
        query: text(value['query']),
        near: readPoint(value['near']),
      };
    case 'location': {
      const location = readLocation(value['location']);
      return location === null ? null : { kind: 'location', location };
    }
    case 'words':
      return text(value['words']) === '' ? null : { kind: 'words', words: text(value['words']) };
    default:
      return null;
  }
}

function readPoint(value: unknown): Point | null {
  if (!isKept(value)) return null;
  const { latitude, longitude } = value;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : null;
}

function readLocation(value: unknown): Location | null {
  const point = readPoint(value);
  if (point === null || !isKept(value)) return null;
  const { radiusMetres, place, at } = value;
  const method = locationMethods.find((each) => each === value['method']);
  if (method === undefined || typeof at !== 'number') return null;
  return {
    ...point,
    method,
    radiusMetres: typeof radiusMetres === 'number' ? radiusMetres : null,
    place: typeof place === 'string' ? place : null,
    at: asInstant(at),
  };
}
