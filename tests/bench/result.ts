import { z } from 'zod';

/** What a run measured, as it is written into a file. Times are milliseconds unless `unit` says otherwise. */

export const benches = ['start', 'list', 'triage', 'chats', 'chat-line', 'hostile'] as const;
export type Bench = (typeof benches)[number];

const spreadSchema = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });

const resultSchema = z.strictObject({
  /** `start.usable`: the bench, and what of it. */
  id: z.string().regex(/^[a-z-]+\.[a-z-]+$/),
  name: z.string().min(1),
  /** Contacts in the desk's file. */
  size: z.int().nonnegative().optional(),
  unit: z.enum(['ms', 's', 'MB', 'count']),
  p50: z.number().optional(),
  p95: z.number().optional(),
  p99: z.number().optional(),
  /** For a count, or what was measured once. */
  value: z.number().optional(),
  /** The same window, processes and hops with one static row and no store, in the same run. */
  floor: spreadSchema.optional(),
  peers: z.record(z.string(), spreadSchema).optional(),
  ratio: z.record(z.string(), z.number()).optional(),
  /** How many samples; and how many of them never came, which count as endless. */
  samples: z.int().nonnegative().optional(),
  undelivered: z.int().nonnegative().optional(),
  target: z.string().optional(),
  met: z.boolean().optional(),
});
export type Result = z.infer<typeof resultSchema>;

export const reportSchema = z.strictObject({
  bench: z.enum(benches),
  at: z.iso.datetime(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().positive(),
    memoryMB: z.number(),
    system: z.string(),
    display: z.string(),
  }),
  commit: z.string(),
  versions: z.record(z.string(), z.string()),
  rounds: z.int().positive(),
  /** Load of the machine over the last minute, before and after. */
  loadavg: z.strictObject({ before: z.number(), after: z.number() }),
  /** The same variant measured twice in every round; outside 0.8 to 1.25 the run is void. */
  control: z.strictObject({ name: z.string(), first: z.number(), second: z.number(), ratio: z.number() }),
  void: z.boolean(),
  results: z.array(resultSchema),
});
export type Report = z.infer<typeof reportSchema>;

/** JSON has no endless number: what was never delivered is written as this. */
export const ENDLESS = 1e12;

export function asJson(report: Report): string {
  const finite = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? ENDLESS : value;
  return `${JSON.stringify(report, finite, 2)}\n`;
}
