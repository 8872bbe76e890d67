import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import type { Point } from '../../shared/domain/place/point.ts';
import { drawSketch, type OtherSpot, type SketchWishes } from '../../shared/domain/place/sketch.ts';
import { SketchMap } from '../ui/sketch-map/sketch-map.tsx';
import { useGazetteer } from './gazetteer.ts';
import styles from './place-map.module.css';

/** What the middle of the map is. */
export interface MapSpot {
  readonly point: Point;
  /** What it is called; absent when it is only a position. */
  readonly name?: string;
  /** Metres; `null` when none is known. */
  readonly radiusMetres: number | null;
}

export interface PlaceMapProps {
  /** `null`: nothing is known yet, and the box says so. */
  readonly spot: MapSpot | null;
  /** Other positions: what a machine says, what is agreed, what a neighbouring contact says. */
  readonly others?: readonly OtherSpot[];
  /** The drawing's height, pixels; the box is higher by the line under it. */
  readonly height: number;
  /** The box has room for the line under the drawing this often, as narrow as it may be. */
  readonly noteLines: 1 | 2;
  /** What stands in the box while there is nothing to draw. */
  readonly empty: string;
}

/** Where nothing is laid out, as in tests. Pixels. */
const USUAL_WIDTH = 420;

/**
 * The sketch map in a box that never changes its height. It is drawn after the key that asked for it has been answered, with the newest
 * wish only, and without any motion.
 */
export function PlaceMap({ spot, others = [], height, noteLines, empty }: PlaceMapProps) {
  const places = useGazetteer();
  const [box, width] = useWidth();
  // Words, because they are the same when they say the same: a clock that ticks around the map redraws nothing.
  const wanted =
    spot === null
      ? ''
      : JSON.stringify({
          width,
          height,
          place: spot.point,
          name: spot.name,
          radiusMetres: spot.radiusMetres,
          others,
        } satisfies SketchWishes);
  const wish = useDeferredValue(wanted, '');
  const gazetteer = places.kind === 'here' ? places.gazetteer : null;
  const map = useMemo(
    () =>
      gazetteer === null || wish === '' ? null : (
        <SketchMap {...drawSketch(gazetteer, JSON.parse(wish) as SketchWishes)} />
      ),
    [gazetteer, wish],
  );
  return (
    <div ref={box} className={styles.box} style={{ blockSize: height + 4 + 18 * noteLines }}>
      {map ?? (
        <p className={styles.empty} style={{ blockSize: height }}>
          {places.kind === 'not-there' ? places.sentence : wanted === '' ? empty : 'The map is being drawn.'}
        </p>
      )}
    </div>
  );
}

/** The width of the element with this ref, whole pixels. */
function useWidth(): readonly [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [width, setWidth] = useState(USUAL_WIDTH);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => setWidth(Math.floor(element.clientWidth) || USUAL_WIDTH);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
