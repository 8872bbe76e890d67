import type { Logger } from '../../platform/log.ts';
import { isPolicyName, policyNames, type PolicyVersions } from '../../shared/domain/policy/policies.ts';
import type { DecisionPolicy } from '../../shared/domain/decision-policy.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import { MINUTE, type Timers } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { loadPolicies, PolicyFaults, writtenAt, type PolicySet, type PolicyText } from './load-policy.ts';
import { decisionPolicyOf, manifestOf, servicePolicyOf, type PolicySource } from './policy-source.ts';

/** How often the folder is looked at. Milliseconds. */
export const LOOK_EVERY_MS = MINUTE;

export interface PoliciesInForceOptions {
  /** Where the files are. */
  readonly folder: string;
  readonly timers: Timers;
  readonly log: Logger;
}

/**
 * The policies of a running queue: read at the start, and again when their files have changed. A folder that cannot be
 * used is refused whole with its sentences in the log, and what is in force stays (rule Y-05).
 */
export class PoliciesInForce implements PolicySource, Disposable {
  readonly #options: PoliciesInForceOptions;
  #set: PolicySet;
  #servicePolicy: ServicePolicy;
  #decisionPolicy: DecisionPolicy;
  #manifest: PolicySource['manifest'];
  /** How the files stood when they were last read, also if they were refused. */
  #seen: string;
  #next: Disposable;
  readonly changed = new Emitter<void>();

  /** @throws PolicyFaults when the folder cannot be used: the queue does not start. */
  constructor(options: PoliciesInForceOptions) {
    this.#options = options;
    this.#seen = writtenAt(options.folder);
    this.#set = loadPolicies(options.folder);
    this.#servicePolicy = servicePolicyOf(this.#set);
    this.#decisionPolicy = decisionPolicyOf(this.#set);
    this.#manifest = manifestOf(this.#set);
    this.#next = this.#look();
  }

  [Symbol.dispose](): void {
    this.#next[Symbol.dispose]();
  }

  get servicePolicy(): ServicePolicy {
    return this.#servicePolicy;
  }

  get values(): PolicySet['values'] {
    return this.#set.values;
  }

  get decisionPolicy(): DecisionPolicy {
    return this.#decisionPolicy;
  }

  get manifest(): PolicySource['manifest'] {
    return this.#manifest;
  }

  versionsInForce(): PolicyVersions {
    return this.#set.versions;
  }

  textOf(name: string): PolicyText | null {
    return isPolicyName(name) ? this.#set.texts[name] : null;
  }

  /** Reads the files now, whether they look changed or not. */
  reread(): void {
    const { folder, log } = this.#options;
    this.#seen = writtenAt(folder);
    try {
      this.#take(loadPolicies(folder));
    } catch (error) {
      if (!(error instanceof PolicyFaults)) throw error;
      for (const sentence of error.sentences) log.error(`policy refused: ${sentence}`);
    }
  }

  #look(): Disposable {
    return this.#options.timers.after(LOOK_EVERY_MS, () => {
      this.#next = this.#look();
      if (writtenAt(this.#options.folder) !== this.#seen) this.reread();
    });
  }

  #take(next: PolicySet): void {
    const before = this.#set;
    const changed = policyNames.filter((name) => next.texts[name].digest !== before.texts[name].digest);
    const unnamed = changed.filter((name) => next.versions[name] === before.versions[name]);
    if (unnamed.length > 0) throw new PolicyFaults(unnamed.map((name) => this.#sameVersion(name)));
    if (changed.length === 0) return;
    this.#set = next;
    this.#servicePolicy = servicePolicyOf(next);
    this.#decisionPolicy = decisionPolicyOf(next);
    this.#manifest = manifestOf(next);
    for (const name of changed)
      this.#options.log.info('policy in force', { policy: name, version: next.versions[name] });
    this.changed.emit();
  }

  /** Two records under one version would have been made under different rules. */
  #sameVersion(name: string): string {
    const version = this.#set.texts[name as keyof PolicySet['texts']].version;
    return `${this.#options.folder}/${name}.yaml, line 1: version ${version} is in force with other contents. Give the changed file a new version.`;
  }
}
