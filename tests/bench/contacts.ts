import type { Contact } from '../../src/shared/domain/contact.ts';
import type { Channel } from '../../src/shared/domain/channel.ts';
import { asContactId } from '../../src/shared/domain/ids.ts';
import { dueOf } from '../../src/shared/domain/service-level.ts';
import { asInstant, HOUR } from '../../src/shared/domain/time.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { aContact, aPolicy } from '../harness/builders.ts';

/**
 * Invented contacts, each a function of its number alone: the same bench file holds the same contacts everywhere. All of
 * them are open and wait, which is the worst case for a desk: every one of them belongs in the list.
 */

/** Contacts came evenly over this time, up to `LAST_RECEIVED`. */
const SPAN_MS = 72 * HOUR;
const LAST_RECEIVED = Date.UTC(2026, 10, 1, 12, 0);

/** Open emergencies in every file. */
const EMERGENCIES = 5;

const policy = aPolicy();

const doors: readonly (readonly [share: number, channel: Channel])[] = [
  [0.55, 'online-report'],
  [0.7, 'e-mail'],
  [0.85, '101-voice'],
  [0.93, 'web-chat'],
  [0.98, 'text'],
  [1, 'front-counter'],
];
const whats = ['Noise', 'Theft', 'Damage', 'Lost property', 'A neighbour', 'A car', 'Shouting', 'A dog'];
const wheres = ['flat above', 'garage', 'car park', 'station', 'school', 'river path', 'shop', 'bus stop'];
const roads = ['Fretherne Road', 'Marlborough Road', 'Station Approach', 'Bridge Street', 'Mill Lane'];
const towns = ['Welwyn Garden City', 'Stevenage', 'Watford', 'Hertford', 'St Albans', 'Hatfield', 'Hitchin'];
const sentence = 'They have been at it since ten and nobody has come to the door. ';

/** A number from 0 up to 1 that follows from two whole numbers. */
export function chance(n: number, salt: number): number {
  let x = Math.imul(n ^ (salt * 0x9e3779b9), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

const pick = <T>(list: readonly T[], at: number): T => must(list[Math.floor(at * list.length)], 'list');
const hex = (n: number, digits: number): string => Math.floor(n).toString(16).padStart(digits, '0');

/** Ids grow with the number, so that a file is written from front to back; times do not follow ids. */
const idOf = (n: number, total: number): string =>
  `${hex((n / total) * 0xe0000000, 8)}-${hex(chance(n, 1) * 0xffff, 4)}-4${hex(chance(n, 2) * 0xfff, 3)}-8${hex(chance(n, 3) * 0xfff, 3)}-${hex(n, 12)}`;

/** Whatever the newest version of a contact has besides is taken from here. */
const template = aContact();

/** Contact `n` of a file of `total`. */
export function contactAt(n: number, total: number): Contact {
  // 7919 is prime and shares no factor with the sizes, so that every place in time is taken once.
  const place = (n * 7_919) % total;
  const receivedAt = asInstant(Math.floor(LAST_RECEIVED - SPAN_MS * (1 - place / total)));
  const isEmergency = place >= total - EMERGENCIES;
  const draw = chance(n, 4);
  const door = must(
    doors.find(([share]) => draw < share),
    'door',
  );
  const channel = isEmergency ? '999-voice' : door[1];
  const flags = {
    vulnerable: chance(n, 5) < 0.05,
    repeat: chance(n, 6) < 0.1,
    lookFirst: chance(n, 7) < 0.01,
  };
  const road = pick(roads, chance(n, 8));
  const town = pick(towns, chance(n, 9));
  return {
    ...template,
    id: asContactId(idOf(n, total)),
    ref: `CON-20261101-${String(n).padStart(6, '0')}`,
    channel,
    receivedAt,
    seq: n + 1,
    band: isEmergency ? 'A' : 'B',
    bandSince: receivedAt,
    due: dueOf({ channel, grade: null, flags, receivedAt }, policy),
    ownership: { kind: 'waiting', since: receivedAt },
    title: `${pick(whats, chance(n, 10))} by the ${pick(wheres, chance(n, 11))}`,
    place: `${road}, ${town}`,
    flags,
    enteredAt: asInstant(receivedAt + 40),
    caller: {
      name: 'Robin Marsh',
      number: `01632 960${String(n % 1_000).padStart(3, '0')}`,
      address: `${1 + (n % 90)} ${road}`,
    },
    account: sentence.repeat(3 + Math.floor(chance(n, 12) * 6)),
  };
}

/** All contacts of a file, made one at a time. */
export function* contactsOf(total: number): Generator<Contact> {
  for (let n = 0; n < total; n += 1) yield contactAt(n, total);
}
