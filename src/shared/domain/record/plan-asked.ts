import { mayFollow } from '../assist/plans.ts';
import type { Contact, Grade } from '../contact.ts';
import { entryOf } from '../triage/entry.ts';
import { isBelow } from '../triage/floors.ts';

/** The least urgent grade that an open question of a plan never holds up. */
const LEAST_AT_ONCE: Grade = 'G2';

/** This person has an agreed plan, and nobody has answered what is different today (rule AS-18). */
export const isPlanUnasked = (contact: Pick<Contact, 'plan' | 'triage'>): boolean =>
  contact.plan !== null && !mayFollow(entryOf(contact).different ?? '');

/** A low grade, or none, waits for that answer; one at which somebody goes at once or soon never does (rule T-26). */
export const planHoldsUp = (contact: Pick<Contact, 'plan' | 'triage'>, grade: Grade | null): boolean =>
  (grade === null || isBelow(grade, LEAST_AT_ONCE)) && isPlanUnasked(contact);
