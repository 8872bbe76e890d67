import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml, type YamlContent } from '../../platform/yaml-file.ts';
import { policySchemas } from '../../shared/contract/policy/policies.ts';
import type { PolicyHeader } from '../../shared/domain/policy/header.ts';
import {
  isPolicyName,
  policyNames,
  type PolicyName,
  type PolicyValues,
  type PolicyVersions,
} from '../../shared/domain/policy/policies.ts';
import { crossFaults } from './cross-checks.ts';

/** A policy as it is served: its text, and the digest that names it (rule Y-04). */
export interface PolicyText {
  readonly version: string;
  readonly review: string;
  /** SHA-256 of `text` in UTF-8. Hexadecimal. */
  readonly digest: string;
  /** JSON of what stands in the file; `policySchemas` reads it. */
  readonly text: string;
}

/** All policies of a folder, each read and each fitting the others. */
export interface PolicySet {
  readonly values: PolicyValues;
  readonly texts: Readonly<Record<PolicyName, PolicyText>>;
  readonly versions: PolicyVersions;
}

/** Files as read, with their lines: what fits together is looked at here. */
export type PolicyContents = { readonly [N in PolicyName]: YamlContent<PolicyValues[N]> };

/** A folder of policies that cannot be used: one sentence for each fault, with file, line, reason and what to do (rule Y-02). */
export class PolicyFaults extends Error {
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.name = 'PolicyFaults';
    this.sentences = sentences;
  }
}

/**
 * Reads every policy of a folder. A queue that guessed would order and grade people wrongly, so all are used or none is.
 *
 * @throws PolicyFaults when a file is missing, misspelt, wrong in itself or does not fit another.
 */
export function loadPolicies(folder: string): PolicySet {
  const faults: string[] = strangers(folder);
  const contents: Partial<Record<PolicyName, unknown>> = {};
  for (const name of policyNames) {
    try {
      contents[name] = readPolicy(folder, name);
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  if (faults.length > 0) throw new PolicyFaults(faults);
  const whole = contents as PolicyContents;
  const misfits = crossFaults(whole);
  if (misfits.length > 0) throw new PolicyFaults(misfits.map(({ message }) => message));
  return setOf(whole);
}

/** What changes when somebody edits a file of the folder: names, sizes and times of writing. Never throws. */
export function writtenAt(folder: string): string {
  try {
    const files = yamlFiles(folder).map((file) => {
      const { mtimeMs, size } = statSync(join(folder, file));
      return `${file} ${mtimeMs} ${size}`;
    });
    return files.join('\n');
  } catch (error) {
    return `not readable: ${codeOf(error)}`;
  }
}

function readPolicy<N extends PolicyName>(folder: string, name: N): YamlContent<PolicyValues[N]> {
  const file = join(folder, `${name}.yaml`);
  return readYaml(file, textOf(file), policySchemas[name]);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT')
      throw new Error(`${file} is missing. Put the file there, or name another folder with --policy.`, {
        cause: error,
      });
    throw new Error(`${file} cannot be read (${code}). Let whoever runs the queue read it.`, {
      cause: error,
    });
  }
}

/** A file under a name that nobody reads would be a policy that nobody follows. */
function strangers(folder: string): string[] {
  try {
    return yamlFiles(folder)
      .filter((file) => !isPolicyName(file.replace(/\.ya?ml$/, '')) || file.endsWith('.yml'))
      .map(
        (file) =>
          `${join(folder, file)} is no policy that is known here. Call it one of ${policyNames
            .map((name) => `${name}.yaml`)
            .join(', ')}, or take it out of the folder.`,
      );
  } catch {
    // That the folder cannot be read is said of each file.
    return [];
  }
}

const yamlFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

function setOf(contents: PolicyContents): PolicySet {
  const byName = <T>(take: (name: PolicyName) => T): Readonly<Record<PolicyName, T>> =>
    Object.fromEntries(policyNames.map((name) => [name, take(name)])) as Record<PolicyName, T>;
  return {
    values: byName((name) => contents[name].value) as unknown as PolicyValues,
    texts: byName((name) => served(contents[name])),
    versions: byName((name) => contents[name].value.version),
  };
}

/** As it stands in the file: every door reads it with the same schema, so nobody gets what another has read (rule Y-02). */
function served({ value: { version, review }, raw }: YamlContent<PolicyHeader>): PolicyText {
  const text = JSON.stringify(raw);
  return { version, review, digest: createHash('sha256').update(text, 'utf8').digest('hex'), text };
}
