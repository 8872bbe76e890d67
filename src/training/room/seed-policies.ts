import { createHash } from 'node:crypto';
import type { PolicySeed } from '../../main/workstation/policy-seed.ts';
import type { PolicySet, PolicyText } from '../../queue/policy/load-policy.ts';
import {
  decisionPolicyOf,
  manifestOf,
  servicePolicyOf,
  type PolicySource,
} from '../../queue/policy/policy-source.ts';
import { policySchemas } from '../../shared/contract/policy/policies.ts';
import { isPolicyName, policyNames, type PolicyName } from '../../shared/domain/policy/policies.ts';
import { Emitter } from '../../shared/lib/emitter.ts';

/** The policies that come with the program, as a queue has them in force: training is graded by the force's own rules (rule TS-09). */
export interface SeedPolicies extends PolicySource {
  readonly values: PolicySet['values'];
}

/** Reads them all. Rejects when one cannot be used: a queue that guessed would grade wrongly. */
export async function seedPolicies(seed: PolicySeed): Promise<SeedPolicies> {
  const read = await Promise.all(
    policyNames.map(async (name) => {
      const raw = await seed.read(name);
      return [name, { value: policySchemas[name].parse(raw), text: served(name, raw) }] as const;
    }),
  );
  const byName = <T>(take: (one: (typeof read)[number][1]) => T) =>
    Object.fromEntries(read.map(([name, one]) => [name, take(one)])) as Readonly<Record<PolicyName, T>>;
  const set: PolicySet = {
    values: byName(({ value }) => value) as unknown as PolicySet['values'],
    texts: byName(({ text }) => text),
    versions: seed.versions,
  };
  const manifest = manifestOf(set);
  return {
    values: set.values,
    servicePolicy: servicePolicyOf(set),
    decisionPolicy: decisionPolicyOf(set),
    manifest,
    versionsInForce: () => set.versions,
    textOf: (name) => (isPolicyName(name) ? set.texts[name] : null),
    changed: new Emitter(),
  };
}

function served(name: PolicyName, raw: unknown): PolicyText {
  const { version, review } = policySchemas[name].parse(raw);
  const text = JSON.stringify(raw);
  return { version, review, digest: createHash('sha256').update(text, 'utf8').digest('hex'), text };
}
