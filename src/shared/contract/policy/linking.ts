import { z } from 'zod';
import { phraseCheck } from '../../domain/assist/phrases.ts';
import type { LinkingPolicy } from '../../domain/policy/linking.ts';
import { policyHeaderShape } from './header.ts';

const count = z.int().min(1).max(100_000);

/** `resources/policy/linking.yaml` (rule AS-10). */
export const linkingPolicySchema = z
  .strictObject({
    ...policyHeaderShape,
    sameIncident: z.strictObject({ withinMinutes: count, withinMetres: count, sameRoadMetres: count }),
    largestRadiusMetres: count,
    repeats: z.strictObject({
      caller: z.strictObject({ contacts: z.int().min(2), hours: count }),
      location: z.strictObject({ contacts: z.int().min(2), days: count }),
    }),
    types: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z-]{1,39}$/, 'an id looks like crash'),
          name: z.string().min(2).max(60),
          words: z.array(z.string().min(1).max(200)).min(1),
          compatibleWith: z.array(z.string()).default([]),
        }),
      )
      .min(1),
    notPeople: z.array(z.string().min(3).max(60)),
  })
  .superRefine(({ types }, check) => {
    const complain = (path: (string | number)[], message: string): void =>
      check.addIssue({ code: 'custom', path, message });
    const problemOf = phraseCheck();
    const ids = types.map(({ id }) => id);
    for (const [n, { id, words, compatibleWith }] of types.entries()) {
      if (ids.indexOf(id) < n) complain(['types', n, 'id'], `is there twice: ${id}`);
      for (const [k, other] of compatibleWith.entries()) {
        if (!ids.includes(other)) complain(['types', n, 'compatibleWith', k], 'is not the id of a type');
      }
      for (const [k, text] of words.entries()) {
        const problem = problemOf(text);
        if (problem !== null) complain(['types', n, 'words', k], problem);
      }
    }
  }) satisfies z.ZodType<LinkingPolicy>;
