import { waitsUnread } from '../../shared/domain/channel.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { linesOfPublic, type LineInLanguage } from '../../shared/domain/language/lines.ts';
import type { TroubleKind } from '../../shared/domain/language/translation.ts';

/** So many contacts are looked through, the newest first, and so many lines of each, the newest of them. */
const CONTACTS = 300;
const LINES_OF_ONE = 12;

/** What may have passed since: the same line may be translated now. */
const passing: ReadonlySet<TroubleKind> = new Set([
  'none',
  'slow',
  'down',
  'over-quota',
  'wrong-key',
  'busy',
  'cancelled',
]);

const isDone = ({ outcome }: LineInLanguage): boolean =>
  outcome.kind === 'translated' || !passing.has(outcome.trouble.kind);

export interface LinesToCatchUp {
  readonly contact: Contact;
  readonly lines: readonly string[];
}

/**
 * The lines of open contacts that nobody has translated, though somebody may have to (rule LG-16). A line in English is among them: that it is one is
 * known when it has been read again, which costs nothing.
 */
export function linesToCatchUp(open: readonly Contact[]): readonly LinesToCatchUp[] {
  return open
    .filter(({ channel }) => waitsUnread.has(channel))
    .flatMap((contact) => {
      const done = new Set(contact.translations.filter(isDone).map(({ line }) => line));
      const lines = linesOfPublic(contact)
        .filter(({ line, text }) => text.trim() !== '' && !done.has(line))
        .slice(-LINES_OF_ONE)
        .map(({ line }) => line);
      return lines.length === 0 ? [] : [{ contact, lines }];
    })
    .toSorted((a, b) => b.contact.receivedAt - a.contact.receivedAt)
    .slice(0, CONTACTS);
}
