import { areasAt } from './areas.ts';
import { nearestTown } from './find-on-road.ts';
import type { Gazetteer } from './gazetteer.ts';
import { metresBetween, type Point } from './point.ts';
import {
  areaWishes,
  borderLines,
  marksIn,
  roadLines,
  roadWishes,
  type BorderLook,
  type DrawnLine,
  type Mark,
  type MarkLook,
  type RoadLook,
} from './sketch-content.ts';
import { pixelOf, spotsAlong, type Box, type Frame, type Pixel } from './sketch-frame.ts';
import { placeLabels, type PlacedLabel, type Wish } from './sketch-labels.ts';

/** One thing to draw, in pixels from the upper left corner; what comes later lies above. */
export type SketchShape =
  | { readonly kind: 'line'; readonly look: RoadLook | BorderLook; readonly points: readonly Pixel[] }
  | { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number }
  | { readonly kind: 'mark'; readonly look: MarkLook; readonly x: number; readonly y: number }
  | ({ readonly kind: 'label' } & PlacedLabel)
  | ScaleBar;

interface ScaleBar {
  readonly kind: 'scale';
  readonly x: number;
  readonly y: number;
  /** Pixels. */
  readonly length: number;
  readonly text: string;
}

/** A drawing without tiles or a network: from the place file and nothing else. North is up. */
export interface Sketch {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly SketchShape[];
  /** What the drawing says, in a sentence, for those who do not see it. */
  readonly sentence: string;
  /** What the data is: shown under the drawing. */
  readonly note: string;
}

/** A second position, with its own circle when it has one. */
export interface OtherSpot {
  readonly point: Point;
  readonly name: string;
  /** Metres; absent or `null` when none is known. */
  readonly radiusMetres?: number | null;
}

export interface SketchWishes {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly place: Point;
  /** What the place is called; absent when it is only a position. */
  readonly name?: string | undefined;
  /** The circle of uncertainty, metres; `null` when none is known. */
  readonly radiusMetres?: number | null;
  /** Other positions of the same contact: what the mast says, what a second caller says. */
  readonly others?: readonly OtherSpot[];
  /** How many metres the shorter side shows; when absent, enough for the circle, the others and some roads around. */
  readonly spanMetres?: number;
}

/** The least that is shown by itself, metres: below this the file has too few roads to say where one is. */
const LEAST_SPAN = 6000;
/** The least that is ever shown, metres, whatever is asked for. */
const CLOSEST_SPAN = 200;

/** Draws what lies around a place (rules PL-50 to PL-53). */
export function drawSketch(gazetteer: Gazetteer, wishes: SketchWishes): Sketch {
  const { width, height, place, name, radiusMetres = null, others = [] } = wishes;
  const span = Math.max(CLOSEST_SPAN, wishes.spanMetres ?? spanFor(wishes));
  const frame: Frame = { centre: place, width, height, metresPerPixel: span / Math.min(width, height) };
  const middle = pixelOf(frame, place);
  const scale = scaleBar(frame);
  const borders = borderLines(gazetteer, frame);
  const roads = roadLines(gazetteer, frame);
  const around = marksIn(gazetteer, frame, name);
  const own: Mark[] = [
    ...others.map((other) => ({ look: 'other' as const, text: other.name, ...pixelOf(frame, other.point) })),
    { look: 'place', text: name ?? '', ...middle },
  ];
  const labels = placeLabels(
    [
      ...own
        .filter(({ text }) => text !== '')
        .toReversed()
        .map(wishFor),
      ...around.filter(({ look }) => look === 'town').map(wishFor),
      ...roadWishes(roads, frame),
      ...around.filter(({ look }) => look === 'junction').map(wishFor),
      ...areaWishes(gazetteer, frame),
      ...around.filter(({ look }) => look === 'landmark').map(wishFor),
    ],
    { left: 2, top: 2, right: width - 2, bottom: height - 2 },
    {
      boxes: [
        { left: scale.x - 4, right: scale.x + scale.length + 4, top: scale.y - 22, bottom: scale.y + 6 },
        ...[...own, ...around.filter(({ look }) => look !== 'landmark')].map((mark) =>
          boxAround(mark, room[mark.look]),
        ),
      ],
      lines: spotsAlong([...roads, ...borders].flatMap(({ parts }) => parts)),
    },
  );
  // A town or landmark whose name found no room says nothing, and is left out.
  const named = new Set(labels.map(({ text }) => text));
  const drawn = [...around.filter(({ look, text }) => look === 'junction' || named.has(text)), ...own];
  return {
    width,
    height,
    shapes: [
      ...borders.flatMap(linesOf),
      ...others.flatMap((other) => circleAround(frame, other.point, other.radiusMetres ?? null)),
      ...circleAround(frame, place, radiusMetres),
      ...roads.flatMap(linesOf),
      ...drawn.map(({ look, x, y }) => ({ kind: 'mark', look, ...rounded({ x, y }) }) as const),
      ...labels.map((label) => ({ kind: 'label', ...label }) as const),
      scale,
    ],
    sentence: sentenceFor(gazetteer, wishes, labels),
    note: gazetteer.note,
  };
}

/** True to the scale of the drawing, and never too small to be seen. */
function circleAround(frame: Frame, point: Point, radiusMetres: number | null): SketchShape[] {
  if (radiusMetres === null) return [];
  const radius = round(Math.max(4, radiusMetres / frame.metresPerPixel));
  return [{ kind: 'circle', ...rounded(pixelOf(frame, point)), radius }];
}

function spanFor({ place, radiusMetres = null, others = [] }: SketchWishes): number {
  const farthest = Math.max(0, ...others.map(({ point }) => metresBetween(place, point)));
  return Math.max(LEAST_SPAN, 3 * (radiusMetres ?? 0), 2.6 * farthest);
}

/** Half of the room a mark takes, pixels. */
const room: Readonly<Record<MarkLook, number>> = { place: 10, other: 8, town: 5, junction: 5, landmark: 4 };

const wishFor = ({ look, text, x, y }: Mark): Wish => ({
  text,
  look,
  at: { x, y },
  stand: 'beside',
  gap: room[look],
});

const boxAround = ({ x, y }: Pixel, by: number): Box => ({
  left: x - by,
  right: x + by,
  top: y - by,
  bottom: y + by,
});

const linesOf = ({ look, parts }: DrawnLine<RoadLook | BorderLook>): SketchShape[] =>
  parts.map((points) => ({ kind: 'line', look, points: points.map(rounded) }));

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
const rounded = ({ x, y }: Pixel): Pixel => ({ x: round(x), y: round(y) });

/** A round length of at most a fifth of the width, lower left. */
function scaleBar({ width, height, metresPerPixel }: Frame): ScaleBar {
  const most = (width / 5) * metresPerPixel;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power;
  return {
    kind: 'scale',
    x: 10,
    y: height - 10,
    length: round(metres / metresPerPixel),
    text: metres < 1000 ? `${metres} m` : `${metres / 1000} km`,
  };
}

function sentenceFor(
  gazetteer: Gazetteer,
  { place, name, radiusMetres = null }: SketchWishes,
  labels: readonly PlacedLabel[],
): string {
  const { district, force } = areasAt(gazetteer.areas, place, 0);
  const whose = district !== null ? `${district.name} district` : (force?.name ?? 'beyond the map');
  const town = nearestTown(gazetteer, place);
  const roads = labels.filter(({ look }) => look === 'road' || look === 'motorway').map(({ text }) => text);
  const within = radiusMetres === null ? '' : `, within ${Math.round(radiusMetres)} metres`;
  const near = town === null ? '' : ` Nearest town: ${town}.`;
  const shown = roads.length === 0 ? '' : ` Roads shown: ${roads.join(', ')}.`;
  return `Sketch map of ${name ?? 'the position'}${within}, ${whose}.${near}${shown}`;
}
