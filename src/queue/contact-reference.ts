import type { Realm } from '../shared/contract/realm.ts';
import type { Instant } from '../shared/domain/time.ts';

const londonDay = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day of an instant as Hertfordshire's calendar has it: `20261122`. References start again with each. */
export function londonDayOf(instant: Instant): string {
  const parts = new Map(londonDay.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}${parts.get('month')}${parts.get('day')}`;
}

/** What a handler reads out: `CON-20261122-000041`. A training contact can never be taken for a real one. */
export function contactReference(realm: Realm, day: string, ofDay: number): string {
  return `${realm === 'training' ? 'TRN' : 'CON'}-${day}-${String(ofDay).padStart(6, '0')}`;
}
