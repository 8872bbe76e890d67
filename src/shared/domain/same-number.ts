import type { Contact } from './contact.ts';
import type { ContactId } from './ids.ts';

/**
 * What a row says of another contact that came from the same number (rule TE-10).
 * - `due`: somebody there must be rung back, and may be who rings here
 * - `ringing`, `in-touch`: whoever is to be rung back here may be there now
 * - `since`: the number has been in touch there since
 */
export const sameNumberKinds = ['ringing', 'in-touch', 'due', 'since'] as const;

export interface SameNumber {
  readonly contact: ContactId;
  readonly ref: string;
  readonly is: (typeof sameNumberKinds)[number];
}

/** So many are told of one contact: who rings nine times is told of by the ones that matter now. */
export const SAME_NUMBER_TOLD = 4;

type OfNumber = Pick<
  Contact,
  'id' | 'ref' | 'receivedAt' | 'seq' | 'ownership' | 'channelState' | 'callBackDue' | 'links'
>;

/**
 * What contacts of one number say of each other while somebody in one of them must be rung back: until the two are linked, or the duty is
 * done. Nothing is linked by it. Of those that have nothing to say there is no entry; a closed contact says nothing, and is told of.
 */
export function sameNumberOf(
  contacts: readonly OfNumber[],
): ReadonlyMap<ContactId, readonly [SameNumber, ...SameNumber[]]> {
  const said = new Map<ContactId, [SameNumber, ...SameNumber[]]>();
  const say = (at: OfNumber, { id, ref }: OfNumber, is: SameNumber['is']): void => {
    const told = { contact: id, ref, is };
    const before = said.get(at.id);
    if (before === undefined) said.set(at.id, [told]);
    else before.push(told);
  };
  const newest = contacts.toSorted((a, b) => (isLater(a, b) ? -1 : 1));
  for (const due of newest.filter(isDue))
    for (const other of newest) {
      if (other.id === due.id || hasLink(due, other) || hasLink(other, due)) continue;
      const is = standingOf(other);
      // One that was over before is no word of theirs since.
      if (is === 'since' && !isLater(other, due)) continue;
      say(due, other, is);
      if (other.ownership.kind !== 'closed') say(other, due, 'due');
    }
  for (const told of said.values()) {
    told.sort((a, b) => sameNumberKinds.indexOf(a.is) - sameNumberKinds.indexOf(b.is));
    told.splice(SAME_NUMBER_TOLD);
  }
  return said;
}

/** Somebody must be rung back, and has not been. */
const isDue = ({ callBackDue, ownership }: OfNumber): boolean => callBackDue && ownership.kind !== 'closed';

function standingOf({ ownership, channelState }: OfNumber): Exclude<SameNumber['is'], 'due'> {
  if (ownership.kind === 'closed') return 'since';
  switch (channelState) {
    case 'ringing':
    case 'queued':
      return 'ringing';
    case 'connected':
    case 'active':
      return 'in-touch';
    default:
      return 'since';
  }
}

const isLater = (one: OfNumber, other: OfNumber): boolean =>
  one.receivedAt !== other.receivedAt ? one.receivedAt > other.receivedAt : one.seq > other.seq;

/** The two ends of a link come one after the other: either will do. */
const hasLink = (one: OfNumber, other: OfNumber): boolean =>
  one.links.some(({ other: { contact }, parted }) => contact === other.id && parted === null);
