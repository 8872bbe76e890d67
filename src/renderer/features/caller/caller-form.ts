import type { Contact } from '../../../shared/domain/contact.ts';
import { TITLE_LIMIT } from '../../../shared/domain/command.ts';
import {
  CALLER_LIMITS,
  otherNumberOf,
  toldCaller,
  type SaidDescription,
} from '../../../shared/domain/record/description.ts';

/** Who it is and what it is about, as typed. `number`: the one of the line where it showed none, otherwise another one. */
export interface CallerForm {
  readonly title: string;
  readonly name: string;
  readonly number: string;
  readonly address: string;
  /** A BCP 47 tag; empty: English. */
  readonly language: string;
}

export const callerFields = ['name', 'number', 'address', 'title'] as const;
export type CallerField = (typeof callerFields)[number];

const limits: Readonly<Record<CallerField, number>> = { ...CALLER_LIMITS, title: TITLE_LIMIT };

type Known = Pick<Contact, 'title' | 'caller' | 'language' | 'descriptions'>;

/** The number that the line itself showed, which nobody overwrites; `null` when it showed none. */
export const lineNumberOf = (contact: Known): string | null => toldCaller(contact).number;

/** As it stands on the contact, to be corrected. */
export function formOf(contact: Known): CallerForm {
  const { title, caller, language } = contact;
  const number = lineNumberOf(contact) === null ? caller.number : otherNumberOf(contact);
  return {
    title,
    name: caller.name ?? '',
    number: number ?? '',
    address: caller.address ?? '',
    language: language ?? '',
  };
}

export function readCallerForm(value: unknown): CallerForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { title, name, number, address, language } = value as Partial<Record<keyof CallerForm, unknown>>;
  if (typeof title !== 'string' || typeof name !== 'string' || typeof number !== 'string') return null;
  if (typeof address !== 'string' || typeof language !== 'string') return null;
  return { title, name, number, address, language };
}

export function saidOf({ title, name, number, address, language }: CallerForm): SaidDescription {
  return {
    title: title.trim(),
    caller: { name: orNull(name), number: orNull(number), address: orNull(address) },
    language: orNull(language),
  };
}

/** What must be mended before it can be kept, as a sentence, or `null`. */
export function wrongIn(form: CallerForm): { readonly field: CallerField; readonly sentence: string } | null {
  if (form.title.trim() === '')
    return {
      field: 'title',
      sentence: 'Write a few words for the row: what it is about, without names or numbers.',
    };
  for (const field of callerFields) {
    const over = form[field].trim().length - limits[field];
    if (over > 0)
      return {
        field,
        sentence: `Too long by ${over} characters. Nothing is cut: shorten it, or write the rest as a note.`,
      };
  }
  return null;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
