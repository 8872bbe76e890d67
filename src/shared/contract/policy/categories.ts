import { z } from 'zod';
import {
  categoryGroups,
  categoryUses,
  crimeExpectations,
  type CategoriesPolicy,
} from '../../domain/policy/categories.ts';
import { policyHeaderShape } from './header.ts';

const code = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'is not a code such as repeat-victim');
const name = z.string().trim().min(3).max(120);
const words = z.array(z.string().trim().min(2).max(60));

const category = z.strictObject({
  code: z.string().regex(/^[A-Z]{2}-(?:[A-Z]{3}|L\/F)$/, 'is not a code such as PS-DOM'),
  group: z.enum(categoryGroups),
  name,
  words: words.min(1),
  use: z.array(z.enum(categoryUses)).min(1).default(['opening', 'closing']),
  crime: z.enum(crimeExpectations),
});

/** `resources/policy/categories.yaml` (rule Y-01): every code once, and the prefix of a category is its group's. */
export const categoriesPolicySchema: z.ZodType<CategoriesPolicy> = z
  .strictObject({
    ...policyHeaderShape,
    categories: z.array(category).min(1),
    qualifiers: z.array(z.strictObject({ code, name, words })).min(1),
    notACrime: z.array(z.strictObject({ code, name })).min(1),
    // A desk may still hold a file of before there was such a list.
    callTypes: z.array(z.strictObject({ id: code, crime: z.enum(crimeExpectations) })).default([]),
  })
  .superRefine((policy, context) => {
    for (const list of ['categories', 'qualifiers', 'notACrime'] as const)
      for (const [n, { code: each }] of policy[list].entries())
        if (policy[list].findIndex((other) => other.code === each) < n)
          context.addIssue({
            code: 'custom',
            path: [list, n, 'code'],
            message: `${each} is there already: a code stands for one thing`,
          });
    for (const [n, { id }] of policy.callTypes.entries())
      if (policy.callTypes.findIndex((other) => other.id === id) < n)
        context.addIssue({
          code: 'custom',
          path: ['callTypes', n, 'id'],
          message: `${id} is there already: a call type expects one thing`,
        });
    for (const [n, { code: each, group }] of policy.categories.entries())
      if (groupOf[each.slice(0, 2)] !== group)
        context.addIssue({
          code: 'custom',
          path: ['categories', n, 'group'],
          message: `does not belong to ${each}: codes that begin alike are one group`,
        });
    // A duplicate closes under this code, and the closing rules name it.
    if (!policy.categories.some((each) => each.code === 'AD-DUP' && each.use.includes('closing')))
      context.addIssue({
        code: 'custom',
        path: ['categories'],
        message: 'lacks AD-DUP for closing: without it no duplicate can be closed',
      });
  });

const groupOf: Readonly<Record<string, (typeof categoryGroups)[number]>> = {
  TR: 'transport',
  AS: 'asb',
  PS: 'welfare',
  CR: 'crime',
  AD: 'administration',
};
