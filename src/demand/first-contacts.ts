import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One invented contact, as the intake takes it. `weight`: how often it comes, against the others. */
const templateSchema = z.object({
  weight: z.number().positive(),
  channel: z.string(),
  title: z.string(),
  place: z.string().nullable(),
  language: z.string().optional(),
  caller: z.object({
    name: z.string().nullable(),
    number: z.string().nullable(),
    address: z.string().nullable(),
  }),
  account: z.string(),
  flags: z
    .object({
      vulnerable: z.boolean().optional(),
      repeat: z.boolean().optional(),
      lookFirst: z.boolean().optional(),
    })
    .optional(),
});
const fileSchema = z.object({ contacts: z.array(templateSchema).min(1) });

export type ContactTemplate = z.infer<typeof templateSchema>;

/** Reads the contacts that the feeder draws from. Throws an `Error` that names the file. */
export function readTemplates(file: string): readonly ContactTemplate[] {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).contacts;
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'not readable';
    throw new Error(`The contacts in ${file} cannot be used: ${why}.`, { cause: error });
  }
}
