import { gridReference, looksLikeGridReference, readGridReference } from './grid-reference.ts';
import { pointOf } from './osgb36.ts';
import { isNearBritain, type Point } from './point.ts';

/** What a caller said or a handler typed, recognised by its form alone (rules PL-01 to PL-06). Nothing is looked up yet. */
export type PlaceText =
  | { readonly kind: 'empty' }
  /** `inward` is `null` when only the first half is known. */
  | { readonly kind: 'postcode'; readonly outward: string; readonly inward: string | null }
  | {
      readonly kind: 'grid-reference';
      readonly reference: string;
      readonly point: Point;
      readonly squareMetres: number;
    }
  | { readonly kind: 'coordinates'; readonly point: Point }
  /** A motorway's marker post or driver location sign. Carriageway `null`: not said. */
  | {
      readonly kind: 'marker-post';
      readonly road: string;
      readonly carriageway: string | null;
      readonly kilometre: number;
    }
  /** `until`: the second of two junctions that the place lies between. `road` is `null` when it was not said. */
  | {
      readonly kind: 'junction';
      readonly road: string | null;
      readonly junction: string;
      readonly until: string | null;
      readonly rest: string;
    }
  | { readonly kind: 'what3words'; readonly words: string }
  | { readonly kind: 'uprn'; readonly uprn: string }
  /** A numbered road; `rest` is what else was said: a direction, a town. */
  | { readonly kind: 'road'; readonly road: string; readonly rest: string }
  /** A street, a house, a landmark, a town. */
  | { readonly kind: 'words'; readonly words: string }
  /** Of a known form, and wrong. `reason` is a sentence for the handler. */
  | { readonly kind: 'refused'; readonly reason: string };

type Reader = (text: string) => PlaceText | null;

export function readPlaceText(typed: string): PlaceText {
  const text = typed.normalize('NFKC').replace(/[’‘`]/g, "'").replace(/\s+/g, ' ').trim();
  if (text === '') return { kind: 'empty' };
  for (const read of readers) {
    const found = read(text);
    if (found !== null) return found;
  }
  return { kind: 'words', words: text };
}

/** A numbered road, and the (M) in any of the ways it is written: A1(M), A1 M, A1M. */
const roadSource = String.raw`\b([mab])\s?(\d{1,4})\s?(\(m\)|m\b)?(?![\d])`;

/** A number of a road in its one form: `a1m` is `A1(M)`. */
const roadNumber = (letter: string, digits: string, motorway: string | undefined): string =>
  `${letter.toUpperCase()}${digits}${motorway === undefined ? '' : '(M)'}`;

const readWhat3words: Reader = (text) => {
  const marked = /(?:\/\/\/|what3words\.com\/|w3w\.co\/)\s*(\p{L}+)[.\s]+(\p{L}+)[.\s]+(\p{L}+)/iu.exec(text);
  const bare = /^(\p{L}{2,})\.(\p{L}{2,})\.(\p{L}{2,})$/u.exec(text);
  const named = /^(?:what3words|what three words|w3w)[\s:,]+(\p{L}+)[.\s]+(\p{L}+)[.\s]+(\p{L}+)$/iu.exec(
    text,
  );
  const found = marked ?? bare ?? named;
  return found === null
    ? null
    : { kind: 'what3words', words: found.slice(1, 4).join('.').toLocaleLowerCase('en-GB') };
};

const readPostcode: Reader = (text) => {
  const found = /^([a-z]{1,2}\d[a-z\d]?)(?:\s?(\d[a-z]{2}))?$/i.exec(text);
  // A numbered road has this form too: A41, M25, B197.
  if (found === null || (found[2] === undefined && new RegExp(`^${roadSource}$`, 'i').test(text)))
    return null;
  return {
    kind: 'postcode',
    outward: (found[1] ?? '').toUpperCase(),
    inward: found[2]?.toUpperCase() ?? null,
  };
};

const readGrid: Reader = (text) => {
  if (!looksLikeGridReference(text)) return null;
  const reading = readGridReference(text);
  return reading.kind === 'refused'
    ? reading
    : {
        kind: 'grid-reference',
        reference: reading.reference,
        point: reading.point,
        squareMetres: reading.squareMetres,
      };
};

const readCoordinates: Reader = (text) => {
  const plain = /^([+-]?\d{1,3}\.\d+)\s*°?\s*([ns]?)\s*[, ]\s*([+-]?\d{1,3}\.\d+)\s*°?\s*([ew]?)$/i.exec(
    text,
  );
  if (plain !== null) return coordinates(signed(plain[1], plain[2]), signed(plain[3], plain[4]));
  const arc = String.raw`(\d{1,3})\s*°\s*(\d{1,2})\s*['′]\s*(?:(\d{1,2}(?:\.\d+)?)\s*["″]?)?\s*`;
  const parts = new RegExp(`^${arc}([ns])[, ]*${arc}([ew])$`, 'i').exec(text);
  if (parts === null) return null;
  const turn = (at: number): string =>
    String(Number(parts[at]) + Number(parts[at + 1]) / 60 + Number(parts[at + 2] ?? 0) / 3600);
  return coordinates(signed(turn(1), parts[4]), signed(turn(5), parts[8]));
};

const signed = (degrees: string | undefined, side: string | undefined): number =>
  Number(degrees) * (/[sw]/i.test(side ?? '') ? -1 : 1);

function coordinates(latitude: number, longitude: number): PlaceText {
  const point = { latitude, longitude };
  if (isNearBritain(point)) return { kind: 'coordinates', point };
  const turned = isNearBritain({ latitude: longitude, longitude: latitude });
  return {
    kind: 'refused',
    reason: turned
      ? 'Latitude and longitude stand the wrong way round. Write the one near 51 first.'
      : 'This position is not in Britain. Ask for it again.',
  };
}

/** `M25 A 123.4` from a driver location sign; `M1 34/5` from a marker post: kilometre 34.5. */
const readMarker: Reader = (text) => {
  const figure = String.raw`(\d{1,3})\s?[./]\s?(\d)\b`;
  const side = String.raw`(?:[\s/,-]*([abjklm])\b)?`;
  const roadFirst = new RegExp(
    `${roadSource}(?:[\\s,]*(?:marker post|marker|post|sign|at|km|p(?=[\\s\\d])))*${side}[\\s/,-]*(?:at |km |marker post |marker |post )*${figure}`,
    'i',
  ).exec(text);
  if (roadFirst !== null)
    return marker(roadFirst[1], roadFirst[2], roadFirst[3], roadFirst[4], roadFirst[5], roadFirst[6]);
  const postFirst = new RegExp(`\\b${figure}${side}\\s*(?:,|on|of)?\\s*(?:the )?${roadSource}`, 'i').exec(
    text,
  );
  return postFirst === null
    ? null
    : marker(postFirst[4], postFirst[5], postFirst[6], postFirst[3], postFirst[1], postFirst[2]);
};

function marker(
  letter: string | undefined,
  digits: string | undefined,
  motorway: string | undefined,
  side: string | undefined,
  whole: string | undefined,
  tenth: string | undefined,
): PlaceText {
  return {
    kind: 'marker-post',
    road: roadNumber(letter ?? '', digits ?? '', motorway),
    carriageway: side?.toUpperCase() ?? null,
    kilometre: Number(`${whole ?? '0'}.${tenth ?? '0'}`),
  };
}

const readJunction: Reader = (text) => {
  const word = String.raw`\b(?:junctions?|junc|jct|j)\s?\.?\s?`;
  const found = new RegExp(
    `${word}(\\d{1,2}a?)\\b(?:\\s?(?:and|to|&|-)\\s?(?:${word})?(\\d{1,2}a?)\\b)?`,
    'i',
  ).exec(text);
  if (found === null) return null;
  const rest = text.replace(found[0], ' ');
  const road = new RegExp(roadSource, 'i').exec(rest);
  return {
    kind: 'junction',
    road: road === null ? null : roadNumber(road[1] ?? '', road[2] ?? '', road[3]),
    junction: `J${(found[1] ?? '').toUpperCase()}`,
    until: found[2] === undefined ? null : `J${found[2].toUpperCase()}`,
    rest: trimmed(road === null ? rest : rest.replace(road[0], ' ')),
  };
};

const readRoad: Reader = (text) => {
  const found = new RegExp(roadSource, 'i').exec(text);
  if (found === null) return null;
  return {
    kind: 'road',
    road: roadNumber(found[1] ?? '', found[2] ?? '', found[3]),
    rest: trimmed(text.replace(found[0], ' ')),
  };
};

const trimmed = (text: string): string => text.replace(/\s+/g, ' ').replace(/^[\s,]+|[\s,]+$/g, '');

/** The square around the county in which figures alone are a position, metres of the national grid. */
const nearCounty = { easting: [485_000, 560_000], northing: [180_000, 255_000] } as const;

/** Easting and northing of six figures each, to a metre (rule PL-08); elsewhere such figures may be a property's number. */
const readEastingNorthing: Reader = (text) => {
  const found = /^(\d{6})\s?[ ,/]\s?(\d{6})$/.exec(text);
  const [easting, northing] = [Number(found?.[1]), Number(found?.[2])];
  const isWithin = (value: number, [least, most]: readonly [number, number]) =>
    value >= least && value <= most;
  if (!isWithin(easting, nearCounty.easting) || !isWithin(northing, nearCounty.northing)) return null;
  const point = pointOf({ easting: easting + 0.5, northing: northing + 0.5 });
  const reference = gridReference(point, 10);
  return reference === null ? null : { kind: 'grid-reference', reference, point, squareMetres: 1 };
};

/** A property's number: marked as one, or eight figures and more. A telephone number begins with nought; a UPRN never does. */
const readUprn: Reader = (text) => {
  const found = /^uprn:?\s*(\d{1,12})$/i.exec(text) ?? /^([1-9]\d{7,11})$/.exec(text.replace(/ /g, ''));
  return found === null ? null : { kind: 'uprn', uprn: (found[1] ?? '').replace(/^0+(?=\d)/, '') };
};

/** In this order: the form that leaves least doubt comes first. */
const readers: readonly Reader[] = [
  readWhat3words,
  readPostcode,
  readGrid,
  readCoordinates,
  readEastingNorthing,
  readUprn,
  readMarker,
  readJunction,
  readRoad,
];
