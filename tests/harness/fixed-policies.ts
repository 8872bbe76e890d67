import type { PolicySource } from '../../src/queue/policy/policy-source.ts';
import { policyNames, type PolicyVersions } from '../../src/shared/domain/policy/policies.ts';
import { Emitter } from '../../src/shared/lib/emitter.ts';
import { aPolicy } from './builders.ts';

/** A queue's policies where a test is not about them: targets that stay, and nothing that desks could fetch. */
export function fixedPolicies(servicePolicy = aPolicy()): PolicySource {
  const versions = Object.fromEntries(policyNames.map((name) => [name, `${name}-test`]));
  return {
    servicePolicy,
    decisionPolicy: servicePolicy,
    manifest: [],
    versionsInForce: () => ({ ...versions, 'service-levels': servicePolicy.version }) as PolicyVersions,
    textOf: () => null,
    changed: new Emitter(),
  };
}
