import { z } from 'zod';
import { markerMatches } from '../domain/assist/markers.ts';
import { sameReasons } from '../domain/same-caller.ts';
import type { MarkerOnRecord, PlanOnRecord } from '../domain/record/parts.ts';

/** Parsers for what the force has on record about whoever calls (docs/spec/assist.md). */

const words = z.string();
const match = z.enum(sameReasons);

export const markerSchema: z.ZodType<MarkerOnRecord> = z.object({
  id: words,
  kind: words,
  concerns: words,
  source: words,
  setAt: words,
  reviewBy: words,
  owner: words,
  note: words,
  matchedBy: z.array(z.enum(markerMatches)),
});

export const planSchema: z.ZodType<PlanOnRecord> = z.object({
  ref: words,
  concerns: words,
  wording: words,
  allowedActions: z.array(words),
  limits: z.array(words),
  owner: words,
  setAt: words,
  reviewBy: words,
  whatIsDifferent: words,
  matchedBy: z.array(match),
});
