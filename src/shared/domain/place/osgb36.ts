import type { Point } from './point.ts';

/**
 * The national grid of Great Britain (OSGB36 on the Airy ellipsoid, transverse Mercator) and back to WGS 84. The change of datum is the
 * seven-parameter one that is published for general use: true to about five metres, which is less than any caller's words.
 */
export interface GridMetres {
  /** Metres from the grid's own south-west corner. */
  readonly easting: number;
  readonly northing: number;
}

interface Ellipsoid {
  /** Half axes, metres. */
  readonly major: number;
  readonly minor: number;
}

interface Position {
  /** Radians. */
  readonly phi: number;
  readonly lambda: number;
}

const airy: Ellipsoid = { major: 6_377_563.396, minor: 6_356_256.909 };
const wgs84: Ellipsoid = { major: 6_378_137, minor: 6_356_752.3142 };

/** From WGS 84 to OSGB36: metres, parts per million, seconds of arc. The way back has every sign turned. */
const toOsgb36 = { x: -446.448, y: 125.157, z: -542.06, ppm: 20.4894, rx: -0.1502, ry: -0.247, rz: -0.8421 };
type Helmert = typeof toOsgb36;
const toWgs84: Helmert = {
  x: -toOsgb36.x,
  y: -toOsgb36.y,
  z: -toOsgb36.z,
  ppm: -toOsgb36.ppm,
  rx: -toOsgb36.rx,
  ry: -toOsgb36.ry,
  rz: -toOsgb36.rz,
};

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** The scale on the central meridian, the true origin, and the false origin's metres. */
const SCALE = 0.9996012717;
const originPhi = radians(49);
const originLambda = radians(-2);
const FALSE_EAST = 400_000;
const FALSE_NORTH = -100_000;

export function gridOf({ latitude, longitude }: Point): GridMetres {
  return project(shift({ phi: radians(latitude), lambda: radians(longitude) }, wgs84, airy, toOsgb36));
}

export function pointOf(metres: GridMetres): Point {
  const { phi, lambda } = shift(unproject(metres), airy, wgs84, toWgs84);
  return { latitude: (phi * 180) / Math.PI, longitude: (lambda * 180) / Math.PI };
}

/** The same spot on another ellipsoid, at height nought, by way of coordinates from the earth's centre. */
function shift({ phi, lambda }: Position, from: Ellipsoid, to: Ellipsoid, by: Helmert): Position {
  const nu = from.major / Math.sqrt(1 - squaredEccentricity(from) * Math.sin(phi) ** 2);
  const x = nu * Math.cos(phi) * Math.cos(lambda);
  const y = nu * Math.cos(phi) * Math.sin(lambda);
  const z = (1 - squaredEccentricity(from)) * nu * Math.sin(phi);
  const scale = 1 + by.ppm / 1e6;
  const [rx, ry, rz] = [by.rx, by.ry, by.rz].map((seconds) => radians(seconds / 3600)) as [
    number,
    number,
    number,
  ];
  return onEllipsoid(
    by.x + x * scale - y * rz + z * ry,
    by.y + x * rz + y * scale - z * rx,
    by.z - x * ry + y * rx + z * scale,
    to,
  );
}

/** Latitude and longitude of coordinates from the earth's centre. A dozen rounds settle far below a millimetre. */
function onEllipsoid(x: number, y: number, z: number, ellipsoid: Ellipsoid): Position {
  const flat = Math.hypot(x, y);
  const e2 = squaredEccentricity(ellipsoid);
  let phi = Math.atan2(z, flat * (1 - e2));
  for (let round = 0; round < 12; round += 1) {
    const nu = ellipsoid.major / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
    phi = Math.atan2(z + e2 * nu * Math.sin(phi), flat);
  }
  return { phi, lambda: Math.atan2(y, x) };
}

const squaredEccentricity = ({ major, minor }: Ellipsoid): number => 1 - minor ** 2 / major ** 2;

/** The length of the meridian from the true origin, metres on the grid. */
function meridian(phi: number): number {
  const n = (airy.major - airy.minor) / (airy.major + airy.minor);
  const less = phi - originPhi;
  const more = phi + originPhi;
  return (
    airy.minor *
    SCALE *
    ((1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * less -
      (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(less) * Math.cos(more) +
      (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * less) * Math.cos(2 * more) -
      (35 / 24) * n ** 3 * Math.sin(3 * less) * Math.cos(3 * more))
  );
}

/** The radii of curvature at a latitude, along the parallel and along the meridian, and what the series needs of them. */
function curvature(phi: number): { nu: number; rho: number; eta2: number } {
  const e2 = squaredEccentricity(airy);
  const bend = 1 - e2 * Math.sin(phi) ** 2;
  const nu = (airy.major * SCALE) / Math.sqrt(bend);
  const rho = (airy.major * SCALE * (1 - e2)) / bend ** 1.5;
  return { nu, rho, eta2: nu / rho - 1 };
}

function project({ phi, lambda }: Position): GridMetres {
  const { nu, rho, eta2 } = curvature(phi);
  const sin = Math.sin(phi);
  const cos = Math.cos(phi);
  const t2 = Math.tan(phi) ** 2;
  const t4 = t2 ** 2;
  const d = lambda - originLambda;
  const north2 = (nu / 2) * sin * cos;
  const north4 = (nu / 24) * sin * cos ** 3 * (5 - t2 + 9 * eta2);
  const north6 = (nu / 720) * sin * cos ** 5 * (61 - 58 * t2 + t4);
  const east1 = nu * cos;
  const east3 = (nu / 6) * cos ** 3 * (nu / rho - t2);
  const east5 = (nu / 120) * cos ** 5 * (5 - 18 * t2 + t4 + 14 * eta2 - 58 * t2 * eta2);
  return {
    easting: FALSE_EAST + east1 * d + east3 * d ** 3 + east5 * d ** 5,
    northing: FALSE_NORTH + meridian(phi) + north2 * d ** 2 + north4 * d ** 4 + north6 * d ** 6,
  };
}

function unproject({ easting, northing }: GridMetres): Position {
  let phi = originPhi + (northing - FALSE_NORTH) / (airy.major * SCALE);
  // Each round takes what is left of the northing off; ten leave less than a thousandth of a millimetre.
  for (let round = 0; round < 10; round += 1)
    phi += (northing - FALSE_NORTH - meridian(phi)) / (airy.major * SCALE);
  const { nu, rho, eta2 } = curvature(phi);
  const tan = Math.tan(phi);
  const t2 = tan ** 2;
  const t4 = t2 ** 2;
  const t6 = t2 ** 3;
  const sec = 1 / Math.cos(phi);
  const d = easting - FALSE_EAST;
  const phi2 = tan / (2 * rho * nu);
  const phi4 = (tan / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2);
  const phi6 = (tan / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t4);
  const lambda1 = sec / nu;
  const lambda3 = (sec / (6 * nu ** 3)) * (nu / rho + 2 * t2);
  const lambda5 = (sec / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t4);
  const lambda7 = (sec / (5040 * nu ** 7)) * (61 + 662 * t2 + 1320 * t4 + 720 * t6);
  return {
    phi: phi - phi2 * d ** 2 + phi4 * d ** 4 - phi6 * d ** 6,
    lambda: originLambda + lambda1 * d - lambda3 * d ** 3 + lambda5 * d ** 5 - lambda7 * d ** 7,
  };
}
