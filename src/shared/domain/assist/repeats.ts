import type { ContactId } from '../ids.ts';
import type { LinkingPolicy } from '../policy/linking.ts';
import { KEEP_CLOSED_MS } from '../retention.ts';
import { sameCaller, type CallerKeys, type SameBecause } from '../same-caller.ts';
import { HOUR, type Instant } from '../time.ts';
import { nearest, type Circle } from './circle.ts';

/** What of an earlier contact counts towards a repeat. */
export interface EarlierContact {
  readonly id: ContactId;
  readonly ref: string;
  readonly receivedAt: Instant;
  readonly keys: CallerKeys;
  /** Where it was about; those wider than the policy's largest radius are left out by `circlesOf`. */
  readonly circles: readonly Circle[];
}

export type RepeatKind = 'repeat-caller' | 'repeat-location';

/** A repeat at one glance: how many, why they are taken for the same, and which. */
export interface Repeat {
  readonly kind: RepeatKind;
  /** With the contact at hand. */
  readonly count: number;
  /** "3 contacts in 24 hours from the same number." */
  readonly sentence: string;
  /** The earlier ones, newest first, each with its own reason. */
  readonly contacts: readonly {
    readonly id: ContactId;
    readonly ref: string;
    readonly receivedAt: Instant;
    readonly because: readonly (SameBecause | 'place')[];
  }[];
}

const DAY = 24 * HOUR;

/**
 * The repeats that a contact makes together with earlier ones (rule AS-19). Counted back from when it was received, so that the answer does
 * not change while it is read. Later contacts, and the contact itself in the list, do not count.
 */
export function repeatsOf(
  contact: EarlierContact,
  earlier: readonly EarlierContact[],
  { repeats }: LinkingPolicy,
): readonly Repeat[] {
  const before = earlier
    .filter(({ id, receivedAt }) => id !== contact.id && receivedAt <= contact.receivedAt)
    .map((one) => ({
      one,
      age: contact.receivedAt - one.receivedAt,
      caller: sameCaller(contact.keys, one.keys),
      isThere: nearest(contact.circles, one.circles) === 0,
    }))
    .sort((a, b) => a.age - b.age || (a.one.id < b.one.id ? -1 : 1));
  const { caller, location } = repeats;
  const byCaller = before.filter(({ age, caller: same }) => same.length > 0 && age <= caller.hours * HOUR);
  // Whoever counts sees what a desk keeps, and no further back: a longer count would be too low and not say so.
  const isCounted = location.days * DAY <= KEEP_CLOSED_MS;
  const placeMs = isCounted ? location.days * DAY : KEEP_CLOSED_MS;
  const byPlace = before.filter(({ age, caller: same, isThere }) => {
    return (isThere || same.includes('same-address')) && age <= placeMs;
  });
  type Counted = (typeof before)[number];
  const repeat = (
    kind: RepeatKind,
    counted: readonly Counted[],
    needed: number,
    because: (one: Counted) => readonly (SameBecause | 'place')[],
    words: (count: number, reasons: string) => string,
  ): Repeat[] => {
    const count = counted.length + 1;
    if (count < needed) return [];
    const contacts = counted.map((item) => {
      const { id, ref, receivedAt } = item.one;
      return { id, ref, receivedAt, because: because(item) };
    });
    return [{ kind, count, contacts, sentence: words(count, reasonsOf(contacts)) }];
  };
  return [
    ...repeat(
      'repeat-caller',
      byCaller,
      caller.contacts,
      (item) => item.caller,
      (count, reasons) => `${count} contacts in ${caller.hours} hours from ${reasons}.`,
    ),
    ...repeat(
      'repeat-location',
      byPlace,
      location.contacts,
      (item) => [
        ...(item.caller.includes('same-address') ? (['same-address'] as const) : []),
        ...(item.isThere ? (['place'] as const) : []),
      ],
      (count, reasons) =>
        isCounted
          ? `${count} contacts in ${location.days} days about ${reasons}.`
          : `${count} contacts about ${reasons}, of the last ${KEEP_CLOSED_MS / HOUR} hours on this desk.`,
    ),
  ];
}

const reasonWords: Readonly<Record<SameBecause | 'place', string>> = {
  'same-number': 'the same number',
  'same-address': 'the same address',
  'same-name': 'the same name',
  place: 'the same place',
};

function reasonsOf(contacts: readonly { readonly because: readonly (SameBecause | 'place')[] }[]): string {
  const codes = (['same-number', 'same-address', 'same-name', 'place'] as const).filter((code) =>
    contacts.some(({ because }) => because.includes(code)),
  );
  return codes.map((code) => reasonWords[code]).join(' or ');
}
