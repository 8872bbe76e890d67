import { z } from 'zod';
import { callMarks } from '../../domain/call.ts';
import { channels } from '../../domain/channel.ts';
import { channelStates } from '../../domain/contact.ts';
import { thriveFacts, type Condition } from '../../domain/triage/condition.ts';

/** An id of policy data: `small-and-dashed`. */
export const policyId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'an id looks like small-and-dashed');

const some = <T extends z.ZodType>(one: T) => z.array(one).min(1);

/**
 * A condition as it is written in a file: exactly one of the heads, with what belongs to it. `{ answer: hurt, is: [yes] }`,
 * `{ number: age, atMost: 17 }`, `{ thrive: severity, is: ['3'] }`, `{ marker: [stalking] }`, `{ all: [ … ] }`.
 */
const written = z.strictObject({
  get all() {
    return z.array(conditionSchema).min(1).optional();
  },
  get any() {
    return z.array(conditionSchema).min(1).optional();
  },
  answer: policyId.optional(),
  number: policyId.optional(),
  thrive: z.enum(thriveFacts).optional(),
  is: some(z.string().min(1)).optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  marker: some(policyId).optional(),
  flag: some(z.enum(['vulnerable', 'repeat', 'lookFirst'])).optional(),
  channel: some(z.enum(channels)).optional(),
  line: some(z.enum(channelStates)).optional(),
  callMark: some(z.enum(callMarks)).optional(),
  callType: some(policyId).optional(),
  place: some(z.enum(['unknown', 'told', 'agreed'])).optional(),
});
type Written = z.infer<typeof written>;

const heads = [
  'all',
  'any',
  'answer',
  'number',
  'thrive',
  'marker',
  'flag',
  'channel',
  'line',
  'callMark',
  'callType',
  'place',
] as const;

/** What stands beside a head. */
const beside: Partial<Record<(typeof heads)[number], readonly (keyof Written)[]>> = {
  answer: ['is'],
  thrive: ['is'],
  number: ['atLeast', 'atMost'],
};

function complaintOf(condition: Written): string | null {
  const used = heads.filter((head) => condition[head] !== undefined);
  const [head] = used;
  if (head === undefined || used.length > 1) return `does not ask exactly one of: ${heads.join(', ')}`;
  const allowed = beside[head] ?? [];
  const extra = (['is', 'atLeast', 'atMost'] as const).find(
    (key) => condition[key] !== undefined && !allowed.includes(key),
  );
  if (extra !== undefined) return `has ${extra}, which does not belong to ${head}`;
  const has = allowed.some((key) => condition[key] !== undefined);
  return allowed.length > 0 && !has ? `does not say what ${head} must be` : null;
}

function conditionFrom(one: Written): Condition | null {
  if (one.all !== undefined) return { kind: 'all', of: one.all };
  if (one.any !== undefined) return { kind: 'any', of: one.any };
  if (one.answer !== undefined) return { kind: 'answer', question: one.answer, is: one.is ?? [] };
  if (one.number !== undefined)
    return {
      kind: 'number',
      question: one.number,
      atLeast: one.atLeast ?? null,
      atMost: one.atMost ?? null,
    };
  if (one.thrive !== undefined) return { kind: 'thrive', fact: one.thrive, is: one.is ?? [] };
  if (one.marker !== undefined) return { kind: 'marker', is: one.marker };
  if (one.flag !== undefined) return { kind: 'flag', is: one.flag };
  if (one.channel !== undefined) return { kind: 'channel', is: one.channel };
  if (one.line !== undefined) return { kind: 'line', is: one.line };
  if (one.callMark !== undefined) return { kind: 'call-mark', is: one.callMark };
  if (one.callType !== undefined) return { kind: 'call-type', is: one.callType };
  if (one.place !== undefined) return { kind: 'place', is: one.place };
  return null;
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  written.transform((one, context) => {
    const complaint = complaintOf(one);
    const condition = conditionFrom(one);
    if (complaint === null && condition !== null) return condition;
    context.addIssue({ code: 'custom', message: complaint ?? 'asks nothing' });
    return z.NEVER;
  }),
);

/** The place of a second entry with an id that was there before; `null` when all differ. */
export function secondOf(ids: readonly string[]): number | null {
  const at = ids.findIndex((id, n) => ids.indexOf(id) !== n);
  return at === -1 ? null : at;
}
