/** Sides of a square in degrees: about 1.1 km north to south and 1.0 km west to east in Hertfordshire. */
const LATITUDE_STEP = 0.01;
const LONGITUDE_STEP = 0.015;
/** More than there are squares around the earth. */
const ROW = 100_000;

interface Point {
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
}

const numberOf = (north: number, east: number): number => north * ROW + (east + ROW / 2);
const northOf = ({ latitude }: Point): number => Math.floor(latitude / LATITUDE_STEP);
const eastOf = ({ longitude }: Point): number => Math.floor(longitude / LONGITUDE_STEP);

/** The number of the square of a grid over the map in which a point lies: what is near is found by it without measuring everything. */
export function squareOf(point: Point): number {
  return numberOf(northOf(point), eastOf(point));
}

/** That square and the eight around it: whatever is within a kilometre of the point is in one of them. */
export function squaresAround(point: Point): readonly number[] {
  const [north, east] = [northOf(point), eastOf(point)];
  const steps = [-1, 0, 1];
  return steps.flatMap((up) => steps.map((right) => numberOf(north + up, east + right)));
}
