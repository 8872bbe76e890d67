import type { Channel } from './channel.ts';
import { needsPerson, type ContactSummary } from './contact.ts';
import { later, type Instant } from './time.ts';

/** Where somebody has written, and nobody is on a line who would say it again. */
const written: ReadonlySet<Channel> = new Set<Channel>([
  'web-chat',
  'online-report',
  'text',
  'e-mail',
  'social-message',
]);

/**
 * By when somebody should have looked at what was written to us (rule K-09): a report's fifteen minutes, a chat's one. `null` where nobody
 * waits for that: somebody has taken it, or has graded it, or it is an emergency, which sounds until it is taken.
 *
 * Words of risk put a contact first (rule O-07) and bring its due instant before its receipt: that is its place, and no time in which it could have been
 * looked at.
 */
export function lookedAtBy(contact: ContactSummary): Instant | null {
  const { channel, band, grade, receivedAt, due } = contact;
  if (!written.has(channel) || band === 'A' || grade !== null || !needsPerson(contact)) return null;
  const isFirst = due.allowances.some(({ because }) => because === 'look-first');
  return isFirst ? later(receivedAt, due.targetMs) : due.at;
}

/** Nobody has looked at it in the time that the policy gives. */
export function isUnreadTooLong(contact: ContactSummary, now: Instant): boolean {
  const by = lookedAtBy(contact);
  return by !== null && now > by;
}
