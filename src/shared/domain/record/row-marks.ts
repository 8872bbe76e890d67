import type { Contact, RowMarks, Weighed } from '../contact.ts';
import { waitsSince } from '../chat/chat.ts';
import { standingOffer } from '../chat/standing-offer.ts';
import { crimeDueAt } from './crime-clock.ts';
import { isDecided } from './crime-decision.ts';
import { openDuties, type MarkerOnRecord, type RecordParts } from './parts.ts';

/** Of a contact that has only just come. */
export const noMarks: RowMarks = {
  isr: null,
  crimeDueAt: null,
  duties: [],
  major: null,
  markers: [],
  backTo: null,
  turnSince: null,
  weighed: null,
};

/** What only the area of a mast takes in is for whoever opens the contact: a row says nothing of strangers. */
const isTold = ({ matchedBy }: MarkerOnRecord): boolean => matchedBy.some((by) => by !== 'wide-place');

/** What the row must say of the whole contact (rules R-08, C-25, C-26, C-30). A function of the record alone: never of the time, nor of whose it is. */
export function rowMarksOf(
  contact: RecordParts &
    Pick<
      Contact,
      | 'receivedAt'
      | 'closing'
      | 'channel'
      | 'channelState'
      | 'messages'
      | 'ownership'
      | 'fence'
      | 'grade'
      | 'gradings'
    >,
): RowMarks {
  const { incident, crime, closing, receivedAt, major, markers } = contact;
  const offer = standingOffer(contact);
  const isSettled = isDecided(crime?.decision ?? null) || closing !== null;
  return {
    isr: incident?.ref ?? null,
    crimeDueAt: isSettled ? null : crimeDueAt({ receivedAt }),
    duties: [...new Set(openDuties(contact).map(({ kind }) => kind))],
    major: major !== null && major.stoodDown === null ? major.name : null,
    markers: [...new Set(markers.filter(isTold).map(({ kind }) => kind))],
    backTo: contact.chat?.earlier?.owner?.handler ?? null,
    turnSince: closing === null ? waitsSince(contact) : null,
    weighed: contact.ownership.kind === 'closed' ? null : weighedOf(contact),
    ...(offer !== null && { offer: { id: offer.id, to: offer.to, until: offer.until } }),
  };
}

/** By which it is known when the risk is to be looked at because of time alone; `null` while there is no grade. */
export function weighedOf({
  grade,
  gradings,
  triage,
}: Pick<Contact, 'grade' | 'gradings' | 'triage'>): Weighed | null {
  const gradedAt = gradings.findLast((each) => each.grade === grade)?.at;
  if (grade === null || gradedAt === undefined) return null;
  return { gradedAt, lookedAt: triage.at(-1)?.at ?? gradedAt };
}
