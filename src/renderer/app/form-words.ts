import { channels, type Channel } from '../../shared/domain/channel.ts';
import { closeOutcomes, grades, type CloseOutcome, type Grade } from '../../shared/domain/contact.ts';
import { asCommandId, type CommandId, type ContactId, type NewId } from '../../shared/domain/ids.ts';
import { provisionalRefOf } from '../../shared/domain/record/references.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { clockWords } from '../ui/time-words.ts';

/** What was done and when, as it stands in a line of a paper log. */
export interface ActionLine {
  /** The id of the note that it becomes: made with the line, so that one line is never two notes (rule X-03). */
  readonly id: CommandId;
  readonly time: string;
  readonly text: string;
}

/**
 * A new contact as it is being written down: everything as typed, kept as the draft of the contact it will be. The ids of
 * its commands are made with it: sent again after a crash they are the same commands.
 */
export interface FormWords {
  readonly contact: ContactId;
  readonly form: 'new-contact' | 'paper-log';
  readonly provisionalRef: string;
  readonly logId: CommandId;
  readonly gradeId: CommandId;
  readonly closeId: CommandId;
  readonly channel: Channel;
  readonly received: string;
  readonly name: string;
  readonly number: string;
  readonly address: string;
  readonly place: string;
  /** A BCP 47 tag; empty: English. */
  readonly language: string;
  readonly title: string;
  readonly account: string;
  readonly vulnerable: boolean;
  readonly repeat: boolean;
  readonly paperLog: string;
  readonly actions: readonly ActionLine[];
  readonly grade: Grade | '';
  readonly gradeReason: string;
  readonly outcome: CloseOutcome | '';
  readonly outcomeReason: string;
  /** It was to be kept once: what is missing is said from then on, beside each field. */
  readonly wasTried: boolean;
  /** Why it was not kept, as a sentence; empty when nothing is wrong. */
  readonly trouble: string;
}

export interface BlankForm {
  readonly contact: ContactId;
  readonly form: FormWords['form'];
  readonly now: Instant;
  readonly newId: NewId;
}

export const blankLine = (newId: NewId): ActionLine => ({ id: asCommandId(newId()), time: '', text: '' });

/** A form with nothing typed into it yet: a 101 call that reached us now. On paper the time is the paper's. */
export function blankForm({ contact, form, now, newId }: BlankForm): FormWords {
  return {
    contact,
    form,
    provisionalRef: provisionalRefOf(newId()),
    logId: asCommandId(newId()),
    gradeId: asCommandId(newId()),
    closeId: asCommandId(newId()),
    channel: '101-voice',
    received: form === 'paper-log' ? '' : clockWords(now),
    name: '',
    number: '',
    address: '',
    place: '',
    language: '',
    title: '',
    account: '',
    vulnerable: false,
    repeat: false,
    paperLog: '',
    actions: form === 'paper-log' ? [blankLine(newId)] : [],
    grade: '',
    gradeReason: '',
    outcome: '',
    outcomeReason: '',
    wasTried: false,
    trouble: '',
  };
}

/** Nobody has typed a word of their own into it. */
export function isBlank(words: FormWords): boolean {
  const { name, number, address, place, title, account, paperLog, gradeReason, outcomeReason } = words;
  const typed = [name, number, address, place, title, account, paperLog, gradeReason, outcomeReason];
  const lines = words.actions.flatMap(({ time, text }) => [time, text]);
  return [...typed, ...lines].every((text) => text.trim() === '');
}

export const writeForm = (words: FormWords): string => JSON.stringify(words);

/**
 * The form kept as the draft of a contact, or `null` when that draft is a note. A form names its contact, so that nothing
 * that is pasted into a note is ever taken for one.
 */
export function readForm(contact: ContactId, draft: string): FormWords | null {
  if (!draft.startsWith('{') || !draft.includes(contact)) return null;
  let kept: unknown;
  try {
    kept = JSON.parse(draft);
  } catch {
    return null;
  }
  if (!isRecord(kept) || kept['contact'] !== contact) return null;
  const { form } = kept;
  if (form !== 'new-contact' && form !== 'paper-log') return null;
  const text = (key: keyof FormWords): string => {
    const value = kept[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    contact,
    form,
    provisionalRef: text('provisionalRef'),
    logId: asCommandId(text('logId')),
    gradeId: asCommandId(text('gradeId')),
    closeId: asCommandId(text('closeId')),
    channel: oneOf(channels, kept['channel']) ?? '101-voice',
    received: text('received'),
    name: text('name'),
    number: text('number'),
    address: text('address'),
    place: text('place'),
    language: text('language'),
    title: text('title'),
    account: text('account'),
    vulnerable: kept['vulnerable'] === true,
    repeat: kept['repeat'] === true,
    paperLog: text('paperLog'),
    actions: Array.isArray(kept['actions']) ? kept['actions'].flatMap(lineOf) : [],
    grade: oneOf(grades, kept['grade']) ?? '',
    gradeReason: text('gradeReason'),
    outcome: oneOf(closeOutcomes, kept['outcome']) ?? '',
    outcomeReason: text('outcomeReason'),
    wasTried: kept['wasTried'] === true,
    trouble: text('trouble'),
  };
}

function lineOf(line: unknown): readonly ActionLine[] {
  if (!isRecord(line)) return [];
  const { id, time, text } = line;
  if (typeof id !== 'string' || typeof time !== 'string' || typeof text !== 'string') return [];
  return [{ id: asCommandId(id), time, text }];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
  all.find((each) => each === value);

/** What its tab is called. */
export function formTitle({ form, title, paperLog }: FormWords): string {
  if (title.trim() !== '') return title;
  if (form === 'new-contact') return 'New contact';
  return paperLog.trim() === '' ? 'Paper log' : `Paper log ${paperLog.trim()}`;
}
