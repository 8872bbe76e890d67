import type { PolicyManifest } from '../../shared/contract/policy/manifest.ts';
import { policyNames, type PolicyVersions } from '../../shared/domain/policy/policies.ts';
import { compileLinking } from '../../shared/domain/assist/link-traits.ts';
import { compileRiskWords } from '../../shared/domain/assist/risk-words.ts';
import type { DecisionPolicy } from '../../shared/domain/decision-policy.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import type { Emitter } from '../../shared/lib/emitter.ts';
import type { PolicySet, PolicyText } from './load-policy.ts';

/** The policies in force, as the queue decides by them and serves them (rules Y-04, Y-05). */
export interface PolicySource {
  /** Targets and allowances of this moment. */
  readonly servicePolicy: ServicePolicy;
  /** All that commands are decided by. */
  readonly decisionPolicy: DecisionPolicy;
  readonly manifest: PolicyManifest['policies'];
  /** What stands on a record that is made now (rule Y-07). */
  versionsInForce(): PolicyVersions;
  /** What is served under a name; `null` when there is no such policy. */
  textOf(name: string): PolicyText | null;
  /** Others are in force now. */
  readonly changed: Emitter<void>;
}

/** Of the file of service levels, what desks are told in WELCOME. */
export function servicePolicyOf({ values }: PolicySet): ServicePolicy {
  const { version, targetMs, allowanceMs, lookFirstMs } = values['service-levels'];
  return { version, targetMs, allowanceMs, lookFirstMs };
}

/** The same with what grades, closings and links are decided by; words made ready once for each set. */
export function decisionPolicyOf(set: PolicySet): Required<DecisionPolicy> {
  const {
    triage,
    categories,
    linking,
    chat,
    questions,
    markers: markerKinds,
    'risk-words': riskWords,
  } = set.values;
  const facts = { riskWords: compileRiskWords(riskWords), linking: compileLinking(linking), questions };
  return { ...servicePolicyOf(set), triage, categories, markerKinds, facts, chat };
}

export const manifestOf = ({ texts }: PolicySet): PolicyManifest['policies'] =>
  policyNames.map((name) => {
    const { version, digest, review } = texts[name];
    return { name, version, digest, review };
  });
