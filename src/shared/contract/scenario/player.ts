import { z } from 'zod';
import { allDeeds } from '../../domain/training/deed.ts';
import type { Player } from '../../domain/training/player.ts';
import { duration, name, words } from './fields.ts';

const list = z.preprocess(
  (said) => (said === undefined || Array.isArray(said) ? said : [said]),
  z.array(words).optional(),
);

/** One deed: what was said, which prompt was chosen, or an act by its name with its codes and words. */
const act = z
  .strictObject({
    after: duration,
    contact: words.default('first'),
    say: words.optional(),
    reply: words.optional(),
    ask: list,
    do: z.enum(allDeeds).optional(),
    of: list,
    words: words.optional(),
    by: z.enum(['keys', 'mouse']).default('keys'),
  })
  .refine(
    ({ say, reply, ask, do: done }) =>
      [say, reply, ask, done].filter((one) => one !== undefined).length === 1,
    'must hold exactly one of: say, reply, ask, do',
  )
  .refine(({ do: done, of, words: said }) => done !== undefined || (of === undefined && said === undefined), {
    error: 'has what stands with "do" alone: of or words',
  })
  .transform(({ after, contact, say, reply, ask, do: done, of = [], words: said = '', by }) => {
    const deed =
      say !== undefined
        ? { kind: 'say' as const, values: [], words: say, by }
        : reply !== undefined
          ? { kind: 'reply' as const, values: [], words: reply, by }
          : ask !== undefined
            ? { kind: 'ask' as const, values: ask, words: '', by }
            : { kind: done ?? ('say' as const), values: of, words: said, by };
    return { after, contact, deed };
  });

/** Somebody's recorded deeds in a scenario (rule TR-40). */
export const playerSchema = z
  .strictObject({
    version: z.number().refine((one) => one === 1, 'is not the version that is known here, 1'),
    scenario: z.string().regex(/^[A-Z]\d{2}$/, 'is not an id such as E01'),
    player: name,
    seed: z.int().min(0),
    acts: z.array(act).min(1),
  })
  .superRefine(({ acts }, context) => {
    for (const [n, { after }] of acts.entries()) {
      if (after >= (acts[n - 1]?.after ?? 0)) continue;
      context.addIssue({
        code: 'custom',
        path: ['acts', n, 'after'],
        message: 'is earlier than the act before',
      });
    }
  }) satisfies z.ZodType<Player>;
