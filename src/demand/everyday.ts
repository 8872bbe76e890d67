import type { Channel } from '../shared/domain/channel.ts';
import { must } from '../shared/lib/assert.ts';
import { gap, type Everyday, type EverydayStory, type Town } from './everyday-file.ts';
import { setFlags, type HandedContact, type Update } from './handed-contact.ts';
import { between, pick, type Random } from '../shared/lib/random.ts';

/** An update some time after its contact arrived. Milliseconds. */
export interface LaterUpdate {
  readonly afterMs: number;
  readonly update: Update;
}

/** A story as it happened once: who, where, and the words chosen for it. */
export interface Told {
  readonly story: EverydayStory;
  readonly town: Town;
  readonly chosen: ReadonlyMap<string, string>;
  readonly contact: HandedContact;
  readonly later: readonly LaterUpdate[];
}

/** Letters that no postcode's second half has, so that no home is hit. */
const unusedLetters = 'CIKMOV'.split('');
const plateAreas = ['LB', 'EK', 'KN', 'BD', 'AE', 'LM', 'KX', 'EY'];
const plateLetters = 'ABDFGHJLNPRSTVWX'.split('');

const threeDigits = (random: Random): string => String(Math.floor(random() * 1_000)).padStart(3, '0');
/** A number of the ranges that Ofcom keeps for drama. */
const mobile = (random: Random): string => `07700 900${threeDigits(random)}`;
const landline = (random: Random): string => `01632 960${threeDigits(random)}`;

/** Fills the gaps of texts; a word once chosen stays the same throughout the story. */
function filler(
  everyday: Everyday,
  story: EverydayStory,
  town: Town,
  random: Random,
  chosen: Map<string, string>,
) {
  const make = (name: string): string => {
    switch (name) {
      case 'town':
        return town.name;
      case 'road':
        return pick(town.roads, random);
      case 'the-road':
        // The A414, but Gunnels Wood Road.
        return word('road').replace(/^(?=[ABM]\d)/, 'the ');
      case 'first-name':
        return pick(must(story.with['first'] ?? everyday.parts['first'], 'first names'), random);
      case 'name':
        return `${word('first-name')} ${pick(must(story.with['last'] ?? everyday.parts['last'], 'last names'), random)}`;
      case 'house':
        return String(1 + Math.floor(random() * 120));
      case 'postcode':
        return `${town.postcode} ${Math.floor(random() * 10)}${pick(unusedLetters, random)}${pick(unusedLetters, random)}`;
      case 'plate': {
        const year = pick(['19', '20', '21', '22', '23', '70', '71', '72', '73'], random);
        const letters = [pick(plateLetters, random), 'Q', pick(plateLetters, random)].join('');
        return `${pick(plateAreas, random)}${year} ${letters}`;
      }
      default:
        return pick(must(story.with[name] ?? everyday.parts[name], `words for ${name}`), random);
    }
  };
  const word = (name: string): string => {
    const known = chosen.get(name);
    if (known !== undefined) return known;
    const made = make(name);
    chosen.set(name, made);
    return made;
  };
  return (text: string): string => text.replace(gap, (_, name: string) => word(name));
}

/** Channels whose words are typed by the public, as carelessly as people type. */
const typed: ReadonlySet<Channel> = new Set(['web-chat', 'text', '999-text', 'social-message']);

/** A word that was filled in may stand at the beginning of a sentence. */
const withCapitals = (text: string): string =>
  text.replace(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

const asSaid = (channel: Channel, text: string): string => (typed.has(channel) ? text : withCapitals(text));

/** Makes a story happen: somewhere in the county, to somebody, in one of its wordings. */
export function tell(everyday: Everyday, story: EverydayStory, random: Random): Told {
  const town = pick(everyday.towns, random);
  const chosen = new Map<string, string>();
  const fill = filler(everyday, story, town, random, chosen);
  const contact: HandedContact = {
    channel: story.channel,
    title: withCapitals(fill(story.title)),
    place: story.place === null ? null : withCapitals(fill(story.place)),
    language: story.language,
    caller: callerOf(story, fill, random),
    account: asSaid(story.channel, fill(pick(story.account, random))),
    flags: setFlags(story.flags),
    channelState: story.state,
    call: null,
  };
  const later = story.later
    .filter(({ chance }) => random() < chance)
    .map(({ after: [from, to], message, from: sender, line }): LaterUpdate => {
      const update: Update =
        line === undefined
          ? { kind: 'message', text: fill(message ?? ''), language: story.language, from: sender }
          : { kind: 'line', state: line };
      return { afterMs: Math.round(between(from, to, random)), update };
    })
    .sort((a, b) => a.afterMs - b.afterMs);
  return { story, town, chosen, contact, later };
}

function callerOf(
  { caller }: EverydayStory,
  fill: (text: string) => string,
  random: Random,
): HandedContact['caller'] {
  if (typeof caller === 'object') {
    return { name: caller.organisation, number: landline(random), address: null };
  }
  switch (caller) {
    case 'person': {
      const address = random() < 0.6 ? fill('{house} {street}, {town} {postcode}') : null;
      return { name: fill('{name}'), number: random() < 0.75 ? mobile(random) : landline(random), address };
    }
    case 'mobile':
      return { name: null, number: mobile(random), address: null };
    case 'first-name':
      return { name: fill('{first-name}'), number: null, address: null };
    case 'nobody':
      return { name: null, number: null, address: null };
  }
}

/** The same event from another who sees it: other words, another telephone, the same place. */
export function tellByAnother(everyday: Everyday, told: Told, random: Random): Told {
  const { story, town } = told;
  const chosen = new Map(
    [...told.chosen].filter(([name]) => !['name', 'first-name', 'house', 'postcode'].includes(name)),
  );
  const fill = filler(everyday, story, town, random, chosen);
  const named = random() < 0.5;
  const contact: HandedContact = {
    ...told.contact,
    channel: '999-voice',
    caller: { name: named ? fill('{name}') : null, number: mobile(random), address: null },
    account: withCapitals(fill(pick(story.others, random))),
    flags: {},
  };
  return { story, town, chosen, contact, later: [] };
}

/** The same person once more, about the same. */
export function tellAgain(everyday: Everyday, told: Told, random: Random): Told {
  const { story, town, chosen } = told;
  const { title } = told.contact;
  const about = `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
  const contact: HandedContact = {
    ...told.contact,
    title: `Comes back about: ${about}`.slice(0, 160),
    language: null,
    account: pick(everyday.again, random),
    flags: { ...told.contact.flags, repeat: true },
    channelState: null,
  };
  return { story, town, chosen, contact, later: [] };
}

/** Where a telephone says that it is: near the middle of the town. */
export function phoneLocation(town: Town, radius: readonly [number, number], random: Random): Update {
  const near = (degrees: number): number => Number((degrees + between(-0.008, 0.008, random)).toFixed(5));
  return {
    kind: 'location',
    location: {
      method: 'aml',
      latitude: near(town.latitude),
      longitude: near(town.longitude),
      radiusMetres: Math.round(between(radius[0], radius[1], random)),
      place: null,
    },
  };
}
