import type { HistoryItem, RelatedContacts } from '../../../shared/contract/workstation.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { HOUR, type Instant } from '../../../shared/domain/time.ts';
import { dayWords } from '../../ui/time-words.ts';

/** What counts as lately. Milliseconds. */
const LATELY = 24 * HOUR;

const keyWords = {
  'same-number': 'number',
  'same-address': 'address',
  'same-name': 'name',
} as const;

const ordinal = (n: number): string => ['', '1st', '2nd', '3rd'][n] ?? `${n}th`;

/** "2nd contact in 24 h (same number, name)", "3 before on this desk with this address": what the caller shares with earlier contacts, each count once. */
export function beforeLines(
  { receivedAt }: Pick<Contact, 'receivedAt'>,
  items: readonly HistoryItem[],
): readonly string[] {
  const earlier = items.filter(({ summary }) => summary.receivedAt <= receivedAt);
  const lately = new Map<number, string[]>();
  const before = new Map<number, string[]>();
  for (const key of ['same-number', 'same-address', 'same-name'] as const) {
    const same = earlier.filter(({ because }) => because.includes(key));
    const recent = same.filter(({ summary }) => receivedAt - summary.receivedAt <= LATELY).length;
    if (recent > 0) lately.set(recent, [...(lately.get(recent) ?? []), keyWords[key]]);
    else if (same.length > 0) before.set(same.length, [...(before.get(same.length) ?? []), keyWords[key]]);
  }
  return [
    ...Array.from(lately, ([n, keys]) => `${ordinal(n + 1)} contact in 24 h (same ${keys.join(', ')})`),
    ...Array.from(before, ([n, keys]) => `${n} before on this desk with this ${keys.join(', ')}`),
  ];
}

/**
 * "Same number, 11 contacts in 12 months, 4 of somebody vulnerable, last 3 Nov": what is the same, how often, and since when (rule AS-23). With the
 * contact at hand; by number, address and name apart, those of one count and day together.
 */
export function yearLines(year: RelatedContacts['year'], receivedAt: Instant): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { because, count, vulnerable, last } of year) {
    const whose = vulnerable === 0 ? '' : `, ${vulnerable} of somebody vulnerable`;
    const words = `${count} contacts in 12 months${whose}, last ${dayWords(last, receivedAt)}`;
    lines.set(words, [...(lines.get(words) ?? []), keyWords[because]]);
  }
  return Array.from(lines, ([words, keys]) => `Same ${keys.join(', ')}, ${words}`);
}
