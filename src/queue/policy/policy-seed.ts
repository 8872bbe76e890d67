import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyNames } from '../../shared/domain/policy/policies.ts';
import type { PolicySet } from './load-policy.ts';

/**
 * The files of the desk's seed: each policy as JSON, which a desk's bundle can hold, and one with their versions
 * (rule Y-08). Written by `policy seed` and kept with the sources; a test compares them.
 */
export function seedFiles({ texts, versions }: PolicySet): ReadonlyMap<string, string> {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  return new Map([
    ...policyNames.map((name) => [`${name}.json`, json(JSON.parse(texts[name].text))] as const),
    ['versions.json', json(versions)],
  ]);
}

export function writeSeed(set: PolicySet, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of seedFiles(set)) writeFileSync(join(folder, file), text);
}
