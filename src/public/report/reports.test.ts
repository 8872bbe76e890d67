import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContactBody } from '../../queue/intake/contact-body.ts';
import { FORM_LIMIT } from '../http/exchange.ts';
import { findRiskWords } from '../../shared/domain/assist/risk-words.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { readKnowledge } from '../knowledge.ts';
import {
  askedQuestions,
  nextUnanswered,
  reportKinds,
  shownBy,
  type Answer,
  type Question,
  type ReportForm,
} from './form.ts';
import { readForms } from './form-file.ts';
import { handedReport, isTooLong } from './handed-report.ts';
import { fieldsOfAnswer, readAnswer } from './read-answer.ts';
import { receiptCode } from './receipt-code.ts';

const resources = fileURLToPath(new URL('../../../resources/', import.meta.url));
const forms = readForms(join(resources, 'public'));
const { riskWords } = readKnowledge(join(resources, 'policy'));
const sent = { at: asInstant(Date.UTC(2026, 10, 23, 9)), code: 'WR-7K4M-92QF' };
const today = '2026-11-23';

const fieldsFor = (pairs: readonly (readonly [string, string])[]): Map<string, string[]> => {
  const fields = new Map<string, string[]>();
  for (const [name, value] of pairs) fields.set(name, [...(fields.get(name) ?? []), value]);
  return fields;
};

/** Answers a question as somebody might who presses and types whatever there is. */
function anyAnswer(question: Question): fc.Arbitrary<Answer> {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).map((words) => `x${words}`);
  const given = ((): fc.Arbitrary<[string, string][]> => {
    switch (question.kind) {
      case 'choice':
        return fc.constantFrom(...question.options).map(({ value }) => [[question.id, value]]);
      case 'choices':
        return fc
          .subarray([...question.options], { minLength: 1 })
          .map((some) => some.map(({ value }) => [question.id, value]));
      case 'line':
      case 'words':
        return text.map((words) => [[question.id, words]]);
      case 'day':
        return text.map((about) => [[`${question.id}.about`, about]]);
      case 'parts': {
        const values = {
          text: 'Yusuf',
          tel: '07700 900123',
          email: 'y@example.org',
          plate: 'KN?? ??',
          postcode: 'WD6 9OV',
        };
        return fc.constant(question.parts.map(({ id, type }) => [`${question.id}.${id}`, values[type]]));
      }
    }
  })();
  return given.map((pairs) => {
    const read = readAnswer(question, fieldsFor(pairs), today);
    if (!read.ok) throw new Error(`${question.id}: ${read.trouble}`);
    return read.answer;
  });
}

/** A form filled in to its end, each question as the answers before lead to it. */
const filled = (form: ReportForm): fc.Arbitrary<ReadonlyMap<string, Answer>> =>
  fc.tuple(...form.questions.map(anyAnswer)).map((all) => {
    const answers = new Map<string, Answer>();
    for (let next = nextUnanswered(form, answers); next !== null; next = nextUnanswered(form, answers)) {
      const answer = all[form.questions.indexOf(next)];
      if (answer === undefined) throw new Error('no answer');
      answers.set(next.id, answer);
    }
    return answers;
  });

describe.each(reportKinds)('the report "%s"', (kind) => {
  const form = forms[kind];

  it('WP-21: whatever is answered, it comes to its end and is what the queue’s intake takes', () => {
    fc.assert(
      fc.property(filled(form), (answers) => {
        const report = handedReport(form, answers, sent);
        const parsed = parseContactBody(JSON.parse(JSON.stringify(report)));
        expect(parsed.ok).toBe(true);
        expect(report.form.answers.length).toBeLessThanOrEqual(80);
        expect(report.flags.lookFirst).toBe(shownBy(form, answers) !== null);
        expect(report.account).toContain(sent.code);
      }),
      { numRuns: 40 },
    );
  });

  it('WP-22: no label of it is a risk word, so that only what the person wrote or chose is found', () => {
    const labels = form.questions.flatMap((question) => [
      question.short,
      ...(question.kind === 'parts' ? question.parts.map(({ label }) => label) : []),
    ]);
    const found = labels.flatMap((label) =>
      findRiskWords(riskWords, `${label}: no`)
        .filter(({ lift }) => lift !== 'highlight')
        .map(({ phrase }) => `${label} (${phrase})`),
    );
    expect(found).toEqual([]);
  });

  it('C-11: its row tells neither a name nor anybody’s words', () => {
    fc.assert(
      fc.property(filled(form), (answers) => {
        const { title } = handedReport(form, answers, sent);
        const options = form.questions.flatMap((question) =>
          question.kind === 'choice' ? question.options.map(({ label }) => label.toLowerCase()) : [],
        );
        const rest = title.slice(form.row.length + 2).toLowerCase();
        expect(title.startsWith(form.row)).toBe(true);
        expect(rest === '' || options.includes(rest)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('WP-06: what was saved on a device is read back as it was', () => {
    fc.assert(
      fc.property(filled(form), (answers) => {
        for (const question of askedQuestions(form, answers)) {
          const answer = answers.get(question.id);
          expect(readAnswer(question, fieldsFor(fieldsOfAnswer(question, answer)), today)).toEqual({
            ok: true,
            answer,
          });
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a careful contact', () => {
  it.each(['stalking', 'domestic-abuse'] as const)(
    'WP-24: in "%s" nothing is chosen beforehand, and no number is given to ring unless a call was chosen',
    (kind) => {
      const form = forms[kind];
      expect(form.carefulContact).toBe(true);
      expect(form.questions.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['safe-way', 'safe-times', 'safe-signs', 'code-word']),
      );
      const answers = (way: string): ReadonlyMap<string, Answer> =>
        new Map<string, Answer>([
          ['safe-way', { kind: 'choice', value: way }],
          ['safe-number', { kind: 'parts', values: { phone: '07700 900623' } }],
        ]);
      expect(handedReport(form, answers('text'), sent).caller.number).toBe(null);
      expect(handedReport(form, answers('call'), sent).caller.number).toBe('07700 900623');
      expect(handedReport(form, answers('none'), sent).account).not.toContain('07700');
    },
  );

  it('WP-23: information without a name carries none, also when one was typed first and the mind was changed', () => {
    const report = handedReport(
      forms.information,
      new Map<string, Answer>([
        ['name-or-not', { kind: 'choice', value: 'anonymous' }],
        ['about-you', { kind: 'parts', values: { name: 'Ana Brook', phone: '07700 900001' } }],
      ]),
      sent,
    );
    expect(report.caller).toEqual({ name: null, number: null, address: null });
    expect(JSON.stringify(report)).not.toMatch(/Brook|900001/);
  });
});

describe('what was typed', () => {
  const when = forms.crime.questions.find(({ id }) => id === 'when');
  it.each([
    [['21', '11', '2026'], '2026-11-21'],
    [['1', '2', '26'], '2026-02-01'],
    [['30', '2', '2026'], 'not-a-day'],
    [['24', '11', '2026'], 'in-future'],
    [['', '', ''], 'say-something'],
  ])('WP-21: the day %j is read as %s', ([date, month, year], expected) => {
    if (when === undefined) throw new Error('no day');
    const read = readAnswer(
      when,
      fieldsFor([
        ['when.date', date ?? ''],
        ['when.month', month ?? ''],
        ['when.year', year ?? ''],
      ]),
      today,
    );
    expect(read.ok ? read.answer.kind === 'day' && read.answer.day : read.trouble).toBe(expected);
  });

  it('WP-21: the longest words in every field are told to be too long before they are more than a request can hold', () => {
    const form = forms['domestic-abuse'];
    const long = new Map<string, Answer>(
      form.questions
        .filter(({ kind }) => kind === 'words')
        .map(({ id }) => [id, { kind: 'text', text: '€'.repeat(3_500) }]),
    );
    expect(isTooLong(form, long)).toBe(true);
    const most = new Map<string, Answer>([['story', { kind: 'text', text: '€'.repeat(3_500) }]]);
    expect(isTooLong(form, most)).toBe(false);
    expect(JSON.stringify(handedReport(form, most, sent)).length).toBeLessThan(64 * 1024);
    expect(FORM_LIMIT).toBeGreaterThan(encodeURIComponent('€'.repeat(3_500)).length);
  });

  it('WP-12: a receipt code is easy to read out, and no word', () => {
    let n = 0;
    const code = receiptCode((length) => Uint8Array.from({ length }, () => (n = (n * 31 + 7) % 256)));
    expect(code).toMatch(/^WR-[2-9BCDFGHJKMPQRTVWXY]{4}-[2-9BCDFGHJKMPQRTVWXY]{4}$/);
  });
});

describe('a report’s file', () => {
  const refused = (name: string, from: RegExp, to: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'fcr-forms-'));
    try {
      cpSync(join(resources, 'public'), folder, { recursive: true });
      const file = join(folder, name);
      const before = readFileSync(file, 'utf8');
      const after = before.replace(from, to);
      expect(after).not.toBe(before);
      writeFileSync(file, after);
      readForms(folder);
      return 'taken';
    } catch (error) {
      return (error as Error).message.slice(folder.length + 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it.each([
    [
      'crime.report.yaml',
      /use: when\b/,
      'use: whenever',
      /^crime\.report\.yaml, line \d+, .*“whenever” is no question/,
    ],
    [
      'collision.report.yaml',
      /rowAdds: kind-of/,
      'rowAdds: kind',
      /^collision\.report\.yaml, line \d+, .*“kind” is no question with one choice/,
    ],
    [
      'information.report.yaml',
      /is: \[named\]/,
      'is: [nameless]',
      /line \d+, .*“nameless”, which nobody can answer/,
    ],
    [
      'hate.report.yaml',
      /shows: look/,
      'shows: perhaps',
      /^hate\.report\.yaml, line \d+, .*is none of: now, look/,
    ],
    ['feedback.report.yaml', /short: Reference/, 'shrt: Reference', /line \d+/],
  ])('WP-20: %s with a slip in it is refused with its line', (name, from, to, sentence) => {
    expect(refused(name, from, to)).toMatch(sentence);
  });
});
