import type { Caller, Contact } from '../contact.ts';
import type { CommandId } from '../ids.ts';
import { TITLE_LIMIT } from '../command.ts';
import type { Refusal } from '../lifecycle.ts';
import type { Done } from './parts.ts';

/** What a handler has learned of who it is and what it is about (rule R-24). */
export interface SaidDescription {
  /** A few words for the row, without names or numbers. */
  readonly title: string;
  /** `number`: the one to ring; beside the line's own where that was shown. */
  readonly caller: Caller;
  /** BCP 47 tag; `null` when English or not known. */
  readonly language: string | null;
}

/** One version of it; what stood before is kept whole, so that nothing a source told is lost. */
export interface Description extends Done {
  readonly id: CommandId;
  readonly said: SaidDescription;
  readonly before: SaidDescription;
}

/** What fits of a caller's particulars and of a language's tag, so that a command always fits a frame (rule L-04). Characters. */
export const CALLER_LIMITS = { name: 160, number: 40, address: 300 } as const;
export const LANGUAGE_LIMIT = 35;

/** Why it cannot be written down like that, or `null`. Words that are missing or too long are the handler's to mend. */
export function refusalOfDescription({ title, caller, language }: SaidDescription): Refusal | null {
  if (title.trim() === '') return { code: 'text-missing' };
  const tooLong = [
    [title, TITLE_LIMIT] as const,
    [language ?? '', LANGUAGE_LIMIT] as const,
    [caller.name ?? '', CALLER_LIMITS.name] as const,
    [caller.number ?? '', CALLER_LIMITS.number] as const,
    [caller.address ?? '', CALLER_LIMITS.address] as const,
  ].find(([words, limit]) => words.length > limit);
  if (tooLong === undefined) return null;
  return { code: 'text-too-long', limit: tooLong[1], length: tooLong[0].length };
}

type Described = Pick<Contact, 'title' | 'caller' | 'language' | 'descriptions'>;

export const descriptionOf = ({ title, caller, language }: Described): SaidDescription => ({
  title,
  caller,
  language,
});

/** Who it was as the source told it, whatever was written since. */
export function toldCaller({ caller, descriptions }: Pick<Described, 'caller' | 'descriptions'>): Caller {
  return descriptions[0]?.before.caller ?? caller;
}

/**
 * What the contact says from now on. The number that the line itself showed stays the contact's number, by which whoever rings again is
 * found; one that was only said takes its place where the line showed none.
 */
export function describedAs(
  contact: Described,
  { title, caller, language }: SaidDescription,
): Pick<Contact, 'title' | 'caller' | 'language'> {
  const { number } = toldCaller(contact);
  return { title, caller: { ...caller, number: number ?? caller.number }, language };
}

/** Another number to reach them on than the one of the line; `null` when none was said. */
export function otherNumberOf({
  caller,
  descriptions,
}: Pick<Described, 'caller' | 'descriptions'>): string | null {
  const said = descriptions.at(-1)?.said.caller.number ?? null;
  return said === caller.number ? null : said;
}
