import type { Contact } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import type { LinkingPolicy } from '../policy/linking.ts';
import { keysOfContact, keysOfLine, plainLetters, type CallerKeys } from '../same-caller.ts';
import type { Instant } from '../time.ts';
import { circlesOf, HOUSE_WITHIN, type Circle } from './circle.ts';
import { typedAnswers, wordsOfHandler, type HandledContact } from './handlers-words.ts';
import { compilePhrases, matchPhrases, type PhraseMatcher } from './phrases.ts';
import { peopleIn, platesIn, roadsIn, townsIn } from './places-named.ts';
import { wordsOfPublic } from './risk-words.ts';
import { wordsOfTexts } from './words.ts';

/** The policy of linking made ready; made once for each version. */
export interface Linking {
  readonly policy: LinkingPolicy;
  readonly typeWords: PhraseMatcher;
  /** The type's id, by the number of a compiled phrase. */
  readonly typeOf: readonly string[];
  readonly typeNames: ReadonlyMap<string, string>;
  readonly notPeople: ReadonlySet<string>;
}

/** Throws an `Error` when a phrase cannot be used; the schema refuses it before. */
export function compileLinking(policy: LinkingPolicy): Linking {
  const phrases = policy.types.flatMap(({ id, words }) => words.map((phrase) => ({ id, phrase })));
  return {
    policy,
    typeWords: compilePhrases(
      phrases.map(({ phrase }) => phrase),
      { gapWords: 2, negations: [], spellings: [] },
    ),
    typeOf: phrases.map(({ id }) => id),
    typeNames: new Map(policy.types.map(({ id, name }) => [id, name])),
    notPeople: new Set(policy.notPeople.map((name) => plainLetters(name).replace(/['’]/g, ''))),
  };
}

/** What linking looks at in a contact. */
export type Linkable = Pick<
  Contact,
  | 'id'
  | 'ref'
  | 'receivedAt'
  | 'title'
  | 'place'
  | 'account'
  | 'messages'
  | 'locations'
  | 'spots'
  | 'caller'
  | 'call'
> &
  HandledContact;

/** What a contact says of its event, found in its words: kept with the contact's revision by whoever asks often. */
export interface LinkTraits {
  readonly id: ContactId;
  readonly ref: string;
  readonly receivedAt: Instant;
  readonly keys: CallerKeys;
  /** Which of the keys are those of whoever rents the line. */
  readonly ofLine: readonly (keyof CallerKeys)[];
  readonly circles: readonly Circle[];
  readonly roads: ReadonlySet<string>;
  readonly towns: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly plates: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** What is known of a contact without reading its words: enough for the same caller and the same location. */
export function traitsWithoutWords(contact: Linkable, linking: Linking): LinkTraits {
  const { id, ref, receivedAt, locations, spots } = contact;
  const agreed = spots.at(-1)?.point ?? null;
  const circles = [
    ...circlesOf(locations, linking.policy.largestRadiusMetres),
    ...(agreed === null ? [] : [{ ...agreed, radiusMetres: HOUSE_WITHIN }]),
  ];
  const said = { roads: none, towns: none, types: none, plates: none, people: none };
  return { id, ref, receivedAt, keys: keysOfContact(contact), ofLine: keysOfLine(contact), circles, ...said };
}

/** With what the public said and what handlers typed of it: of a call there is nothing else (rule AS-28). */
export function linkTraits(contact: Linkable, linking: Linking): LinkTraits {
  const { title, place } = contact;
  const base = traitsWithoutWords(contact, linking);
  const byPublic = wordsOfPublic(contact);
  const told = [...byPublic, ...wordsOfHandler(contact, null)];
  const all = [title, place ?? '', ...told];
  const types = matchPhrases(linking.typeWords, wordsOfTexts([title, ...told])).hits;
  return {
    ...base,
    roads: new Set(all.flatMap(roadsIn)),
    towns: new Set(townsIn(place)),
    types: new Set(types.flatMap(({ phrase }) => linking.typeOf[phrase] ?? [])),
    plates: new Set(told.flatMap(platesIn)),
    people: new Set([
      // A note names colleagues too; an answer names whom it is about.
      ...[...byPublic, ...typedAnswers(contact)].flatMap((text) => peopleIn(text, linking.notPeople)),
      ...(base.keys.name === null || base.ofLine.includes('name') ? [] : [base.keys.name]),
    ]),
  };
}
