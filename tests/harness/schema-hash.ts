import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * One number for what a contract says: the JSON Schema of everything in it, its keys in order, hashed. Two programs whose
 * contracts have the same hash read each other's every message.
 */
export function hashOf(schemas: Readonly<Record<string, z.ZodType>>, constants: unknown = {}): string {
  const described = Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', reused: 'inline' }),
    ]),
  );
  return createHash('sha256')
    .update(JSON.stringify(sorted({ described, constants })))
    .digest('hex');
}

/** Keys in order, and the lists of required keys too: in which order fields were written down says nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    const unordered = key === 'required' && Array.isArray(inner);
    return [
      key,
      unordered ? (inner as string[]).toSorted((a, b) => (a < b ? -1 : 1)) : sorted(inner),
    ] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What to do about a hash that has moved, for the one who moved it. */
export function adviceFor(contract: {
  readonly file: string;
  readonly version: string;
  readonly history: string;
  /** The oldest version still served, where there is such a thing. */
  readonly floor?: string;
  readonly test: string;
  readonly hash: string;
}): string {
  const { file, version, history, floor, test, hash } = contract;
  const orFloor = floor === undefined ? '' : `, and raise ${floor} if the version before cannot be served`;
  return [
    `The contract in ${file} is not the one this version was published with.`,
    `If nobody runs the published one yet, paste the hash over the old one in ${test}. Otherwise:`,
    `1. ${file}: raise ${version} by one`,
    `2. ${file}: add a line to ${history} that says what changed${orFloor}`,
    `3. ${test}: add the new version with the hash`,
    `If you changed no schema, a new zod may describe them otherwise: compare, then paste.`,
    `hash: ${hash}`,
  ].join('\n');
}
