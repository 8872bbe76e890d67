import { z } from 'zod';
import type { SignpostsPolicy } from '../../domain/policy/signposts.ts';
import { policyHeaderShape } from './header.ts';
import {
  checkedShape,
  entryId,
  entryTroubles,
  hours,
  line,
  name,
  way,
  withOwner,
  words,
} from './signpost-fields.ts';

const signpost = z.strictObject({
  id: entryId,
  title: name,
  triggers: words.min(1),
  // Before anything else: a card without a question would send somebody away unasked (rule SG-01).
  checkFirst: z
    .array(z.strictObject({ ask: line, thenPolice: line }))
    .min(1)
    .max(6),
  who: line,
  localCouncil: z.boolean().default(false),
  how: z.array(way),
  hours,
  link: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  say: line,
  ...checkedShape,
});

/** `resources/policy/signposts.yaml` (rules Y-01, SG-01, SG-03). */
export const signpostsPolicySchema: z.ZodType<SignpostsPolicy> = z
  .strictObject({ ...policyHeaderShape, signposts: z.array(signpost).min(1) })
  .superRefine(({ signposts, review }, context) => {
    for (const { path, message } of entryTroubles(signposts, review))
      context.addIssue({ code: 'custom', path: ['signposts', ...path], message });
    for (const [n, { how, localCouncil }] of signposts.entries())
      if (how.length === 0 && !localCouncil)
        context.addIssue({
          code: 'custom',
          path: ['signposts', n, 'how'],
          message: 'names no way to reach anybody, and no council that could be looked up',
        });
  })
  .transform((policy) => ({
    ...policy,
    signposts: policy.signposts.map((each) => withOwner(each, policy)),
  }));
