import { readFileSync } from 'node:fs';

/** The key by which a program is a source at the queue's intake. Throws an `Error` with one sentence when it cannot be read. */
export function readSourceKey(from: { readonly keyFile: string; readonly source: string }): string {
  const { keyFile, source } = from;
  try {
    const key: unknown = (JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, unknown>)[source];
    if (typeof key === 'string') return key;
  } catch {
    // Told below, in one sentence with the other reason.
  }
  throw new Error(
    `No key of the source ${source} can be read from ${keyFile}. Start the queue first, or name its file with --key-file.`,
  );
}
