import { z } from 'zod';
import type { IntentList } from '../../domain/training/intents.ts';
import { name, words } from './fields.ts';

const intent = z.strictObject({
  id: name,
  /** Questions of the policy that mean the same. */
  covers: z.array(name).default([]),
  treats: z.number().min(-3).max(2).default(0),
  words: z.array(words).default([]),
  phrases: z.array(words).min(3),
});

/** What callers understand (rule TR-20): each intent once, each question of the policy under one of them at most. */
export const intentsSchema: z.ZodType<IntentList> = z
  .strictObject({
    version: z.number().refine((one) => one === 1, 'is not the version that is known here, 1'),
    intents: z.array(intent).min(1),
  })
  .superRefine(({ intents }, context) => {
    const [ids, covered] = [new Set<string>(), new Set<string>()];
    const once = (seen: Set<string>, id: string, path: (string | number)[]): void => {
      if (seen.has(id)) context.addIssue({ code: 'custom', path, message: `is there twice: ${id}` });
      seen.add(id);
    };
    for (const [n, { id, covers }] of intents.entries()) {
      once(ids, id, ['intents', n, 'id']);
      for (const [m, question] of covers.entries()) once(covered, question, ['intents', n, 'covers', m]);
    }
  });
