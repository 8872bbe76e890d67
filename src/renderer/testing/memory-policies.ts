import { policySchemas } from '../../shared/contract/policy/policies.ts';
import type { Payload, RequestHandlers } from '../../shared/contract/workstation.ts';
import type { PolicyName, PolicyValues } from '../../shared/domain/policy/policies.ts';
import { START } from './builders.ts';

/** As they come with the program. */
const seeds = import.meta.glob<unknown>('../../../resources/policy/seed/*.json', { import: 'default' });

/** The policies of a workstation in memory: the seed, in place of which a queue may serve others. */
export class MemoryPolicies {
  readonly #changed: (change: Payload<'policy.changed'>) => void;
  readonly #served = new Map<PolicyName, PolicyValues[PolicyName]>();
  /** Names without a policy, as on a desk whose own files are gone. */
  readonly missing = new Set<PolicyName>();
  readonly handlers: Pick<RequestHandlers, 'policy.read'>;

  constructor({ changed }: { readonly changed: (change: Payload<'policy.changed'>) => void }) {
    this.#changed = changed;
    this.handlers = {
      'policy.read': async ({ name }) => {
        const served = this.#served.get(name);
        if (this.missing.has(name)) return { kind: 'not-there', sentence: `This desk has no ${name} yet.` };
        const seed = await seeds[`../../../resources/policy/seed/${name}.json`]?.();
        const value = served ?? policySchemas[name].parse(seed);
        const { version, owner, review } = value;
        const origin =
          served === undefined
            ? ({ from: 'seed', fetchedAt: null } as const)
            : ({ from: 'queue', fetchedAt: START } as const);
        return { kind: 'here', name, version, owner, review, ...origin, value };
      },
    };
  }

  /** The queue serves another version. */
  serve<N extends PolicyName>(name: N, value: PolicyValues[N]): void {
    this.#served.set(name, value);
    this.#changed({ name, version: value.version });
  }
}
