import { z } from 'zod';
import { channels } from '../domain/channel.ts';
import { grades } from '../domain/contact.ts';
import type { HistoryRow } from '../domain/history.ts';
import { contactIdSchema, instantSchema } from './basic-schemas.ts';

const keySchema = z.string().max(40).nullable();

/** A row of the twelve-month index, as a line of an answer and as a desk keeps it sealed (rule AS-23). */
export const historyRowSchema: z.ZodType<HistoryRow> = z.object({
  contact: contactIdSchema,
  ref: z.string(),
  receivedAt: instantSchema,
  closedAt: instantSchema,
  channel: z.enum(channels),
  grade: z.enum(grades).nullable(),
  category: z.string().nullable(),
  vulnerable: z.boolean(),
  markers: z.array(z.string()),
  isr: z.string().nullable(),
  crime: z.string().nullable(),
  keys: z.object({ number: keySchema, address: keySchema, name: keySchema }),
});
