/** The online reports, by the word in their address. */
export const reportKinds = [
  'crime',
  'collision',
  'antisocial-behaviour',
  'information',
  'hate',
  'stalking',
  'domestic-abuse',
  'lost-found',
  'feedback',
] as const;
export type ReportKind = (typeof reportKinds)[number];

/** One answer to choose. */
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  /** What the answer shows: `now` that somebody may be in danger, `look` that a person should look first. `null`: neither. */
  readonly shows: 'now' | 'look' | null;
}

/** One line of a question that asks for several, such as name and telephone number. */
export interface Part {
  readonly id: string;
  readonly label: string;
  readonly hint: string | null;
  readonly type: 'text' | 'tel' | 'email' | 'plate' | 'postcode';
  /** What browsers may offer to fill in; `off` where somebody else’s would be offered. */
  readonly autocomplete: string;
  readonly optional: boolean;
}

interface QuestionBase {
  readonly id: string;
  /** The heading of its page. */
  readonly ask: string;
  readonly hint: string | null;
  /** What the answer is called beside it, in a few words; on the check page and at the desk. */
  readonly short: string;
  /** Asked only if all of these hold; empty: always. */
  readonly when: readonly Condition[];
  readonly optional: boolean;
}

/** Holds when the question was answered with one of the values, or (`not`) with none of them. */
export interface Condition {
  readonly question: string;
  readonly is: readonly string[];
  readonly not: boolean;
}

export type Question = QuestionBase &
  (
    | { readonly kind: 'choice' | 'choices'; readonly options: readonly Option[] }
    /** One line. */
    | { readonly kind: 'line' }
    /** As much as a page. */
    | { readonly kind: 'words' }
    /** A day, perhaps with a time in words; it may be unknown. */
    | { readonly kind: 'day' }
    | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  );

/** One report, as a file of `resources/public` asks for it. */
export interface ReportForm {
  readonly version: string;
  readonly kind: ReportKind;
  readonly title: string;
  /** What the list of reports says of it. */
  readonly about: string;
  /** What to know before beginning, a paragraph each. */
  readonly before: readonly string[];
  /** How the desk's row calls it: no names, no words of anybody. */
  readonly row: string;
  /** The question whose answer's label the row adds; `null` for none. */
  readonly rowAdds: string | null;
  /** Whether the address the report came from, and any name, are kept from the contact unless given. */
  readonly mayBeAnonymous: boolean;
  /** Asked for photos, before the answers are checked. */
  readonly photos: boolean;
  /** Asked how to be reached without harm, and never rung unless they chose it. */
  readonly carefulContact: boolean;
  readonly questions: readonly Question[];
}

/** An answer as it was understood. A `day` of `null`: not known. */
export type Answer =
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'day'; readonly day: string | null; readonly about: string }
  | { readonly kind: 'parts'; readonly values: Readonly<Record<string, string>> };

/** Answers by their question. */
export type Answers = ReadonlyMap<string, Answer>;

const chosen = (answer: Answer | undefined): readonly string[] => {
  if (answer?.kind === 'choice') return [answer.value];
  return answer?.kind === 'choices' ? answer.values : [];
};

const holds = (answers: Answers, { question, is, not }: Condition): boolean =>
  chosen(answers.get(question)).some((value) => is.includes(value)) !== not;

/** The questions that these answers lead to, in order. An answer to a question that is not asked any more does not count. */
export function askedQuestions({ questions }: ReportForm, answers: Answers): readonly Question[] {
  const counted = new Map<string, Answer>();
  return questions.filter((question) => {
    if (!question.when.every((condition) => holds(counted, condition))) return false;
    const answer = answers.get(question.id);
    if (answer !== undefined) counted.set(question.id, answer);
    return true;
  });
}

/** The first question that has no answer yet; `null` when every one has. */
export const nextUnanswered = (form: ReportForm, answers: Answers): Question | null =>
  askedQuestions(form, answers).find(({ id }) => !answers.has(id)) ?? null;

/** What the answers that count show: the strongest. */
export function shownBy(form: ReportForm, answers: Answers): 'now' | 'look' | null {
  const shown = askedQuestions(form, answers).flatMap((question) =>
    shownByAnswer(question, answers.get(question.id)),
  );
  return shown.includes('now') ? 'now' : (shown[0] ?? null);
}

export function shownByAnswer(question: Question, answer: Answer | undefined): ('now' | 'look')[] {
  if (question.kind !== 'choice' && question.kind !== 'choices') return [];
  return question.options.flatMap(({ value, shows }) =>
    shows !== null && chosen(answer).includes(value) ? [shows] : [],
  );
}

/** An answer as a person reads it; empty when nothing was said. */
export function answerWords(question: Question, answer: Answer | undefined): string {
  if (answer === undefined) return '';
  switch (answer.kind) {
    case 'choice':
    case 'choices':
      return labelsOf(question, chosen(answer)).join('; ');
    case 'text':
      return answer.text;
    case 'day':
      return [answer.day === null ? '' : dayWords(answer.day), answer.about]
        .filter((part) => part !== '')
        .join(', ');
    case 'parts':
      return question.kind === 'parts'
        ? question.parts
            .flatMap(({ id, label }) => {
              const value = answer.values[id] ?? '';
              return value === '' ? [] : [`${label}: ${value}`];
            })
            .join('\n')
        : '';
  }
}

const labelsOf = (question: Question, values: readonly string[]): readonly string[] =>
  question.kind === 'choice' || question.kind === 'choices'
    ? question.options.flatMap(({ value, label }) => (values.includes(value) ? [label] : []))
    : [];

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2026-03-14` → `14 March 2026`. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}
