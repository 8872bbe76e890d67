import type { z } from 'zod';
import type { PolicyName, PolicyValues } from '../../domain/policy/policies.ts';
import { categoriesPolicySchema } from './categories.ts';
import { chatPolicySchema } from './chat.ts';
import { directoryPolicySchema } from './directory.ts';
import { linkingPolicySchema } from './linking.ts';
import { markerKindsPolicySchema } from './markers.ts';
import { placesPolicySchema } from './places.ts';
import { questionPolicySchema } from './questions.ts';
import { riskWordsPolicySchema } from './risk-words.ts';
import { serviceLevelsSchema } from './service-levels.ts';
import { signpostsPolicySchema } from './signposts.ts';
import { triagePolicySchema } from './triage.ts';

/** How each policy is read, at every door: from its file, from the queue, from the desk's store (rule Y-02). */
export const policySchemas: { readonly [N in PolicyName]: z.ZodType<PolicyValues[N]> } = {
  'service-levels': serviceLevelsSchema,
  triage: triagePolicySchema,
  questions: questionPolicySchema,
  'risk-words': riskWordsPolicySchema,
  markers: markerKindsPolicySchema,
  places: placesPolicySchema,
  categories: categoriesPolicySchema,
  signposts: signpostsPolicySchema,
  directory: directoryPolicySchema,
  linking: linkingPolicySchema,
  chat: chatPolicySchema,
};
