import { z } from 'zod';
import type { Detection, LineLanguage } from '../domain/language/detection.ts';
import type { Doubt } from '../domain/language/doubt.ts';
import type { LineInLanguage } from '../domain/language/lines.ts';
import {
  engines,
  type ServiceState,
  type TranslationOutcome,
  type TranslationTrouble,
} from '../domain/language/translation.ts';
import { instantSchema } from './basic-schemas.ts';

/** A tag of a language, as the list and others write them. */
export const languageTagSchema = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

const code = languageTagSchema;
const words = z.array(z.string()).readonly();
const source = z.enum(['chosen', 'line', 'conversation', 'told', 'guess']);
const count = z
  .object({ least: z.number().int().nonnegative(), most: z.number().int().nonnegative() })
  .readonly();

export const detectionSchema: z.ZodType<Detection> = z
  .object({
    language: code.nullable(),
    confidence: z.number().min(0).max(1),
    unsure: z.enum(['nothing-found', 'too-short', 'too-close', 'weak', 'letters-of-another']).nullable(),
    couldBe: z.array(code).readonly(),
  })
  .readonly();

const lineLanguageSchema: z.ZodType<LineLanguage> = z.object({ code, from: source }).readonly();

const doubtSchema: z.ZodType<Doubt> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numbers'), onlyOriginal: words, onlyTranslation: words }),
  z.object({ kind: z.literal('negation'), original: count, translation: count }),
  z.object({ kind: z.literal('names'), missing: words }),
  z.object({ kind: z.literal('length'), ratio: z.number().nonnegative() }),
  z.object({ kind: z.literal('same-text') }),
  z.object({ kind: z.literal('words-left'), words }),
  z.object({ kind: z.literal('language-unsure'), language: code, couldBe: z.array(code).readonly() }),
]);

const troubleSchema: z.ZodType<TranslationTrouble> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('slow'), afterMs: z.number().nonnegative() }),
  z.object({ kind: z.literal('down') }),
  z.object({ kind: z.literal('over-quota') }),
  z.object({ kind: z.literal('wrong-key') }),
  z.object({ kind: z.literal('unsupported'), from: code, to: code }),
  z.object({ kind: z.literal('too-long'), limit: z.number().int().nonnegative() }),
  z.object({ kind: z.literal('unreadable') }),
  z.object({ kind: z.literal('busy') }),
  z.object({ kind: z.literal('language-unknown') }),
  z.object({ kind: z.literal('cancelled') }),
]);

export const translationOutcomeSchema: z.ZodType<TranslationOutcome> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('translated'),
    translation: z
      .object({
        text: z.string(),
        from: code,
        to: code,
        by: source,
        engine: z.enum(engines),
        version: z.string(),
        at: instantSchema,
        doubts: z.array(doubtSchema).readonly(),
        unchecked: z.array(z.enum(['negations', 'number-words', 'names', 'kinship'])).readonly(),
      })
      .readonly(),
  }),
  z.object({ kind: z.literal('untranslated'), trouble: troubleSchema }),
]);

/** What is known of the language of one line (rules LG-02, LG-05), as it crosses a boundary and as it is stored. */
export const lineInLanguageSchema: z.ZodType<LineInLanguage> = z
  .object({
    line: z.string().min(1).max(200),
    reading: detectionSchema.nullable(),
    language: lineLanguageSchema.nullable(),
    outcome: translationOutcomeSchema,
    at: instantSchema,
  })
  .readonly();

/** How the translation service stands, as every desk is told (rule LG-15). */
export const serviceStateSchema: z.ZodType<ServiceState> = z
  .object({
    engine: z.enum(engines),
    version: z.string().nullable(),
    trouble: troubleSchema.nullable(),
    againAt: instantSchema.nullable(),
    languages: z
      .object({ intoEnglish: z.array(code).readonly(), fromEnglish: z.array(code).readonly() })
      .nullable(),
  })
  .readonly();
