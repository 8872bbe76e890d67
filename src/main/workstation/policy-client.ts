import { POLICY_LIMIT } from '../../shared/contract/policy/manifest.ts';
import type { PolicyName } from '../../shared/domain/policy/policies.ts';
import { askQueue, queueHttpUrl } from './queue-http.ts';

/** Reading policies at the queue. Never rejects. */
export interface PolicyClient {
  /** The text as served; `null` when there is no answer, or another than the policy. */
  read(name: PolicyName, token: string): Promise<string | null>;
}

/** For the queue behind a desk's socket address. */
export type ConnectPolicies = (queueUrl: string) => PolicyClient;

export const httpPolicies: ConnectPolicies = (queueUrl) => ({
  async read(name, token) {
    const url = queueHttpUrl(queueUrl, `/policies/${name}`);
    const question = { method: 'GET', body: '', authorization: `Bearer ${token}` } as const;
    const answer = await askQueue(url, question, POLICY_LIMIT);
    return answer?.status === 200 ? answer.text : null;
  },
});
