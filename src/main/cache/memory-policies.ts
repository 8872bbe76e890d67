import type { DeskStore } from './desk-store.ts';
import type { KeptPolicy } from './kept-policy.ts';

/** The part of a store in memory that holds policies. */
export function memoryPolicies(): Pick<DeskStore, 'policies' | 'policyText' | 'keepPolicy' | 'forgetPolicy'> {
  const kept = new Map<string, { readonly policy: KeptPolicy; readonly text: string }>();
  return {
    policies: () =>
      [...kept.values()].map(({ policy }) => policy).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    policyText: (name) => kept.get(name)?.text ?? null,
    keepPolicy: (policy, text) => void kept.set(policy.name, { policy, text }),
    forgetPolicy: (name) => void kept.delete(name),
  };
}
