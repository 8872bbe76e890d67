import { z } from 'zod';
import { grades } from '../../domain/contact.ts';
import { allDeeds } from '../../domain/training/deed.ts';
import { endings, skills, type Anchor, type Exercise, type Sign } from '../../domain/training/exercise.ts';
import { duration, name, words } from './fields.ts';

/** What may be written as one or as a list. Not a union: what is wrong in it must be said where it stands. */
const listed = (said: unknown): unknown => (said === undefined || Array.isArray(said) ? said : [said]);
const oneOrMore = <T extends z.ZodType>(each: T) => z.preprocess(listed, z.array(each).min(1));
const anyNumber = <T extends z.ZodType>(each: T) => z.preprocess(listed, z.array(each).default([]));
const lines = anyNumber(words);
const maybeDuration = duration.nullable().default(null);

const caseShape = {
  moodFrom: z.number().min(0).max(10).nullable().default(null),
  moodTo: z.number().min(0).max(10).nullable().default(null),
  told: z.array(name).default([]),
  untold: z.array(name).default([]),
};
const always = { moodFrom: null, moodTo: null, told: [], untold: [] };
const when = z.strictObject(caseShape).default(always);

const consequence = {
  says: lines,
  sound: words.nullable().default(null),
  tells: z.array(name).default([]),
  cue: name.nullable().default(null),
  mood: z.number().min(-10).max(10).default(0),
  ends: z.enum(endings).nullable().default(null),
};
const isHeard = ({
  says,
  sound,
  ends,
}: {
  says: readonly string[];
  sound: string | null;
  ends: string | null;
}): boolean => says.length > 0 || sound !== null || ends !== null;

const groups = z.array(z.array(words).min(1)).default([]);

const answer = z
  .strictObject({
    to: anyNumber(name),
    words: groups,
    when,
    again: lines,
    ...consequence,
  })
  .refine(({ to, words: said }) => to.length > 0 || said.length > 0, 'answers nothing: write "to" or "words"')
  .refine(isHeard, 'is not heard: write "says", "sound" or "ends"');

const moment = z
  .strictObject({ id: name, when, after: maybeDuration, silence: maybeDuration, ...consequence })
  .refine(isHeard, 'is not heard: write "says", "sound" or "ends"');

const person = z.strictObject({
  contact: words.default('first'),
  name: words,
  speaks: z.enum(['voice', 'writing', 'taps']),
  reachedBy: z.enum(['answer', 'ring']).default('answer'),
  facts: z.record(name, words).default({}),
  mood: z.number().min(0).max(10).default(5),
  treated: z.record(name, z.number().min(-10).max(10)).default({}),
  answers: z.array(answer).default([]),
  moments: z.array(moment).default([]),
  unclear: lines.refine((said) => said.length > 0, 'holds no line'),
  unknown: lines.refine((said) => said.length > 0, 'holds no line'),
});

const anchor = z
  .string()
  .regex(
    /^(?:start|arrived|answered|(?:cue|done):[a-z][a-z0-9-]{0,40})$/,
    'is none of: start, arrived, answered, cue:NAME, done:NAME',
  )
  .transform((text): Anchor => {
    const [kind, of = ''] = text.split(':');
    if (kind === 'cue') return { kind: 'cue', cue: of };
    if (kind === 'done') return { kind: 'done', id: of };
    return { kind: kind === 'arrived' || kind === 'answered' ? kind : 'start' };
  });

const sign = z
  .strictObject({
    asked: oneOrMore(name).optional(),
    deed: oneOrMore(z.enum(allDeeds)).optional(),
    of: anyNumber(words),
    all: anyNumber(words),
    words: groups,
    verbatim: z.boolean().default(false),
  })
  .refine(
    ({ asked, deed }) => (asked === undefined) !== (deed === undefined),
    'must hold exactly one of: asked, deed',
  )
  .refine(
    ({ asked, of, all, words: said, verbatim }) =>
      asked === undefined || (of.length + all.length + said.length === 0 && !verbatim),
    'has what stands with a deed alone: of, all, words or verbatim',
  )
  .refine(
    ({ deed, of }) =>
      deed?.includes('grade') !== true || of.every((one) => grades.some((grade) => grade === one)),
    { path: ['of'], error: `names no grade: ${grades.join(', ')}` },
  )
  .transform(({ asked, deed, ...rest }): Sign =>
    asked === undefined ? { kind: 'deed', deeds: deed ?? [], ...rest } : { kind: 'asked', meanings: asked },
  );

const point = {
  id: name,
  skill: z.enum(skills),
  points: z.number().min(0).max(50),
  contact: words.default('first'),
  by: oneOrMore(sign),
  says: words,
  because: words,
};

/** What a scenario of version 2 has for those who practise on it. */
export const exerciseSchema = z.strictObject({
  brief: words,
  /** Nobody where only what was written is there. */
  people: z.array(person).default([]),
  expected: z
    .array(
      z.strictObject({
        ...point,
        from: anchor.default({ kind: 'start' }),
        within: maybeDuration,
        before: anchor.nullable().default(null),
      }),
    )
    .min(1, 'holds nothing'),
  mustNots: z
    .array(
      z.strictObject({
        ...point,
        from: anchor.default({ kind: 'start' }),
        until: anchor.nullable().default(null),
        fails: z.boolean().default(false),
      }),
    )
    .default([]),
  trap: z.strictObject({ says: words, loses: z.array(name).min(1) }),
  pass: z.number().min(1).max(100).default(70),
  mentor: z.array(words).default([]),
}) satisfies z.ZodType<Exercise>;
