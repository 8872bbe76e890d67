import { areasAt } from './areas.ts';
import type { Gazetteer } from './gazetteer.ts';
import type { Point } from './point.ts';
import { lineOf } from './road-position.ts';
import {
  boxOf,
  clipLine,
  isInBox,
  middleOfLine,
  pixelOf,
  pointOfPixel,
  type Frame,
  type Pixel,
} from './sketch-frame.ts';
import type { Wish } from './sketch-labels.ts';

/** A line of the drawing, cut to its edges. */
export interface DrawnLine<Look> {
  readonly name: string;
  readonly look: Look;
  readonly parts: readonly (readonly Pixel[])[];
}

export type RoadLook = 'motorway' | 'road';
export type BorderLook = 'force-border' | 'district-border';
export type MarkLook = 'place' | 'other' | 'town' | 'landmark' | 'junction';

export interface Mark extends Pixel {
  readonly look: MarkLook;
  readonly text: string;
}

/** Above this many metres across, junctions and landmarks would cover the drawing. */
const DETAIL_SPAN = 16_000;
/** Below this many metres across there is room for streets. */
const STREET_SPAN = 3000;

export const metresAcross = ({ metresPerPixel, width, height }: Frame): number =>
  metresPerPixel * Math.min(width, height);

/** The roads that the drawing meets; motorways last, because they lie above. */
export function roadLines({ roads }: Gazetteer, frame: Frame): readonly DrawnLine<RoadLook>[] {
  return roads
    .map((road) => ({
      name: road.number,
      look: /^M|\(M\)$/.test(road.number) ? ('motorway' as const) : ('road' as const),
      parts: clipLine(
        lineOf(road).map((point) => pixelOf(frame, point)),
        boxOf(frame),
      ),
    }))
    .filter(({ parts }) => parts.length > 0)
    .toSorted((one, other) => Number(one.look === 'motorway') - Number(other.look === 'motorway'));
}

/** Boundaries, those between forces above those between districts. */
export function borderLines({ areas }: Gazetteer, frame: Frame): readonly DrawnLine<BorderLook>[] {
  return areas.borders
    .map(({ kind, line }) => ({
      name: kind,
      look: `${kind}-border` as const,
      parts: clipLine(
        line.map((point) => pixelOf(frame, point)),
        boxOf(frame),
      ),
    }))
    .toSorted((one, other) => Number(one.look === 'force-border') - Number(other.look === 'force-border'));
}

/** Towns always; junctions, landmarks and streets as there is room. Nearest to the middle first, so that they are named first. */
export function marksIn({ entries }: Gazetteer, frame: Frame, besides: string | undefined): readonly Mark[] {
  const across = metresAcross(frame);
  const mark = (look: MarkLook, text: string, point: Point): Mark[] => [
    { look, text, ...pixelOf(frame, point) },
  ];
  const middle = pixelOf(frame, frame.centre);
  return entries
    .flatMap(({ kind, name, point }) => {
      if (name === besides || kind === 'address') return [];
      if (kind === 'town') return mark('town', name, point);
      if (across > (kind === 'street' ? STREET_SPAN : DETAIL_SPAN)) return [];
      if (kind !== 'junction') return mark('landmark', name, point);
      const number = /(?<!with .*)\b(J\d+A?)$/.exec(name)?.[1];
      return number === undefined ? [] : mark('junction', number, point);
    })
    .filter((one) => isInBox(boxOf(frame), one))
    .toSorted((one, other) => far(one, middle) - far(other, middle));
}

/** A road's number on its longest part, motorways first; of a scrap at the edge, and of small roads from far off, nothing. */
export function roadWishes(roads: readonly DrawnLine<RoadLook>[], frame: Frame): Wish[] {
  const isFar = metresAcross(frame) > 2 * DETAIL_SPAN;
  return roads
    .flatMap(({ name, look, parts }) => {
      const middle = middleOfLine(parts);
      if (middle === null || middle.length < 40 || (isFar && look === 'road')) return [];
      const also = parts.flatMap((part) =>
        part.slice(1).flatMap((to, at) => {
          const from = part[at] ?? to;
          return [0.5, 0.25, 0.75].map((share) => ({
            x: from.x + share * (to.x - from.x),
            y: from.y + share * (to.y - from.y),
          }));
        }),
      );
      return [
        { length: middle.length, wish: { text: name, look, at: middle.at, stand: 'on', also } as const },
      ];
    })
    .toSorted(
      (one, other) =>
        Number(other.wish.look === 'motorway') - Number(one.wish.look === 'motorway') ||
        other.length - one.length,
    )
    .map(({ wish }) => wish);
}

/** Names of areas, where a boundary is seen: each where most of it shows. One area alone needs no name. */
export function areaWishes({ areas }: Gazetteer, frame: Frame): Wish[] {
  const seen = new Map<string, { look: 'district' | 'force'; spots: Pixel[] }>();
  for (const spot of gridOfSpots(frame)) {
    const { district, force } = areasAt(areas, pointOfPixel(frame, spot), 0);
    const text = district !== null ? `${district.name} district` : (force?.name ?? null);
    if (text === null) continue;
    const row = seen.get(text);
    if (row === undefined) seen.set(text, { look: district === null ? 'force' : 'district', spots: [spot] });
    else row.spots.push(spot);
  }
  if (seen.size < 2 || metresAcross(frame) > 2 * DETAIL_SPAN) return [];
  return [...seen].map(([text, { look, spots }]) => {
    const centre = {
      x: spots.reduce((sum, { x }) => sum + x, 0) / spots.length,
      y: spots.reduce((sum, { y }) => sum + y, 0) / spots.length,
    };
    const [at = centre, ...also] = spots.toSorted((one, other) => far(one, centre) - far(other, centre));
    return { text, look, at, stand: 'on', also };
  });
}

/** Spots spread evenly over the drawing, where the name of an area may stand. */
function gridOfSpots({ width, height }: Frame): Pixel[] {
  const across = 11;
  return Array.from({ length: across ** 2 }, (_, at) => ({
    x: ((at % across) + 0.5) * (width / across),
    y: (Math.floor(at / across) + 0.5) * (height / across),
  }));
}

const far = (one: Pixel, other: Pixel): number => Math.hypot(one.x - other.x, one.y - other.y);
