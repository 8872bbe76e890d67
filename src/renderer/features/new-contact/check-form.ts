import {
  ACCOUNT_TYPED_LIMIT,
  NOTE_LIMIT,
  REASON_LIMIT,
  TITLE_LIMIT,
  type Act,
  type LoggedContact,
} from '../../../shared/domain/command.ts';
import type { CommandId } from '../../../shared/domain/ids.ts';
import { CALLER_LIMITS, LANGUAGE_LIMIT } from '../../../shared/domain/record/description.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { outcomeWords } from '../../app/contact-words.ts';
import type { ActionLine, FormWords } from '../../app/form-words.ts';
import { readTime } from '../../app/typed-time.ts';

/** One command that a form becomes. */
export interface Step {
  readonly id: CommandId;
  readonly act: Act;
}

/** Which field, and what is wrong with it, as a sentence. A line of actions is named by its id. */
export type FieldErrors = ReadonlyMap<string, string>;

export interface CheckedForm {
  readonly errors: FieldErrors;
  /** In the order in which they are sent: the contact, what was done, the grade, the outcome as a note. Empty while anything is wrong. */
  readonly steps: readonly Step[];
}

const callerFields = ['name', 'number', 'address'] as const;

/** Reads what was typed: the commands it becomes, or a sentence for each field that must be mended first. */
export function checkForm(words: FormWords, now: Instant): CheckedForm {
  const errors = new Map<string, string>();
  const fits = (field: string, text: string, limit: number) => {
    if (text.length > limit)
      errors.set(
        field,
        `Too long by ${text.length - limit} characters. Nothing is cut: shorten it, or write the rest as a note.`,
      );
  };
  const received = readTime(words.received, { now, since: null });
  if (received.kind === 'wrong') errors.set('received', received.sentence);
  const receivedAt = received.kind === 'at' ? received.at : now;
  if (words.title.trim() === '')
    errors.set('title', 'Write a few words for the row: what it is about, without names or numbers.');
  fits('title', words.title, TITLE_LIMIT);
  fits('place', words.place, TITLE_LIMIT);
  fits('account', words.account, ACCOUNT_TYPED_LIMIT);
  for (const field of callerFields) fits(field, words[field].trim(), CALLER_LIMITS[field]);
  fits('language', words.language, LANGUAGE_LIMIT);
  const log: Step = { id: words.logId, act: { kind: 'log', ...loggedOf(words, receivedAt) } };
  if (words.form === 'new-contact') return { errors, steps: errors.size === 0 ? [log] : [] };

  if (words.paperLog.trim() === '')
    errors.set('paperLog', 'Write the number from the top of the paper log, such as P12-0007.');
  if (words.paperLog.trim().length > 40)
    errors.set('paperLog', 'A paper log number is at most 40 characters.');
  const notes = words.actions.filter(isUsed).map((line) => noteOf(line, receivedAt, now, errors));
  const { grade, gradeReason, outcome, outcomeReason } = words;
  reasoned(errors, 'grade', grade, gradeReason, 'grade');
  reasoned(errors, 'outcome', outcome, outcomeReason, 'outcome');
  const steps: Step[] = [log, ...notes];
  if (grade !== '')
    steps.push({ id: words.gradeId, act: { kind: 'grade', grade, reason: gradeReason.trim() } });
  // Paper does not ask what the record needs, so that nothing is closed by typing it in (rule P-08).
  if (outcome !== '')
    steps.push({ id: words.closeId, act: noteOfOutcome(outcomeWords[outcome], outcomeReason.trim()) });
  return { errors, steps: errors.size === 0 ? steps : [] };
}

function loggedOf(words: FormWords, receivedAt: Instant): LoggedContact {
  const { channel, title, place, language, name, number, address, account, vulnerable, repeat } = words;
  return {
    channel,
    receivedAt,
    title: title.trim(),
    place: orNull(place),
    language: orNull(language),
    caller: { name: orNull(name), number: orNull(number), address: orNull(address) },
    account,
    flags: { vulnerable, repeat, lookFirst: false },
    paperLog: words.form === 'paper-log' ? words.paperLog.trim() : null,
    provisionalRef: words.provisionalRef,
  };
}

function noteOf(line: ActionLine, receivedAt: Instant, now: Instant, errors: Map<string, string>): Step {
  const time = readTime(line.time, { now, since: receivedAt });
  if (time.kind === 'wrong') errors.set(line.id, time.sentence);
  else if (line.text.trim() === '') errors.set(line.id, 'Write what was said or done at that time.');
  else if (line.text.length > NOTE_LIMIT)
    errors.set(
      line.id,
      `Too long by ${line.text.length - NOTE_LIMIT} characters. Nothing is cut: split it in two lines.`,
    );
  const happenedAt = time.kind === 'at' ? time.at : receivedAt;
  return { id: line.id, act: { kind: 'note', text: line.text.trim(), happenedAt } };
}

const noteOfOutcome = (outcome: string, reason: string): Act => ({
  kind: 'note',
  text: `Outcome on paper: ${outcome}. ${reason}`,
  happenedAt: null,
});

/** A choice and its reason come together or not at all. */
function reasoned(
  errors: Map<string, string>,
  field: 'grade' | 'outcome',
  choice: string,
  reason: string,
  word: string,
): void {
  if (choice === '' && reason.trim() !== '')
    errors.set(field, `Choose the ${word} that this reason is for, or empty the reason.`);
  if (choice !== '' && reason.trim() === '') errors.set(`${field}Reason`, `Write why this ${word}.`);
  if (reason.length > REASON_LIMIT)
    errors.set(
      `${field}Reason`,
      `Too long by ${reason.length - REASON_LIMIT} characters. Nothing is cut: shorten it.`,
    );
}

const isUsed = ({ time, text }: ActionLine): boolean => `${time}${text}`.trim() !== '';
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A place that begins like "12 High Street": rows are shown to everybody, and hold no house number (rule C-11). */
export const hasHouseNumber = (place: string): boolean => /^\s*\d+[a-z]?\s*,?\s+[a-z]/i.test(place);
