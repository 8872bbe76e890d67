import type { ContactId } from '../ids.ts';
import { unreachable } from '../../lib/assert.ts';
import { sameCaller, type SameBecause } from '../same-caller.ts';
import { MINUTE, type Instant } from '../time.ts';
import { nearest } from './circle.ts';
import {
  linkTraits,
  traitsWithoutWords,
  type Linkable,
  type Linking,
  type LinkTraits,
} from './link-traits.ts';

/** Why two contacts may belong together. */
export type LinkCode =
  | 'same-time'
  | 'near'
  | 'same-road'
  | 'same-type'
  | 'same-plate'
  | 'same-person'
  | 'circles-overlap'
  | 'same-incident-as'
  /** Its own number is given in the other's words. */
  | 'named'
  | SameBecause;

export interface LinkReason {
  readonly code: LinkCode;
  /** For the handler: "Both name a414." */
  readonly sentence: string;
}

/** What they may have in common, strongest first. */
export const linkKinds = ['same-incident', 'same-caller', 'same-location'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** `strong`: several things agree. `likely`: what usually is enough. `possible`: look at it. */
export const strengths = ['strong', 'likely', 'possible'] as const;
export type Strength = (typeof strengths)[number];

/** Two contacts that may belong together. A suggestion: nothing is linked by it, let alone merged (rule AS-10). */
export interface LinkSuggestion {
  readonly contact: ContactId;
  readonly ref: string;
  readonly receivedAt: Instant;
  readonly kinds: readonly LinkKind[];
  readonly because: readonly LinkReason[];
  readonly strength: Strength;
}

/**
 * Which of the others a contact may belong with, the strongest first. The contact itself is never among them; the order in which the others
 * are given makes no difference; if one is suggested as the same incident for another, so is the other for the one (rule AS-11).
 */
export function suggestLinks(
  contact: Linkable,
  others: readonly Linkable[],
  now: Instant,
  linking: Linking,
): readonly LinkSuggestion[] {
  const longest = linking.policy.sameIncident.withinMinutes * MINUTE;
  // The words of what came at another time are not read: it is another incident whatever they say.
  const traits = others.map((other) =>
    Math.abs(other.receivedAt - contact.receivedAt) <= longest
      ? linkTraits(other, linking)
      : traitsWithoutWords(other, linking),
  );
  return suggestFrom(linkTraits(contact, linking), traits, now, linking);
}

/** As `suggestLinks`, for whoever has kept the traits. */
export function suggestFrom(
  traits: LinkTraits,
  others: readonly LinkTraits[],
  now: Instant,
  linking: Linking,
): readonly LinkSuggestion[] {
  const distance = (receivedAt: Instant): number => Math.abs(traits.receivedAt - receivedAt);
  return others
    .filter(({ id }) => id !== traits.id)
    .flatMap((other) => suggestion(traits, other, now, linking) ?? [])
    .sort(
      (a, b) =>
        strengths.indexOf(a.strength) - strengths.indexOf(b.strength) ||
        b.because.length - a.because.length ||
        distance(a.receivedAt) - distance(b.receivedAt) ||
        a.receivedAt - b.receivedAt ||
        (a.contact < b.contact ? -1 : 1),
    );
}

/**
 * The same, with each contact that was linked to another of the same event replaced by that one, once (rule AS-10): one more call belongs to the
 * parent, however many children stand nearer to it. `parentOf` says where a contact's links end, `null` where it is linked to none. A child of the same
 * caller stays beside its parent, as the same caller alone.
 */
export function parentsInstead(
  suggestions: readonly LinkSuggestion[],
  parentOf: (contact: ContactId) => Pick<LinkSuggestion, 'contact' | 'ref' | 'receivedAt'> | null,
): readonly LinkSuggestion[] {
  const byContact = new Map(suggestions.map((one) => [one.contact, one]));
  const told = new Map<ContactId, LinkSuggestion>();
  const tell = (one: LinkSuggestion): void => void (told.has(one.contact) || told.set(one.contact, one));
  for (const one of suggestions) {
    const parent = one.kinds.includes('same-incident') ? parentOf(one.contact) : null;
    if (parent === null) {
      tell(one);
      continue;
    }
    const because = one.because.filter(({ code }) => !ofOneContact.has(code));
    const through = {
      code: 'same-incident-as',
      sentence: `So does ${one.ref}, which is linked to it.`,
    } as const;
    const own = byContact.get(parent.contact);
    tell(
      own?.kinds.includes('same-incident') === true
        ? own
        : { ...parent, kinds: ['same-incident'], because: [...because, through], strength: one.strength },
    );
    const kinds = one.kinds.filter((kind) => kind !== 'same-incident');
    if (kinds.includes('same-caller')) tell({ ...one, kinds });
  }
  return [...told.values()];
}

/** True of the child that was found, not of its parent. */
const ofOneContact: ReadonlySet<LinkCode> = new Set<LinkCode>([
  'same-number',
  'same-address',
  'same-name',
  'circles-overlap',
  'same-time',
]);

function suggestion(
  one: LinkTraits,
  other: LinkTraits,
  now: Instant,
  linking: Linking,
): LinkSuggestion | null {
  const incident = sameIncident(one, other, linking);
  const caller = sameCaller(one.keys, other.keys);
  const overlaps = nearest(one.circles, other.circles) === 0;
  const kinds: LinkKind[] = [
    ...(incident.length > 0 ? (['same-incident'] as const) : []),
    ...(caller.length > 0 ? (['same-caller'] as const) : []),
    ...(overlaps ? (['same-location'] as const) : []),
  ];
  if (kinds.length === 0) return null;
  const because = [
    ...incident,
    ...caller.map((code) => ({
      code,
      sentence: callerSentence(code, {
        isOfLine: [one, other].some(({ ofLine }) => ofLine.includes(keyOf[code])),
      }),
    })),
    ...(overlaps
      ? [{ code: 'circles-overlap', sentence: 'Both were located in the same place.' } as const]
      : []),
    ...(incident.length > 0
      ? []
      : [{ code: 'same-time', sentence: `${agoWords(other.receivedAt, now)}.` } as const]),
  ];
  const { id: contact, ref, receivedAt } = other;
  return { contact, ref, receivedAt, kinds, because, strength: strengthOf(because, kinds) };
}

/** Why they may be one event; empty when nothing says so. The same both ways round. */
function sameIncident(one: LinkTraits, other: LinkTraits, linking: Linking): LinkReason[] {
  const { policy, typeNames } = linking;
  const apart = Math.abs(one.receivedAt - other.receivedAt);
  if (apart > policy.sameIncident.withinMinutes * MINUTE) return [];
  const gap = nearest(one.circles, other.circles);
  const isNear = gap !== null && gap <= policy.sameIncident.withinMetres;
  const roads = sameRoads(one, other, gap, policy.sameIncident.sameRoadMetres);
  const plates = shared(one.plates, other.plates);
  const people = shared(one.people, other.people);
  const types = compatibleTypes(one.types, other.types, linking);
  const isPlaced = (isNear || roads.length > 0) && types !== null;
  if (!isPlaced && plates.length === 0 && people.length === 0) return [];
  return [
    { code: 'same-time', sentence: `Received ${minutesWords(apart)} of each other.` },
    ...(isNear
      ? [
          {
            code: 'near',
            sentence: gap === 0 ? 'In the same place.' : `${Math.round(gap)} m apart.`,
          } as const,
        ]
      : []),
    ...roads.map((road) => ({ code: 'same-road', sentence: `Both name ${shownRoad(road)}.` }) as const),
    ...(types ?? []).map(
      (type) => ({ code: 'same-type', sentence: `Both tell of ${typeNames.get(type) ?? type}.` }) as const,
    ),
    ...plates.map((plate) => ({ code: 'same-plate', sentence: `Both name the plate ${plate}.` }) as const),
    ...(people.length > 0 ? [{ code: 'same-person', sentence: 'Both name the same person.' } as const] : []),
  ];
}

/** A High Street is in every town: it is the same one only where nothing says that it is not. */
function sameRoads(one: LinkTraits, other: LinkTraits, gap: number | null, farthest: number): string[] {
  const areElsewhere =
    one.towns.size > 0 && other.towns.size > 0 && shared(one.towns, other.towns).length === 0;
  if (areElsewhere && gap === null) return [];
  return gap !== null && gap > farthest ? [] : shared(one.roads, other.roads);
}

/** The types they share, or an empty list when they may well be the same event nevertheless; `null` when they may not. */
function compatibleTypes(
  some: ReadonlySet<string>,
  others: ReadonlySet<string>,
  { policy }: Linking,
): readonly string[] | null {
  const both = shared(some, others);
  if (both.length > 0) return both;
  // Who says nothing that is known may mean anything.
  if (some.size === 0 || others.size === 0) return [];
  const reaches = (from: ReadonlySet<string>, to: ReadonlySet<string>): boolean =>
    policy.types.some(
      ({ id, compatibleWith }) => from.has(id) && compatibleWith.some((type) => to.has(type)),
    );
  return reaches(some, others) || reaches(others, some) ? [] : null;
}

function strengthOf(because: readonly LinkReason[], kinds: readonly LinkKind[]): Strength {
  const has = (code: LinkCode): boolean => because.some((reason) => reason.code === code);
  const isPlaced = has('near') || has('same-road');
  if (has('same-plate') || (isPlaced && has('same-type'))) return 'strong';
  if (kinds.includes('same-incident') && kinds.includes('same-caller')) return 'strong';
  return has('same-number') || has('same-address') || isPlaced ? 'likely' : 'possible';
}

const keyOf = { 'same-number': 'number', 'same-address': 'address', 'same-name': 'name' } as const;

function callerSentence(code: SameBecause, { isOfLine }: { readonly isOfLine: boolean }): string {
  switch (code) {
    case 'same-number':
      return 'The same number.';
    case 'same-address':
      return isOfLine ? 'The same address, where a line was put in.' : 'The same address.';
    case 'same-name':
      return isOfLine
        ? 'The same name, of who rents a line: by itself no proof.'
        : 'The same name, by itself no proof.';
    default:
      return unreachable(code);
  }
}

const shared = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...some].filter((one) => others.has(one)).sort();

const shownRoad = (road: string): string =>
  /^[abm]\d/.test(road)
    ? road.toUpperCase()
    : road.replace(/(?<=^| )[a-z]/g, (letter) => letter.toUpperCase());

const minutesWords = (ms: number): string =>
  ms < MINUTE ? 'within a minute' : `within ${Math.ceil(ms / MINUTE)} min`;

/** "Received 12 min before now" in words; an hour and more in hours, days in days. */
function agoWords(at: Instant, now: Instant): string {
  const minutes = Math.max(0, Math.floor((now - at) / MINUTE));
  if (minutes < 60) return `Received ${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `Received ${hours} h ago` : `Received ${Math.floor(hours / 24)} days ago`;
}
