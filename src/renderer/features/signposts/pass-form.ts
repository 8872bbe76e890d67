import { NOTE_LIMIT, REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { Passed } from '../../../shared/domain/record/parts.ts';
import { isTaken } from '../../../shared/domain/record/passed-on.ts';

/** A passing-on as far as it is filled in. */
export interface PassForm {
  readonly to: string;
  /** `null`: as the record says it now. Once it was edited it is the handler's own and follows nothing. */
  readonly pack: string | null;
  /** The lines of the record when the editing began: what comes later is offered, never put in by itself. */
  readonly known: readonly string[];
  readonly stayedOn: boolean;
  /** Why not; one line. */
  readonly leftBecause: string;
  readonly takenBy: string;
  readonly theirRef: string;
}

export const blankPass: PassForm = {
  to: '',
  pack: null,
  known: [],
  stayedOn: false,
  leftBecause: '',
  takenBy: '',
  theirRef: '',
};

/** What the record has learnt since the pack was edited. */
export const newLines = (form: PassForm, lines: readonly string[]): readonly string[] =>
  form.pack === null ? [] : lines.filter((line) => !form.known.includes(line));

export const packOf = ({ pack }: PassForm, lines: readonly string[]): string => pack ?? lines.join('\n');

/** They have taken an emergency, we were not on the line, and nobody has said why (rule C-28). */
export const asksWhyLeft = (form: PassForm, isWarm: boolean): boolean =>
  isWarm && !form.stayedOn && form.leftBecause.trim() === '' && isTaken(form);

/** The handler changes the pack. */
export const withPack = (form: PassForm, pack: string, lines: readonly string[]): PassForm => ({
  ...form,
  pack,
  known: form.pack === null ? lines : form.known,
});

/** What is new goes to its end. */
export function withNews(form: PassForm, lines: readonly string[]): PassForm {
  const news = newLines(form, lines);
  if (form.pack === null || news.length === 0) return form;
  return { ...form, pack: [form.pack.trimEnd(), ...news].join('\n'), known: lines };
}

/** What keeps it from being kept, as a sentence; `null` when it is whole. */
export function missingInPass(form: PassForm, lines: readonly string[], isWarm: boolean): string | null {
  if (form.to.trim() === '') return 'Say first who it goes to.';
  if (asksWhyLeft(form, isWarm))
    return 'An emergency goes over with us on the line: Alt+S if we stayed, or write why not.';
  const over = packOf(form, lines).length - NOTE_LIMIT;
  if (over > 0) return `The pack is ${over} characters too long. Nothing is cut: shorten it.`;
  if (packOf(form, lines).trim() === '') return 'The pack is empty. Write what they are told.';
  const long = [form.to, form.takenBy, form.theirRef, form.leftBecause].some(
    (words) => words.length > REASON_LIMIT,
  );
  return long ? 'A name, reference or reason is too long. Shorten it.' : null;
}

export function passedOf(form: PassForm, lines: readonly string[], isWarm: boolean): Passed | null {
  if (missingInPass(form, lines, isWarm) !== null) return null;
  const { to, stayedOn, takenBy, theirRef } = form;
  const leftBecause = form.leftBecause.trim();
  return {
    to: to.trim(),
    takenBy: takenBy.trim() === '' ? null : takenBy.trim(),
    theirRef: theirRef.trim() === '' ? null : theirRef.trim(),
    stayedOn,
    ...(stayedOn || leftBecause === '' ? {} : { leftBecause }),
    pack: packOf(form, lines),
  };
}

/** A form as it was stored, or `null` when this version cannot read it. */
export function readPass(value: unknown): PassForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { to, pack, known, stayedOn, leftBecause, takenBy, theirRef } = value as Partial<
    Record<keyof PassForm, unknown>
  >;
  if (typeof to !== 'string' || typeof takenBy !== 'string' || typeof theirRef !== 'string') return null;
  return {
    to,
    pack: typeof pack === 'string' ? pack : null,
    known: Array.isArray(known) ? known.filter((line) => typeof line === 'string') : [],
    stayedOn: stayedOn === true,
    leftBecause: typeof leftBecause === 'string' ? leftBecause : '',
    takenBy,
    theirRef,
  };
}
