import { z } from 'zod';
import { weekdays } from '../../domain/london.ts';
import { exerciseSchema } from './exercise.ts';
import { words } from './fields.ts';
import { stepSchema } from './timeline.ts';

const wallTime = z.strictObject({
  weekday: z.enum(weekdays),
  time: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day such as "22:14"'),
});

/** 1: a card that demand plays. 2: one that a trainee can be scored on, too. */
const versions: readonly number[] = [1, 2];

export const scenarioSchema = z.strictObject({
  version: z.number().refine((one) => versions.includes(one), 'is not a version that is known here, 1 or 2'),
  id: z.string().regex(/^[A-Z]\d{2}$/, 'is not an id such as E01'),
  title: words,
  card: z.strictObject({
    town: words,
    /** When it happens; demand plays it every day at about this time. */
    when: wallTime,
    grade: words,
    opening: words,
    hard: z.boolean().default(false),
    /** What the card teaches, for those who read or teach it. */
    lesson: words,
  }),
  timeline: z.array(stepSchema).min(1, 'holds no step'),
  exercise: exerciseSchema.optional(),
});

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioStep = Scenario['timeline'][number];
