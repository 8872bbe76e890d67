import type { Contact } from '../../shared/domain/contact.ts';
import { factsAlong, isSameCaller, openDuties, type Link } from '../../shared/domain/record/parts.ts';
import type { Instant } from '../../shared/domain/time.ts';

/** What was joined to a contact since its risk was due to be looked at again, newest last (rules T-17, W-29). */
export interface LinksToLookAt {
  /** The same caller once more, with nothing new in words: that they ring again is what is new. */
  readonly rangBack: Link | null;
  /** Says what this contact does not. */
  readonly adds: Link | null;
  /** The newer of the two: where the key goes. */
  readonly newest: Link | null;
}

const none: LinksToLookAt = { rangBack: null, adds: null, newest: null };

const isBare = (link: Link): boolean => link.fact.trim() === '' && factsAlong(link).length === 0;

/** When it last said anything: at the linking, or in what was told since. */
const saidAt = ({ at, later = [] }: Link): Instant => later.at(-1)?.at ?? at;

/**
 * Read from the links, not from what opened the duty: one that was open already, for a line that had dropped, takes a caller who rings back
 * in with it and keeps its own reason.
 */
export function linksToLookAt(contact: Contact): LinksToLookAt {
  const due = openDuties(contact).find(({ kind }) => kind === 're-thrive');
  if (due === undefined) return none;
  const since = contact.links.filter(
    (link) => link.side === 'parent' && link.parted === null && saidAt(link) >= due.since,
  );
  const rangBack = since.findLast((link) => isSameCaller(link) && isBare(link)) ?? null;
  const adds = since.findLast((link) => !isBare(link)) ?? null;
  const newest = since.findLast((link) => link === rangBack || link === adds) ?? null;
  return { rangBack, adds, newest };
}
