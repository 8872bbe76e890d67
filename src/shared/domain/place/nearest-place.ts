import { nearestTown } from './find-on-road.ts';
import type { Entry, Gazetteer } from './gazetteer.ts';
import { metresBetween, type Point } from './point.ts';

/** Beyond this a named thing no longer says where somebody is, and the town is named instead. Metres. */
const CLOSE_BY = 1500;

/**
 * What a position without a name lies near to, as a handler would say it: "near Larkmere Close, Stevenage" (rule PL-63). Nothing smaller
 * than the circle of uncertainty is named, so a mast's position names a town; a house never is. `null` when the file knows no town.
 */
export function nearWords(gazetteer: Gazetteer, point: Point, radiusMetres: number | null): string | null {
  const town = nearestTown(gazetteer, point);
  const inTown = town === null ? null : `near ${town}`;
  if (radiusMetres === null || radiusMetres > CLOSE_BY) return inTown;
  const nearest = nearestNamed(gazetteer.entries, point);
  if (nearest === null) return inTown;
  return `near ${[nearest.name, nearest.town ?? town].filter((part) => part !== null).join(', ')}`;
}

function nearestNamed(entries: readonly Entry[], point: Point): Entry | null {
  let nearest: Entry | null = null;
  let least = CLOSE_BY;
  for (const entry of entries) {
    if (entry.kind === 'address' || entry.kind === 'town') continue;
    const metres = metresBetween(entry.point, point);
    if (metres < least) [nearest, least] = [entry, metres];
  }
  return nearest;
}
