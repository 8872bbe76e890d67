import versions from '../../../resources/policy/seed/versions.json' with { type: 'json' };
import type { PolicyName, PolicyVersions } from '../../shared/domain/policy/policies.ts';

/** The policies that come with the program: for a desk that has never met a queue, and for training (rule Y-08). */
export interface PolicySeed {
  readonly versions: PolicyVersions;
  /** As it stands in the program, not parsed yet. Rejects when the program's own files are not there. */
  read(name: PolicyName): Promise<unknown>;
}

type Loaded = Promise<{ readonly default: unknown }>;

/** Each by itself, and only when it is asked for: most desks never need one. */
const files: { readonly [N in PolicyName]: () => Loaded } = {
  'service-levels': () =>
    import('../../../resources/policy/seed/service-levels.json', { with: { type: 'json' } }),
  triage: () => import('../../../resources/policy/seed/triage.json', { with: { type: 'json' } }),
  questions: () => import('../../../resources/policy/seed/questions.json', { with: { type: 'json' } }),
  'risk-words': () => import('../../../resources/policy/seed/risk-words.json', { with: { type: 'json' } }),
  markers: () => import('../../../resources/policy/seed/markers.json', { with: { type: 'json' } }),
  places: () => import('../../../resources/policy/seed/places.json', { with: { type: 'json' } }),
  categories: () => import('../../../resources/policy/seed/categories.json', { with: { type: 'json' } }),
  signposts: () => import('../../../resources/policy/seed/signposts.json', { with: { type: 'json' } }),
  directory: () => import('../../../resources/policy/seed/directory.json', { with: { type: 'json' } }),
  linking: () => import('../../../resources/policy/seed/linking.json', { with: { type: 'json' } }),
  chat: () => import('../../../resources/policy/seed/chat.json', { with: { type: 'json' } }),
};

export const bundledSeed: PolicySeed = {
  versions,
  read: async (name) => (await files[name]()).default,
};
