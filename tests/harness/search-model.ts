import fc from 'fast-check';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { asCommandId, asContactId } from '../../src/shared/domain/ids.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aContact, anActor, anId, testStart } from './builders.ts';

/** A naive model of the search (rule W-20), and desks and searches to compare it with. */

/**
 * What a contact says, piece by piece, so that the model below need not take texts apart: words that are divided by
 * spaces, and telephone numbers with the digits they are dialled by.
 */
type Piece = { readonly word: string } | { readonly number: string; readonly written: string };

const words = [
  'Noise',
  'noisy',
  'Café',
  'CAFE',
  'flat',
  'Łódź',
  'lodger',
  'Ångström',
  'oben',
  'brien',
  '12a',
  '4',
  'זה',
];
/** As each of them reads without accents and capitals. */
const plain: Readonly<Record<string, string>> = {
  Noise: 'noise',
  noisy: 'noisy',
  Café: 'cafe',
  CAFE: 'cafe',
  flat: 'flat',
  Łódź: 'lodz',
  lodger: 'lodger',
  Ångström: 'angstrom',
  oben: 'oben',
  brien: 'brien',
  '12a': '12a',
  '4': '4',
  זה: 'זה',
};
const numbers = ['07700900114', '07700900115', '01707960001', '02079460114'];

const spaced = (digits: string): string => `${digits.slice(0, 5)} ${digits.slice(5)}`;
const abroad = (digits: string): string => `+44 ${digits.slice(1, 5)} ${digits.slice(5)}`;
const anyWriting = (number: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    number,
    spaced(number),
    abroad(number),
    `+44${number.slice(1)}`,
    `(${number.slice(0, 5)}) ${number.slice(5, 8)}-${number.slice(8)}`,
  );

const anyPiece: fc.Arbitrary<Piece> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...words).map((word) => ({ word })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...numbers)
      .chain((number) => anyWriting(number).map((written) => ({ number, written }))),
  },
);
const anyText = fc.array(anyPiece, { minLength: 1, maxLength: 4 });

/** A comma after each piece, so that two numbers are not taken for one. */
const written = (text: readonly Piece[]): string =>
  text.map((piece) => ('word' in piece ? piece.word : piece.written)).join(', ');

/** A contact and what it says. */
export interface Told {
  readonly contact: Contact;
  readonly pieces: readonly Piece[];
}

/** A contact; its id and references follow from `seq`. */
export const anyTold = (seq: number): fc.Arbitrary<Told> =>
  fc
    .record({
      title: anyText,
      place: anyText,
      name: anyText,
      account: anyText,
      message: anyText,
      note: anyText,
      minute: fc.nat({ max: 3 }),
      paper: fc.boolean(),
      closed: fc.boolean(),
    })
    .map(({ title, place, name, account, message, note, minute, paper, closed }) => {
      const by = anActor();
      const at = later(testStart, minute * 60_000);
      const contact = aContact({
        id: asContactId(anId(0xb0000 + seq)),
        seq,
        ref: `CON-20261122-${String(seq).padStart(6, '0')}`,
        paperLog: paper ? `P12-${String(seq).padStart(4, '0')}` : null,
        receivedAt: at,
        ownership: closed ? { kind: 'closed', by, since: at } : { kind: 'waiting', since: at },
        title: written(title),
        place: written(place),
        caller: { name: written(name), number: null, address: null },
        account: written(account),
        messages: [{ key: 'm', from: 'public', text: written(message), language: null, at }],
        notes: [{ id: asCommandId(anId(1)), text: written(note), by, at, happenedAt: null, late: false }],
      });
      return { contact, pieces: [...title, ...place, ...name, ...account, ...message, ...note] };
    });

/** Up to a dozen contacts, of which many were received at the same moment. */
export const anyDesk = fc
  .integer({ min: 0, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => anyTold(index + 38))));

/** What somebody types: the beginning of a word, or part of a number in groups. */
export type Typed = { readonly text: string; readonly finds: (told: Told) => boolean };

const known = new WeakMap<Told, readonly string[]>();

function beginnings(told: Told): readonly string[] {
  const before = known.get(told);
  if (before !== undefined) return before;
  const { ref, paperLog } = told.contact;
  const references = [ref, paperLog ?? ''].join('-').toLowerCase().split('-');
  const inNumbers = told.pieces.flatMap((piece) =>
    'number' in piece ? (piece.written.match(/\d+/g) ?? []) : [],
  );
  const inWords = told.pieces.flatMap((piece) => ('word' in piece ? [plain[piece.word] ?? ''] : []));
  const all = [...inWords, ...references, ...inNumbers];
  known.set(told, all);
  return all;
}

const typedWord: fc.Arbitrary<Typed> = fc
  .tuple(fc.constantFrom(...words, 'con', 'zebra'), fc.integer({ min: 1, max: 8 }), fc.boolean())
  .map(([word, length, isLoud]) => {
    const beginning = Array.from(word).slice(0, length).join('');
    const asPlain = (plain[word] ?? word).slice(0, Array.from(beginning).length);
    return {
      text: isLoud ? beginning.toUpperCase() : beginning,
      finds: (told) =>
        /^\d+$/.test(asPlain)
          ? findsDigits(told, asPlain)
          : beginnings(told).some((one) => one.startsWith(asPlain)),
    };
  });

function findsDigits(told: Told, digits: string): boolean {
  const national = digits.startsWith('44') && digits.length === 12 ? `0${digits.slice(2)}` : digits;
  const { ref, paperLog } = told.contact;
  return (
    beginnings(told).some((one) => one.startsWith(digits)) ||
    ref.endsWith(digits) ||
    (paperLog?.slice(4).endsWith(digits) ?? false) ||
    (digits.length >= 4 &&
      told.pieces.some(
        (piece) =>
          'number' in piece &&
          [digits, national].some((one) => piece.number.startsWith(one) || piece.number.endsWith(one)),
      ))
  );
}

const typedNumber: fc.Arbitrary<Typed> = fc
  .tuple(fc.constantFrom(...numbers), fc.nat({ max: 5 }))
  .map(([number, way]): Typed => {
    const [text, groups] = [
      [number, [number]],
      [spaced(number), [number.slice(0, 5), number.slice(5)]],
      [`+44${number.slice(1)}`, [`44${number.slice(1)}`]],
      [number.slice(-4), [number.slice(-4)]],
      [number.slice(0, 6), [number.slice(0, 6)]],
      [number.slice(2, 7), [number.slice(2, 7)]],
    ][way] as [string, string[]];
    return {
      text,
      finds: (told) =>
        groups.every((group) => findsDigits(told, group)) || findsDigits(told, groups.join('')),
    };
  });
const typedReference: fc.Arbitrary<Typed> = fc
  .constantFrom('41', '041', '000041', '1', 'CON-20261122-000041', 'p12', 'P12-0041')
  .map((text) => ({
    text,
    finds: (told) =>
      text
        .toLowerCase()
        .split('-')
        .every((part) =>
          /^\d+$/.test(part) ? findsDigits(told, part) : beginnings(told).some((one) => one.startsWith(part)),
        ),
  }));

/** At most one number, because two that stand side by side read as one. */
export const anyTyped = fc
  .tuple(
    fc.array(
      typedWord.filter(({ text }) => !/\d/.test(text)),
      { maxLength: 2 },
    ),
    fc.option(fc.oneof(typedNumber, typedReference, typedWord), { nil: null }),
  )
  .filter(([some, one]) => some.length > 0 || one !== null)
  .map(([some, one]) => [...some, ...(one === null ? [] : [one])]);

const newestFirst = (one: Contact, other: Contact): number =>
  other.receivedAt - one.receivedAt || (one.id < other.id ? -1 : 1);

/** What a search must find: every contact, looked at one by one. */
export const model = (desk: readonly Told[], typed: readonly Typed[]): Contact[] =>
  desk
    .filter((told) => typed.every(({ finds }) => finds(told)))
    .map(({ contact }) => contact)
    .sort(newestFirst);
