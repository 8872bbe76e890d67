import { describe, expect, it } from 'vitest';
import { bundledSeed } from '../../main/workstation/policy-seed.ts';
import { loadPolicies } from '../../queue/policy/load-policy.ts';
import { decisionPolicyOf, manifestOf } from '../../queue/policy/policy-source.ts';
import { shippedPolicies } from '../../queue/policy/shipped-policies.ts';
import { seedPolicies } from './seed-policies.ts';

describe('the policies of training', () => {
  it('TS-09: are those that a queue reads from the files that ship: the same digests, the same decisions', async () => {
    const training = await seedPolicies(bundledSeed);
    const shipped = loadPolicies(shippedPolicies);
    expect(training.manifest).toEqual(manifestOf(shipped));
    expect(training.decisionPolicy.triage).toEqual(decisionPolicyOf(shipped).triage);
    expect(training.versionsInForce()).toEqual(shipped.versions);
    expect([training.textOf('triage')?.text, training.textOf('nothing')]).toEqual([
      shipped.texts.triage.text,
      null,
    ]);
  });

  it('TS-09: one that cannot be used is no policy: training does not begin on a guess', async () => {
    const broken = { ...bundledSeed, read: async () => ({ version: 'x' }) };
    await expect(seedPolicies(broken)).rejects.toThrow('expected');
  });
});
