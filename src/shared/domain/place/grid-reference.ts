import { gridOf, pointOf } from './osgb36.ts';
import type { Point } from './point.ts';

/** How many figures are written: to 100 m, 10 m or 1 m. */
export type GridFigures = 6 | 8 | 10;

/** A grid reference that was read, or why it cannot be one. */
export type GridReading =
  | {
      readonly kind: 'read';
      /** In the usual form: `TL 234 123`. */
      readonly reference: string;
      /** The middle of the square that is named. */
      readonly point: Point;
      /** The side of that square, metres. */
      readonly squareMetres: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** The grid's letters, a square of five by five, from the north-west. I is not among them. */
const letters = 'ABCDEFGHJKLMNOPQRSTUVWXYZ';
const HUNDRED_KM = 100_000;

/** What looks like a grid reference: two letters and at least four figures, however spaced. */
const shape = /^([a-z])\s*([a-z])\s*((?:\d\s*){4,})$/i;

export const looksLikeGridReference = (text: string): boolean => shape.test(text.trim());

/** Reads `TL 234 123`, `tl234123`, `TL 23400 12300`. Four figures (1 km) to ten (1 m). */
export function readGridReference(text: string): GridReading {
  const found = shape.exec(text.trim());
  const refuse = (reason: string): GridReading => ({ kind: 'refused', reason });
  if (found === null) return refuse('A grid reference is two letters and an even number of figures.');
  const [first, second] = [found[1], found[2]].map((letter) => (letter ?? '').toUpperCase()) as [
    string,
    string,
  ];
  const groups = (found[3] ?? '').trim().split(/\s+/);
  const figures = groups.join('');
  if (figures.length % 2 === 1)
    return refuse(`It has ${figures.length} figures: one is missing or too many. Ask for it again.`);
  if (figures.length > 10) return refuse('It has more than ten figures. Ask for it again.');
  if (groups.length === 2 && groups[0]?.length !== groups[1]?.length)
    return refuse('Its two halves are not equally long. Ask for it again.');
  const corner = squareCorner(first, second);
  if (corner === null) return refuse(`${first}${second} is not a square of the national grid.`);
  const half = figures.length / 2;
  const [east, north] = [figures.slice(0, half), figures.slice(half)];
  const side = 10 ** (5 - half);
  const point = pointOf({
    easting: corner.easting + Number(east) * side + side / 2,
    northing: corner.northing + Number(north) * side + side / 2,
  });
  return { kind: 'read', reference: `${first}${second} ${east} ${north}`, point, squareMetres: side };
}

/** The reference of the square a point lies in, or `null` off the grid. Figures are cut, not rounded, as on a map. */
export function gridReference(point: Point, figures: GridFigures): string | null {
  const { easting, northing } = gridOf(point);
  if (!(easting >= 0 && easting < 7 * HUNDRED_KM && northing >= 0 && northing < 13 * HUNDRED_KM)) return null;
  const column = Math.floor(easting / HUNDRED_KM);
  const row = Math.floor(northing / HUNDRED_KM);
  const first = letters[(3 - Math.floor(row / 5)) * 5 + 2 + Math.floor(column / 5)] ?? '';
  const second = letters[(4 - (row % 5)) * 5 + (column % 5)] ?? '';
  const half = figures / 2;
  const cut = (metres: number): string =>
    String(Math.floor((metres % HUNDRED_KM) / 10 ** (5 - half))).padStart(half, '0');
  return `${first}${second} ${cut(easting)} ${cut(northing)}`;
}

/** The south-west corner of a square of 100 km, metres; `null` when Great Britain has no such square. */
function squareCorner(first: string, second: string): { easting: number; northing: number } | null {
  const [large, small] = [letters.indexOf(first), letters.indexOf(second)];
  if (large < 0 || small < 0) return null;
  // The large squares are counted from S V, two columns and a row in from the letters' own corner.
  const column = ((large % 5) - 2) * 5 + (small % 5);
  const row = (3 - Math.floor(large / 5)) * 5 + (4 - Math.floor(small / 5));
  if (column < 0 || column > 6 || row < 0 || row > 12) return null;
  return { easting: column * HUNDRED_KM, northing: row * HUNDRED_KM };
}
