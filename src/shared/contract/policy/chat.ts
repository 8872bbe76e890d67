import { z } from 'zod';
import { REPLY_LIMIT } from '../../domain/chat/chat.ts';
import { replyVariables, type ChatPolicy } from '../../domain/policy/chat.ts';
import { policyHeaderShape } from './header.ts';

const atOnce = z.int().min(1).max(9);
const known = new Set<string>(replyVariables);

/** `resources/policy/chat.yaml` (rules CH-04, CH-11, CH-14). */
export const chatPolicySchema = z
  .strictObject({
    ...policyHeaderShape,
    clocks: z.strictObject({
      amberSeconds: z.int().min(5).max(3_600),
      redSeconds: z.int().min(5).max(3_600),
      quietMinutes: z.int().min(1).max(240),
      backWithinMinutes: z.int().min(1).max(240),
      offerSeconds: z.int().min(15).max(600),
    }),
    atOnce: z.strictObject({
      trainee: atOnce,
      handler: atOnce,
      mentor: atOnce,
      'team-leader': atOnce,
      whenRisk: atOnce,
    }),
    replies: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z-]{1,39}$/, 'an id looks like safe-to-chat'),
          title: z.string().min(3).max(60),
          text: z.string().min(1).max(REPLY_LIMIT),
          whenRisk: z.boolean().default(false),
        }),
      )
      .min(1),
  })
  .superRefine(({ clocks, replies }, check) => {
    const complain = (path: (string | number)[], message: string): void =>
      check.addIssue({ code: 'custom', path, message });
    if (clocks.redSeconds <= clocks.amberSeconds)
      complain(['clocks', 'redSeconds'], 'must be more than amberSeconds');
    const ids = replies.map(({ id }) => id);
    for (const [n, { id, text }] of replies.entries()) {
      if (ids.indexOf(id) < n) complain(['replies', n, 'id'], `is there twice: ${id}`);
      for (const [, name = ''] of text.matchAll(/\{([^}]*)\}/gu))
        if (!known.has(name))
          complain(['replies', n, 'text'], `{${name}} is none of: ${replyVariables.join(', ')}`);
    }
  }) satisfies z.ZodType<ChatPolicy>;
