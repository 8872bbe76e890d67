import { boxesOverlap, isInBox, type Box, type Pixel } from './sketch-frame.ts';

/** A name that would like to stand near a spot. Those that come first are placed first. */
export interface Wish {
  readonly text: string;
  readonly look: LabelLook;
  readonly at: Pixel;
  /** `beside`: right, left, above or below of a mark; `on`: over the spot itself, or over one of `also`. */
  readonly stand: 'beside' | 'on';
  readonly also?: readonly Pixel[];
  /** Half of the room that the mark itself takes, pixels. */
  readonly gap?: number;
}

/** What a name is of: how it is drawn, and in which size. */
export type LabelLook =
  'place' | 'other' | 'town' | 'motorway' | 'road' | 'landmark' | 'junction' | 'district' | 'force';

export interface PlacedLabel {
  readonly text: string;
  readonly look: LabelLook;
  /** Where the text is held: at its beginning right of a mark, at its end left of one, else in its middle. */
  readonly anchor: 'start' | 'middle' | 'end';
  /** The held spot, and the base line. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** What it covers, with its margin. */
  readonly box: Box;
}

/** What names must keep off, and what they should. */
export interface Occupied {
  readonly boxes: readonly Box[];
  /** Of several free spots the one that covers fewest of these is taken. */
  readonly lines: readonly Pixel[];
}

/** Sizes in pixels; none below 12, the least that is read at arm's length. */
const sizes: Readonly<Record<LabelLook, number>> = {
  place: 14,
  other: 13,
  town: 14,
  motorway: 12,
  road: 12,
  landmark: 12,
  junction: 12,
  district: 13,
  force: 13,
};

/** A letter's width by its size: on the wide side, because a name drawn over another is worse than one left out. */
const LETTER = 0.6;
const MARGIN = 3;

/** Places names so that none covers another or leaves the drawing; what finds no room is left out (rule PL-52). */
export function placeLabels(
  wishes: readonly Wish[],
  within: Box,
  { boxes, lines }: Occupied,
): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const taken = [...boxes];
  for (const wish of wishes) {
    const mark = markBox(wish);
    // The mark's own box is among the taken ones where it is always drawn; a name stands beside it and never meets it.
    if (wish.look === 'landmark' && taken.some((box) => boxesOverlap(box, mark))) continue;
    const free = spotsFor(wish).filter(
      ({ box }) => isWithin(box, within) && !taken.some((other) => boxesOverlap(box, other)),
    );
    const covers = (label: PlacedLabel): number =>
      wish.stand === 'on' && wish.look !== 'district' && wish.look !== 'force'
        ? 0
        : lines.filter((spot) => isInBox(label.box, spot)).length;
    const [label] = free
      .map((one) => ({ one, cost: covers(one) }))
      .toSorted((one, other) => one.cost - other.cost)
      .map(({ one }) => one);
    if (label === undefined) continue;
    placed.push(label);
    taken.push(label.box, ...(wish.look === 'landmark' ? [mark] : []));
  }
  return placed;
}

const markBox = ({ at, gap = 6 }: Wish): Box => ({
  left: at.x - gap + 2,
  right: at.x + gap - 2,
  top: at.y - gap + 2,
  bottom: at.y + gap - 2,
});

function spotsFor({ text, look, at, stand, also = [], gap = 6 }: Wish): PlacedLabel[] {
  const size = sizes[look];
  const width = text.length * size * LETTER;
  const label = (anchor: PlacedLabel['anchor'], x: number, middle: number): PlacedLabel => {
    const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    return {
      text,
      look,
      anchor,
      x: round(x),
      // The base line is lower than the middle by about a third of the size.
      y: round(middle + size * 0.35),
      size,
      box: {
        left: round(left - MARGIN),
        right: round(left + width + MARGIN),
        top: round(middle - size / 2 - MARGIN),
        bottom: round(middle + size / 2 + MARGIN),
      },
    };
  };
  if (stand === 'on') return [at, ...also].map(({ x, y }) => label('middle', x, y));
  const up = gap + size / 2 + MARGIN;
  const aside = gap + MARGIN;
  return [
    label('start', at.x + aside, at.y),
    label('end', at.x - aside, at.y),
    label('middle', at.x, at.y - up),
    label('middle', at.x, at.y + up),
    label('start', at.x + gap, at.y - up),
    label('start', at.x + gap, at.y + up),
    label('end', at.x - gap, at.y - up),
    label('end', at.x - gap, at.y + up),
  ];
}

const isWithin = (box: Box, within: Box): boolean =>
  box.left >= within.left &&
  box.right <= within.right &&
  box.top >= within.top &&
  box.bottom <= within.bottom;

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
