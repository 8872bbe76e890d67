import type { FoundKind, FoundPlace } from './found-place.ts';

export interface ReadBackOptions {
  /** Spell the name of the road letter by letter: for a bad line, or a name that sounds like another. */
  readonly spell?: boolean;
}

/**
 * What the handler says to the caller before anything else, so that a place heard wrongly is caught at once (rules PL-30 to PL-33). Ends in
 * a question whenever something that would send help astray is still open.
 */
export function readBack(place: FoundPlace, { spell = false }: ReadBackOptions = {}): string {
  const said = [spokenName(place), ...where(place)].join(', ');
  const spelled = spell ? ` ${spelledName(place)}` : '';
  const questions = [...directionQuestion(place), ...sameNameQuestion(place), ...openQuestion(place)];
  const asks = questions.length === 0 ? ' Is that right?' : ` ${questions.join(' ')}`;
  return `Say back: ${said}.${spelled}${asks}`;
}

/** Of these the town is only the nearest one. */
const nearKinds: ReadonlySet<FoundKind> = new Set([
  'grid-reference',
  'coordinates',
  'marker-post',
  'road',
  'junction',
  'bridge',
  'roundabout',
  'road-feature',
]);

/** Town and district, and the force when it is another's; a name that was just said is not said again. */
function where({ kind, name, town, district, force, isHome, direction }: FoundPlace): string[] {
  const inTown = town === null || town === name ? [] : [`${nearKinds.has(kind) ? 'near' : 'in'} ${town}`];
  const inDistrict =
    district === null || district === town || district === name ? [] : [`${district} district`];
  const abroad = isHome || force === null ? [] : [`which is ${force}`];
  return [...(direction === null ? [] : [direction]), ...inTown, ...inDistrict, ...abroad];
}

/** Numbers are said figure by figure, letters by their words: nothing in them can be guessed from the rest. */
function spokenName({ kind, name, house, precision }: FoundPlace): string {
  switch (kind) {
    case 'grid-reference':
      return `grid reference ${name.split(' ').map(spokenSigns).join(', ')}`;
    case 'marker-post':
      return `marker post ${name}`;
    case 'coordinates':
      return name.replace(/-/g, 'minus ').replace(/^(.*), (.*)$/, 'latitude $1, longitude $2');
    default:
      // The house was said and is not in the file: it is read back all the same.
      return house !== null && precision === 'road' && kind === 'street' ? `${house} ${name}` : name;
  }
}

/** Sign by sign: letters by their words, figures as they are. */
const spokenSigns = (signs: string): string =>
  Array.from(signs.toLowerCase(), (sign) => nato[sign] ?? sign).join(' ');

function directionQuestion({ directions, direction }: FoundPlace): string[] {
  return directions === null || direction !== null
    ? []
    : [`Which way: ${directions[0]}, or ${directions[1]}?`];
}

function sameNameQuestion({ kind, name, town, alsoIn }: FoundPlace): string[] {
  if (town === null || alsoIn.length === 0 || (kind !== 'street' && kind !== 'address')) return [];
  const others = alsoIn.slice(0, 3).join(', ');
  const street = kind === 'address' ? 'That street' : name;
  return [`${street} is also in ${others}${alsoIn.length > 3 ? ' and more' : ''}: is it ${town}?`];
}

/** What still has to be known before somebody can be sent. */
function openQuestion({ kind, house, town }: FoundPlace): string[] {
  if (kind === 'road' && town === null) return ['Near which town or junction?'];
  if (kind === 'town') return ['Which road, and what is it next to?'];
  return kind === 'street' && house === null ? ['Which number, and what is it next to?'] : [];
}

/** The name in the words of the radio alphabet, each word of the name apart: "Lima Alpha …, next word, Charlie …". */
export function spelledName({ name }: Pick<FoundPlace, 'name'>): string {
  const words = name
    .split(/\s+/)
    .map((word) =>
      Array.from(word.normalize('NFKD').toLowerCase())
        .flatMap((sign) => nato[sign] ?? (/\d/.test(sign) ? sign : []))
        .join(' '),
    )
    .filter((word) => word !== '');
  return `That is ${words.join(', next word, ')}.`;
}

const nato: Readonly<Record<string, string>> = Object.fromEntries(
  'Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliet Kilo Lima Mike November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu'
    .split(' ')
    .map((word) => [word[0]?.toLowerCase() ?? '', word]),
);
