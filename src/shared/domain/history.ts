import type { Channel } from './channel.ts';
import type { Contact, Grade } from './contact.ts';
import type { ContactId } from './ids.ts';
import { keysOfContact, type CallerKeys, type SameBecause } from './same-caller.ts';
import { HOUR, type Instant } from './time.ts';

/** How far back a desk knows that somebody was in touch (rule AS-23). Milliseconds: twelve months. */
export const HISTORY_MS = 365 * 24 * HOUR;

/** A contact that ended longer ago than desks keep it, without anything that names a person (rule AS-23). */
export interface HistoryRow {
  readonly contact: ContactId;
  readonly ref: string;
  readonly receivedAt: Instant;
  readonly closedAt: Instant;
  readonly channel: Channel;
  readonly grade: Grade | null;
  /** The closing category's code; `null` where none was given. */
  readonly category: string | null;
  readonly vulnerable: boolean;
  /** Kinds of markers that were on record. */
  readonly markers: readonly string[];
  readonly isr: string | null;
  readonly crime: string | null;
  /** Keyed hashes of the caller's number, address and name, as `same-caller.ts` writes them. */
  readonly keys: CallerKeys;
}

/** Number, address and name as keyed hashes; what says nothing about who somebody is stays `null`. */
export function hashedKeys(
  { number, address, name }: CallerKeys,
  hash: (text: string) => string,
): CallerKeys {
  const of = (kind: keyof CallerKeys, key: string | null) => (key === null ? null : hash(`${kind} ${key}`));
  return { number: of('number', number), address: of('address', address), name: of('name', name) };
}

/** The row of a contact that has ended; `null` of one that has not. */
export function historyRowOf(contact: Contact, hash: (text: string) => string): HistoryRow | null {
  const { id, ref, receivedAt, channel, grade, ownership, closing, flags, markers, incident, crime } =
    contact;
  if (ownership.kind !== 'closed') return null;
  return {
    contact: id,
    ref,
    receivedAt,
    closedAt: ownership.since,
    channel,
    grade,
    category: closing?.record?.category ?? null,
    vulnerable: flags.vulnerable,
    markers: [...new Set(markers.map(({ kind }) => kind))],
    isr: incident?.ref ?? null,
    crime: crime?.ref ?? null,
    keys: hashedKeys(keysOfContact(contact), hash),
  };
}

/** Contacts of twelve months that share a number, an address or a name with the one at hand. */
export interface YearOfCaller {
  readonly because: SameBecause;
  /** With the contact at hand. */
  readonly count: number;
  /** How many of the earlier ones were of somebody vulnerable. */
  readonly vulnerable: number;
  /** When the last of the earlier ones was received. */
  readonly last: Instant;
}

/** What of an earlier contact counts. */
export type EarlierInYear = Pick<HistoryRow, 'contact' | 'receivedAt' | 'vulnerable' | 'keys'>;

const sameKeys = { 'same-number': 'number', 'same-address': 'address', 'same-name': 'name' } as const;

/**
 * What twelve months know of this caller, by number, address and name apart (rule AS-23): counted back from when the contact was received, later
 * ones not at all.
 */
export function yearOf(
  { contact, receivedAt, keys }: EarlierInYear,
  earlier: readonly EarlierInYear[],
): readonly YearOfCaller[] {
  const before = earlier.filter(
    (one) =>
      one.contact !== contact && one.receivedAt <= receivedAt && one.receivedAt > receivedAt - HISTORY_MS,
  );
  return (['same-number', 'same-address', 'same-name'] as const).flatMap((because) => {
    const key = keys[sameKeys[because]];
    const same = before.filter((one) => key !== null && one.keys[sameKeys[because]] === key);
    const [newest] = same.map((one) => one.receivedAt).sort((a, b) => b - a);
    if (newest === undefined) return [];
    const vulnerable = same.filter((one) => one.vulnerable).length;
    return [{ because, count: same.length + 1, vulnerable, last: newest }];
  });
}
