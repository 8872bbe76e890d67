import type { Contact } from '../contact.ts';
import { formTexts } from '../chat/report-form.ts';
import type { Day } from '../london.ts';
import { parseReference, type Reference } from './references.ts';

/** So many references of one contact are looked for: whoever pastes a page of them means none. */
const NAMED_AT_MOST = 8;

/** Numbers as we give them out, in running words. What could be a date, a price or a plate is none. */
const given = [
  /\b(?:CON|TRN)-\d{8}-\d{1,6}\b/giu,
  /\bPROV-[0-9A-Z]{6}\b/giu,
  /\b41\/[1-9]\d{0,5}\/\d{2}\b/gu,
  /\b20\d{2}-\d{2}-\d{2}\/\d{4,5}\b/gu,
  /\bISR\s*\d{1,5}\s+of\s+\d{1,2}\s+\p{L}{3,9}\b/giu,
] as const;

/** References of ours that somebody gives in what they wrote: "it is about 41/1403/26 again" (rule AS-29). Each once, in the order of the words. */
export function referencesNamed(
  { account, form, messages }: Pick<Contact, 'account' | 'form' | 'messages'>,
  today: Day,
): readonly Exclude<Reference, { kind: 'foreign' }>[] {
  const texts = [
    account,
    ...formTexts(form),
    ...messages.flatMap(({ from, text }) => (from === 'public' ? [text] : [])),
  ];
  const found = new Map<string, Exclude<Reference, { kind: 'foreign' }>>();
  for (const text of texts) {
    for (const [words] of given.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const reference = parseReference(words, today);
      if (reference === null || reference.kind === 'foreign') continue;
      found.set(JSON.stringify(reference), reference);
      if (found.size >= NAMED_AT_MOST) return [...found.values()];
    }
  }
  return [...found.values()];
}
