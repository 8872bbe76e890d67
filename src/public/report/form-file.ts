import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '../../platform/yaml-file.ts';
import { policyHeaderShape } from '../../shared/contract/policy/header.ts';
import { reportKinds, type Condition, type Question, type ReportForm, type ReportKind } from './form.ts';

/** What the queue takes of a form: its limits, which a file must not go beyond. */
const LONGEST_QUESTION = 300;

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not an id such as what-happened');
const sentence = z.string().trim().min(2).max(LONGEST_QUESTION);
const short = z.string().trim().min(2).max(60);
const hint = z.string().trim().min(2).max(600).nullable().default(null);

const option = z.strictObject({
  value: id,
  label: z.string().trim().min(1).max(160),
  hint,
  shows: z.enum(['now', 'look']).nullable().default(null),
});

const part = z.strictObject({
  id,
  label: z.string().trim().min(2).max(80),
  hint,
  type: z.enum(['text', 'tel', 'email', 'plate', 'postcode']).default('text'),
  autocomplete: z.string().default('off'),
  optional: z.boolean().default(false),
});

const condition: z.ZodType<Condition> = z
  .strictObject({ question: id, is: z.array(id).min(1).optional(), isNot: z.array(id).min(1).optional() })
  .refine(
    ({ is, isNot }) => (is === undefined) !== (isNot === undefined),
    'says neither `is` nor `isNot`, or both',
  )
  .transform(({ question, is, isNot }) => ({ question, is: is ?? isNot ?? [], not: is === undefined }));

const base = {
  id,
  ask: sentence,
  hint,
  short,
  when: z.array(condition).default([]),
  optional: z.boolean().default(false),
};

const kinds = [
  z.strictObject({ ...base, kind: z.literal('choice'), options: z.array(option).min(2).max(20) }),
  z.strictObject({ ...base, kind: z.literal('choices'), options: z.array(option).min(2).max(20) }),
  z.strictObject({ ...base, kind: z.literal('line') }),
  z.strictObject({ ...base, kind: z.literal('words') }),
  z.strictObject({ ...base, kind: z.literal('day') }),
  z.strictObject({ ...base, kind: z.literal('parts'), parts: z.array(part).min(1).max(8) }),
] as const;
const question: z.ZodType<Question> = z.discriminatedUnion('kind', kinds);

/** A question that several forms share, by its id in `shared-questions.yaml`. */
interface Shared {
  readonly kind: 'shared';
  readonly use: string;
  readonly when: readonly Condition[];
}
const shared = z.strictObject({ kind: z.literal('shared'), use: id, when: z.array(condition).default([]) });
/** A file writes `use: about-you` alone; told apart first, so that a slip in a question is told as one of its own field. */
const step: z.ZodType<Question | Shared> = z.preprocess(
  (each) => (typeof each === 'object' && each !== null && 'use' in each ? { kind: 'shared', ...each } : each),
  z.discriminatedUnion('kind', [...kinds, shared]),
);

const sharedSchema = z.strictObject({ ...policyHeaderShape, questions: z.array(question).min(1) });

const fileSchema = z.strictObject({
  ...policyHeaderShape,
  kind: z.enum(reportKinds),
  title: sentence,
  about: sentence,
  before: z.array(z.string().trim().min(2).max(600)).max(6),
  row: z.string().trim().min(2).max(60),
  rowAdds: id.nullable().default(null),
  mayBeAnonymous: z.boolean().default(false),
  carefulContact: z.boolean().default(false),
  photos: z.boolean().default(false),
  questions: z.array(step).min(2).max(60),
});

/** A file by itself is in order. What it says about itself that cannot be is found here, with where it stands. */
type Trouble = readonly [path: (string | number)[], reason: string];

function* troublesOf({ questions, rowAdds }: Pick<ReportForm, 'questions' | 'rowAdds'>): Generator<Trouble> {
  const before = new Map<string, Question>();
  for (const [n, each] of questions.entries()) {
    if (before.has(each.id))
      yield [['questions', n], `has the id “${each.id}”, which another question has too`];
    for (const { question: asked, is } of each.when) {
      const earlier = before.get(asked);
      if (earlier?.kind !== 'choice' && earlier?.kind !== 'choices')
        yield [
          ['questions', n, 'when'],
          `depends on “${asked}”, which is no question with choices before it`,
        ];
      else
        for (const value of is)
          if (!earlier.options.some((one) => one.value === value))
            yield [['questions', n, 'when'], `asks for “${value}”, which nobody can answer to “${asked}”`];
    }
    if (each.kind === 'choice' || each.kind === 'choices') {
      const values = each.options.map(({ value }) => value);
      if (new Set(values).size < values.length)
        yield [['questions', n, 'options'], 'has two options of one value'];
    }
    before.set(each.id, each);
  }
  if (rowAdds !== null && before.get(rowAdds)?.kind !== 'choice')
    yield [['rowAdds'], `“${rowAdds}” is no question with one choice`];
}

export type ReportForms = Readonly<Record<ReportKind, ReportForm>>;

/** Reads the reports of a folder. Throws an `Error` with file, line, field, reason and what to do; then none is used (rule WP-20). */
export function readForms(folder: string): ReportForms {
  const sharedFile = join(folder, 'shared-questions.yaml');
  const common = readYaml(sharedFile, readFileSync(sharedFile, 'utf8'), sharedSchema);
  const forms: Partial<Record<ReportKind, ReportForm>> = {};
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.report.yaml'))) {
    const file = join(folder, name);
    const content = readYaml(file, readFileSync(file, 'utf8'), fileSchema);
    const { value } = content;
    const questions = value.questions.map((each, n): Question => {
      if (each.kind !== 'shared') return each;
      const found = common.value.questions.find((one) => one.id === each.use);
      const whatToDo = 'Correct it, or add the question there, and start again.';
      if (found === undefined)
        throw content.complain(
          ['questions', n, 'use'],
          `“${each.use}” is no question of shared-questions.yaml`,
          whatToDo,
        );
      return { ...found, when: [...found.when, ...each.when] };
    });
    for (const [path, reason] of troublesOf({ questions, rowAdds: value.rowAdds }))
      throw content.complain(path, reason, 'Correct it and start again.');
    forms[value.kind] = { ...value, questions };
  }
  const missing = reportKinds.filter((kind) => forms[kind] === undefined);
  if (missing.length > 0)
    throw new Error(`${folder} has no report for: ${missing.join(', ')}. Add its file and start again.`);
  return forms as ReportForms;
}
