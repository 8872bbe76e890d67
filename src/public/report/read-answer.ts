import { cleanLine, cleanText } from '../../shared/lib/clean-text.ts';
import { field, type Fields } from '../http/exchange.ts';
import type { Answer, Part, Question } from './form.ts';

/** The longest words in one answer. UTF-16 units; the queue takes 4,000 characters of one. */
export const WORDS_LIMIT = 3_500;
/** The longest line. */
export const LINE_LIMIT = 200;

/** What is wrong with an answer; the page says it beside the field (`at`: which of its fields). */
export type AnswerTrouble =
  | 'choose-one'
  | 'choose-some'
  | 'say-something'
  | 'too-long'
  | 'not-a-day'
  | 'in-future'
  | 'not-an-email'
  | 'not-a-number'
  | 'not-a-postcode';

export type ReadAnswer =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly trouble: AnswerTrouble; readonly at: string };

const no = (at: string, trouble: AnswerTrouble): ReadAnswer => ({ ok: false, trouble, at });

/** Reads one page's answer. `today`: the day in Hertfordshire, `2026-11-23`. Nothing typed is ever changed but what no screen shows. */
export function readAnswer(question: Question, fields: Fields, today: string): ReadAnswer {
  const { id, optional } = question;
  switch (question.kind) {
    case 'choice': {
      const value = field(fields, id);
      if (question.options.some((option) => option.value === value))
        return { ok: true, answer: { kind: 'choice', value } };
      return optional && value === ''
        ? { ok: true, answer: { kind: 'choices', values: [] } }
        : no(id, 'choose-one');
    }
    case 'choices': {
      const given = fields.get(id) ?? [];
      const values = question.options.map(({ value }) => value).filter((value) => given.includes(value));
      if (values.length === 0 && !optional) return no(id, 'choose-some');
      return { ok: true, answer: { kind: 'choices', values } };
    }
    case 'line':
    case 'words': {
      const raw = field(fields, id);
      const text = question.kind === 'line' ? cleanLine(raw) : cleanText(raw).trim();
      if (text === '' && !optional) return no(id, 'say-something');
      if (text.length > (question.kind === 'line' ? LINE_LIMIT : WORDS_LIMIT)) return no(id, 'too-long');
      return { ok: true, answer: { kind: 'text', text } };
    }
    case 'day':
      return readDay(id, fields, today, optional);
    case 'parts': {
      const values: Record<string, string> = {};
      for (const part of question.parts) {
        const value = cleanLine(field(fields, `${id}.${part.id}`));
        const trouble = partTrouble(part, value, optional);
        if (trouble !== null) return no(`${id}.${part.id}`, trouble);
        if (value !== '') values[part.id] = value;
      }
      return { ok: true, answer: { kind: 'parts', values } };
    }
  }
}

function readDay(id: string, fields: Fields, today: string, optional: boolean): ReadAnswer {
  const [date, month, year] = ['date', 'month', 'year'].map((name) =>
    cleanLine(field(fields, `${id}.${name}`)),
  );
  const about = cleanLine(field(fields, `${id}.about`));
  if (about.length > LINE_LIMIT) return no(`${id}.about`, 'too-long');
  if (date === '' && month === '' && year === '') {
    if (about === '' && !optional) return no(`${id}.date`, 'say-something');
    return { ok: true, answer: { kind: 'day', day: null, about } };
  }
  const numbers = [date, month, year].map((text) => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : NaN));
  const [d = NaN, m = NaN, y = NaN] = numbers;
  const full = y < 100 ? 2000 + y : y;
  const at = new Date(Date.UTC(full, m - 1, d));
  const isDay =
    full >= 1900 && at.getUTCFullYear() === full && at.getUTCMonth() === m - 1 && at.getUTCDate() === d;
  if (!isDay) return no(`${id}.date`, 'not-a-day');
  const day = at.toISOString().slice(0, 10);
  if (day > today) return no(`${id}.date`, 'in-future');
  return { ok: true, answer: { kind: 'day', day, about } };
}

/** Kind to every way of writing: only what can not be one is refused. */
function partTrouble({ type, optional }: Part, value: string, allOptional: boolean): AnswerTrouble | null {
  if (value === '') return optional || allOptional ? null : 'say-something';
  if (value.length > LINE_LIMIT) return 'too-long';
  switch (type) {
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : 'not-an-email';
    case 'tel':
      return /^[+()\d\s./-]{7,24}(?:\s*(?:x|ext)\.?\s*\d+)?$/i.test(value) ? null : 'not-a-number';
    case 'postcode':
      return /^[a-z]{1,2}\d[a-z\d]?(?:\s*\d[a-z]{2})?$/i.test(value) ? null : 'not-a-postcode';
    case 'text':
    case 'plate':
      return null;
  }
}

/** An answer as the fields of its page, to show it again or to keep it on somebody’s device. */
export function fieldsOfAnswer(
  question: Question,
  answer: Answer | undefined,
): readonly (readonly [string, string])[] {
  const { id } = question;
  switch (answer?.kind) {
    case undefined:
      return [];
    case 'choice':
      return [[id, answer.value]];
    case 'choices':
      return answer.values.map((value) => [id, value] as const);
    case 'text':
      return [[id, answer.text]];
    case 'day': {
      const [year = '', month = '', date = ''] = answer.day?.split('-') ?? [];
      const number = (text: string): string => text.replace(/^0/, '');
      return [
        [`${id}.date`, number(date)],
        [`${id}.month`, number(month)],
        [`${id}.year`, year],
        [`${id}.about`, answer.about],
      ];
    }
    case 'parts':
      return Object.entries(answer.values).map(([part, value]) => [`${id}.${part}`, value] as const);
  }
}
