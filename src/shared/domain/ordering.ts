import { isOpenEmergency, type ContactSummary } from './contact.ts';

/** What the one total order looks at, and nothing else. The queue keeps the same four as columns (rule O-06). */
export interface OrderKey {
  /** 0 for an open emergency, 1 for everything else. */
  readonly lane: 0 | 1;
  /** Band A: when it rang or was promoted. Otherwise: its due instant. */
  readonly first: number;
  /** Band A: arrival number. Otherwise: when it was received. */
  readonly second: number;
  /** UUID, compared by UTF-16 code units, which for UUIDs is the byte order of PostgreSQL's "C" collation. */
  readonly id: string;
}

/** The place of a contact in the inbox. Depends on the contact alone, never on the time of day (rule O-05). */
export function orderKey(contact: ContactSummary): OrderKey {
  return isOpenEmergency(contact)
    ? { lane: 0, first: contact.bandSince, second: contact.seq, id: contact.id }
    : { lane: 1, first: contact.due.at, second: contact.receivedAt, id: contact.id };
}

/** Negative when `a` stands above `b`. Zero only for the same contact (rule O-01). */
export function compareKeys(a: OrderKey, b: OrderKey): number {
  return (
    a.lane - b.lane || a.first - b.first || a.second - b.second || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

export function compareContacts(a: ContactSummary, b: ContactSummary): number {
  return compareKeys(orderKey(a), orderKey(b));
}

/**
 * What a handler has asked to see. It narrows and sorts band B only: an open emergency is in every view and
 * above every other row of it (rule O-04).
 */
export interface InboxView {
  readonly filter: (contact: ContactSummary) => boolean;
  /** An order for everything that is not an open emergency; `null` for the order of due instants. */
  readonly sort: ((a: ContactSummary, b: ContactSummary) => number) | null;
}

/** The rows of a view, in order. */
export function inView(contacts: readonly ContactSummary[], view: InboxView): ContactSummary[] {
  const emergencies = contacts.filter(isOpenEmergency).sort(compareContacts);
  const rest = contacts.filter((contact) => !isOpenEmergency(contact) && view.filter(contact));
  const { sort } = view;
  rest.sort(sort === null ? compareContacts : (a, b) => sort(a, b) || compareContacts(a, b));
  return [...emergencies, ...rest];
}

/** What F2 takes: the open emergency that has waited longest, or `null`. */
export function oldestEmergency(contacts: Iterable<ContactSummary>): ContactSummary | null {
  let oldest: ContactSummary | null = null;
  for (const contact of contacts) {
    if (isOpenEmergency(contact) && (oldest === null || compareContacts(contact, oldest) < 0))
      oldest = contact;
  }
  return oldest;
}
