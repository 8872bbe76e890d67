/** Where the list stands in its window. Pixels, except where a name says index. */
export interface Place {
  readonly scrollTop: number;
  /** Blank space above the first row: lets a row keep its place when rows above it have left. */
  readonly lead: number;
}

export interface Measures {
  readonly rowHeight: number;
  readonly viewport: number;
}

/** The place at which the row now at `to` stands where the one at `from` stood (rule W-03). */
export function keepRow(place: Place, rowHeight: number, from: number, to: number): Place {
  const onScreen = place.lead + from * rowHeight - place.scrollTop;
  const above = to * rowHeight - onScreen;
  return above >= 0 ? { scrollTop: above, lead: 0 } : { scrollTop: 0, lead: -above };
}

/**
 * The nearest place at which a row is wholly in sight below the pinned rows. The handler's own key asks for it, so the
 * blank space above goes.
 */
export function bringIntoView(
  place: Place,
  { rowHeight, viewport }: Measures,
  index: number,
  pinned: number,
): Place {
  const scrollTop = Math.max(0, place.scrollTop - place.lead);
  const top = index * rowHeight;
  const covered = index < pinned ? 0 : pinned * rowHeight;
  if (top < scrollTop + covered) return { scrollTop: Math.max(0, top - covered), lead: 0 };
  if (top + rowHeight > scrollTop + viewport) return { scrollTop: top + rowHeight - viewport, lead: 0 };
  return { scrollTop, lead: 0 };
}

/** The rows to paint: those in sight and a few more, so that a small scroll shows no gap. */
export function inSight(
  place: Place,
  { rowHeight, viewport }: Measures,
  total: number,
): { start: number; end: number } {
  const extra = 6;
  const first = Math.floor((place.scrollTop - place.lead) / rowHeight) - extra;
  const start = Math.min(Math.max(0, first), total);
  const end = Math.min(
    total,
    Math.max(start, Math.ceil((place.scrollTop - place.lead + viewport) / rowHeight) + extra),
  );
  return { start, end };
}

/**
 * How many emergencies can be pinned over the top of the list without covering the selected row. `selectedIndex` is -1
 * when nothing is selected, or the selected one is itself an emergency.
 */
export function pinnedCount(
  place: Place,
  rowHeight: number,
  emergencies: number,
  selectedIndex: number,
): number {
  if (selectedIndex < emergencies) return emergencies;
  const onScreen = place.lead + selectedIndex * rowHeight - place.scrollTop;
  if (onScreen < 0) return emergencies;
  return Math.min(emergencies, Math.floor(onScreen / rowHeight));
}
