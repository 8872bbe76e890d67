import { offsetFrom, pointAt, type Point } from './point.ts';

/** A spot of the drawing: pixels from its upper left corner. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** An upright box of the drawing, pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a sketch shows: its middle, its size in pixels, and how many metres a pixel is. North is up. */
export interface Frame {
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  readonly metresPerPixel: number;
}

export const boxOf = ({ width, height }: Frame): Box => ({ left: 0, top: 0, right: width, bottom: height });

export function pixelOf({ centre, width, height, metresPerPixel }: Frame, point: Point): Pixel {
  const { east, north } = offsetFrom(centre, point);
  return { x: width / 2 + east / metresPerPixel, y: height / 2 - north / metresPerPixel };
}

/** The point that a spot of the drawing stands for: the opposite of `pixelOf`. */
export const pointOfPixel = ({ centre, width, height, metresPerPixel }: Frame, { x, y }: Pixel): Point =>
  pointAt(centre, { east: (x - width / 2) * metresPerPixel, north: (height / 2 - y) * metresPerPixel });

export const isInBox = ({ left, top, right, bottom }: Box, { x, y }: Pixel): boolean =>
  x >= left && x <= right && y >= top && y <= bottom;

export const boxesOverlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** The parts of a line that lie in the box, each as a line of its own. */
export function clipLine(line: readonly Pixel[], box: Box): readonly (readonly Pixel[])[] {
  const parts: Pixel[][] = [];
  for (const [at, from] of line.entries()) {
    const to = line[at + 1];
    const cut = to === undefined ? null : clipStretch(from, to, box);
    if (cut === null) continue;
    const last = parts.at(-1);
    const end = last?.at(-1);
    if (last !== undefined && end !== undefined && end.x === cut[0].x && end.y === cut[0].y)
      last.push(cut[1]);
    else parts.push([...cut]);
  }
  return parts;
}

/** The part of a straight stretch that lies in the box (Liang and Barsky), or `null`. */
function clipStretch(from: Pixel, to: Pixel, box: Box): readonly [Pixel, Pixel] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [enter, leave] = [0, 1];
  const edges: readonly (readonly [number, number])[] = [
    [-dx, from.x - box.left],
    [dx, box.right - from.x],
    [-dy, from.y - box.top],
    [dy, box.bottom - from.y],
  ];
  for (const [outward, room] of edges) {
    if (outward === 0) {
      if (room < 0) return null;
    } else if (outward < 0) enter = Math.max(enter, room / outward);
    else leave = Math.min(leave, room / outward);
  }
  if (enter > leave) return null;
  // An end that is inside stays exactly what it was, so that stretches join.
  const at = (share: number): Pixel => ({ x: from.x + share * dx, y: from.y + share * dy });
  return [enter === 0 ? from : at(enter), leave === 1 ? to : at(leave)];
}

/** Where somebody's eye looks for the name of a line: the middle of its longest part, and how long that part is. */
export function middleOfLine(
  parts: readonly (readonly Pixel[])[],
): { readonly at: Pixel; readonly length: number } | null {
  let best: { at: Pixel; length: number } | null = null;
  for (const part of parts) {
    const length = part.slice(1).reduce((sum, to, at) => sum + apart(part[at] ?? to, to), 0);
    if (best !== null && length <= best.length) continue;
    let left = length / 2;
    for (const [at, from] of part.entries()) {
      const to = part[at + 1];
      if (to === undefined) break;
      const step = apart(from, to);
      if (left <= step) {
        const share = step === 0 ? 0 : left / step;
        best = { at: { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) }, length };
        break;
      }
      left -= step;
    }
  }
  return best;
}

/** Spots along lines, so close together that a name cannot lie between two: what a name should rather not cover. */
export const spotsAlong = (parts: readonly (readonly Pixel[])[]): Pixel[] =>
  parts.flatMap((part) =>
    part.flatMap((from, at) => {
      const to = part[at + 1] ?? from;
      const steps = Math.max(1, Math.ceil(apart(from, to) / 6));
      return Array.from({ length: steps }, (_, step) => ({
        x: from.x + (step / steps) * (to.x - from.x),
        y: from.y + (step / steps) * (to.y - from.y),
      }));
    }),
  );

const apart = (one: Pixel, other: Pixel): number => Math.hypot(one.x - other.x, one.y - other.y);
