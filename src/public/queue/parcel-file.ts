import { readFileSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { HOUR } from '../../shared/domain/time.ts';
import { heldPhotoSchema } from '../photos/held-photos.ts';
import { openLine, sealLine } from './sealed-lines.ts';

/** What the queue has is known here for so long, for whoever sends the same again or reloads. Milliseconds. */
export const REMEMBERED_MS = 24 * HOUR;

const parcel = z.object({
  key: z.string(),
  contact: z.string().nullable(),
  body: z.string(),
  photo: heldPhotoSchema.optional(),
});
const recordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('kept'), parcel, code: z.string().nullable(), at: z.number() }),
  z.object({
    kind: z.literal('received'),
    key: z.string(),
    code: z.string().nullable(),
    at: z.number(),
    ref: z.string(),
  }),
  z.object({ kind: z.literal('refused'), key: z.string(), at: z.number() }),
]);
export type ParcelEntry = Readonly<z.infer<typeof recordSchema>>;
/** One line of the file: an entry, or several that belong together and are there or not there as one. */
const lineSchema = z.union([recordSchema, z.array(recordSchema)]);

/** What the file holds, in its order. Throws the system's error when it is there and cannot be read. */
export function readEntries(
  file: string,
  key: Buffer,
): { readonly entries: readonly ParcelEntry[]; readonly unreadable: number } {
  const lines = textOf(file).split('\n');
  const entries: ParcelEntry[] = [];
  let unreadable = 0;
  for (const [n, line] of lines.entries()) {
    if (line === '') continue;
    const parsed = lineSchema.safeParse(openLine(line, key));
    if (parsed.success) entries.push(...[parsed.data].flat());
    // The last line without its end was torn before anybody was told that it is kept.
    else if (n < lines.length - 1) unreadable += 1;
  }
  return { entries, unreadable };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Without what the queue has. */
export function stillNeeded(entries: readonly ParcelEntry[], now: number): readonly ParcelEntry[] {
  const received = new Map(
    entries.flatMap((each) => (each.kind === 'received' ? [[each.key, each] as const] : [])),
  );
  return entries.filter((each) => {
    if (each.kind === 'kept') return !received.has(each.parcel.key);
    if (each.kind === 'received') return now - each.at <= REMEMBERED_MS;
    return !received.has(each.key);
  });
}

/**
 * Puts a whole new file in the place of the old one; at no moment is there none. Returns its length in bytes, and what to add to it by: opened before it
 * takes the place, so that a program that may open nothing more goes on with the old one.
 */
export async function writeAnew(
  file: string,
  entries: readonly ParcelEntry[],
  key: Buffer,
): Promise<{ readonly handle: FileHandle; readonly length: number }> {
  const text = entries.map((entry) => sealLine(entry, key)).join('');
  const beside = `${file}.new`;
  await rm(beside, { force: true });
  const handle = await open(beside, 'a', 0o600);
  try {
    await handle.appendFile(text);
    await handle.datasync();
    await rename(beside, file);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return { handle, length: text.length };
}
