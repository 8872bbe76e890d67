import { createHash } from 'node:crypto';

/**
 * JSON with the names of every object in one order. Two equal values give one text, whatever a database or a parser
 * did to the order of their fields; hashes are taken of this text and of nothing else.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

/** SHA-256 of a text in UTF-8. Hexadecimal, 64 characters. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The fingerprint of a value: equal values have equal ones. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value));
}
