import { createHash } from 'node:crypto';
import type { Logger } from '../../platform/log.ts';
import type { PolicyStamp } from '../../shared/contract/policy/manifest.ts';
import type { Output, Payload } from '../../shared/contract/workstation.ts';
import type { DecisionPolicy } from '../../shared/domain/decision-policy.ts';
import {
  isPolicyName,
  policyNames,
  type PolicyName,
  type PolicyValues,
  type PolicyVersions,
} from '../../shared/domain/policy/policies.ts';
import { SECOND, type Clock, type Timers } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { KeptPolicy } from '../cache/kept-policy.ts';
import type { PolicyClient } from './policy-client.ts';
import type { PolicySeed } from './policy-seed.ts';

/** What could not be fetched is asked for again after this long. Milliseconds. */
export const FETCH_AGAIN_MS = 30 * SECOND;
/** Other policies are fetched so long after the queue has told of them. Milliseconds. */
export const FETCH_SOON_MS = 2 * SECOND;

export interface PoliciesOptions {
  readonly store: Pick<DeskStore, 'policies' | 'policyText' | 'keepPolicy' | 'forgetPolicy'>;
  readonly seed: PolicySeed;
  /** `null` when there is no queue to ask. */
  readonly client: PolicyClient | null;
  /** Of whoever is signed in; `null` while nobody is, or nobody whom the queue has let in. */
  readonly token: () => string | null;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  /** Runs what writes to the file; a disk that refuses is told the handler elsewhere. */
  readonly guard: (work: () => void) => void;
  /** Runs what reads the file: damage may show wherever it is read (rule S-06). */
  readonly served: <T>(work: () => T) => T;
  readonly onChanged: (change: Payload<'policy.changed'>) => void;
}

type Value = PolicyValues[PolicyName];

const decisiveNames = ['triage', 'categories', 'markers'] as const satisfies readonly PolicyName[];

/**
 * The desk's policies (rules Y-04 to Y-08): those of the queue, kept for when it is away, and the program's own seed for what
 * no queue has served yet. Nothing is used that has not the digest the queue told and does not fit its form.
 */
export class Policies implements Disposable {
  readonly #options: PoliciesOptions;
  /** What the queue has served, newest first known. Without texts: those are read when they are asked for. */
  readonly #held: Map<PolicyName, KeptPolicy>;
  readonly #values = new Map<PolicyName, { readonly digest: string; readonly value: Value }>();
  readonly #seeds = new Map<PolicyName, Value>();
  /** What the queue has in force, as far as it has told. */
  #inForce = new Map<PolicyName, PolicyStamp>();
  /** Digests of what was fetched whole and cannot be used: asking again would bring the same. */
  readonly #unusable = new Set<string>();
  #ready: Promise<void> | null = null;
  #isFetching = false;
  #isOver = false;
  #again: Disposable | null = null;
  #soon: Disposable | null = null;

  constructor(options: PoliciesOptions) {
    this.#options = options;
    const kept = options.store.policies();
    this.#held = new Map(kept.flatMap((one) => (isPolicyName(one.name) ? [[one.name, one]] : [])));
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#again?.[Symbol.dispose]();
    this.#soon?.[Symbol.dispose]();
  }

  /** The queue has said which policies are in force: those that differ are fetched. */
  told(stamps: readonly PolicyStamp[]): void {
    this.#inForce = new Map(
      stamps.flatMap((stamp) => (isPolicyName(stamp.name) ? [[stamp.name, stamp]] : [])),
    );
    // A desk that has just come to its queue has people waiting: reading and checking what is fetched takes the process a moment.
    this.#soon?.[Symbol.dispose]();
    this.#soon = this.#options.timers.after(FETCH_SOON_MS, () => void this.#fetchMissing());
  }

  /** What stands on a record that is made here now (rule Y-07). */
  versionsInForce(): PolicyVersions {
    const { seed } = this.#options;
    return Object.fromEntries(
      policyNames.map((name) => [name, this.#held.get(name)?.version ?? seed.versions[name]]),
    ) as PolicyVersions;
  }

  /** What acts are decided by besides targets, as far as it has been read: a key never waits for a file. */
  decisive(): Pick<DecisionPolicy, 'triage' | 'categories' | 'markerKinds'> {
    const triage = this.#read('triage');
    const categories = this.#read('categories');
    const markerKinds = this.#read('markers');
    return {
      ...(triage === null ? {} : { triage }),
      ...(categories === null ? {} : { categories }),
      ...(markerKinds === null ? {} : { markerKinds }),
    };
  }

  /**
   * Settles once what acts are decided by is read, or cannot be: what this desk has kept and not sent is shown by it, and shown otherwise than
   * the queue will decide it would be a promise nobody keeps (rules X-04, Y-06). Never rejects.
   */
  ready(): Promise<void> {
    this.#ready ??= Promise.all(decisiveNames.map((name) => this.read(name).catch(() => null))).then(
      () => {},
    );
    return this.#ready;
  }

  #read<N extends PolicyName>(name: N): PolicyValues[N] | null {
    const held = this.#held.get(name);
    const value = held === undefined ? this.#seeds.get(name) : this.#values.get(name)?.value;
    return (value ?? null) as PolicyValues[N] | null;
  }

  /** As it counts here now. Rejects with what the file throws. */
  async read(name: PolicyName): Promise<Output<'policy.read'>> {
    const held = this.#held.get(name);
    const kept = held === undefined ? null : await this.#keptValue(name, held);
    if (held !== undefined && kept !== null)
      return { kind: 'here', ...headOf(name, kept), from: 'queue', fetchedAt: held.fetchedAt, value: kept };
    const seed = await this.#seedValue(name);
    return seed === null
      ? { kind: 'not-there', sentence: `This desk has no ${name} yet. They come when the queue is reached.` }
      : { kind: 'here', ...headOf(name, seed), from: 'seed', fetchedAt: null, value: seed };
  }

  async #keptValue(name: PolicyName, { digest }: KeptPolicy): Promise<Value | null> {
    const known = this.#values.get(name);
    if (known?.digest === digest) return known.value;
    const { store, log, guard, served } = this.#options;
    const text = served(() => store.policyText(name));
    const value = text === null ? null : await parsed(name, text);
    // Another was served meanwhile: this answer is about the one that was asked for.
    if (this.#held.get(name)?.digest !== digest) return value;
    if (value !== null) {
      this.#values.set(name, { digest, value });
      return value;
    }
    // Kept by a program that read it otherwise, and of no use to this one.
    log.warn('a kept policy cannot be used', { policy: name });
    this.#held.delete(name);
    this.#unusable.add(digest);
    guard(() => store.forgetPolicy(name));
    return null;
  }

  async #seedValue(name: PolicyName): Promise<Value | null> {
    const known = this.#seeds.get(name);
    if (known !== undefined) return known;
    const written: unknown = await this.#options.seed.read(name).catch(() => null);
    const value = await fitting(name, written);
    if (value === null) this.#options.log.error('the seed of a policy cannot be used', { policy: name });
    else this.#seeds.set(name, value);
    return value;
  }

  #missing(): readonly (readonly [PolicyName, PolicyStamp])[] {
    return [...this.#inForce].filter(
      ([name, { digest }]) => this.#held.get(name)?.digest !== digest && !this.#unusable.has(digest),
    );
  }

  /** One after the other, each once; what is told meanwhile is fetched in the same turn. Never rejects. */
  async #fetchMissing(): Promise<void> {
    if (this.#isFetching) return;
    this.#isFetching = true;
    this.#again?.[Symbol.dispose]();
    this.#again = null;
    const tried = new Set<string>();
    const next = () => this.#missing().find(([, { digest }]) => !tried.has(digest));
    for (let one = next(); one !== undefined && !this.#isOver; one = next()) {
      const [name, stamp] = one;
      tried.add(stamp.digest);
      if (!(await this.#fetch(name, stamp))) break;
    }
    this.#isFetching = false;
    if (this.#isOver || this.#missing().length === 0) return;
    this.#again = this.#options.timers.after(FETCH_AGAIN_MS, () => void this.#fetchMissing());
  }

  /** False when nobody can be asked now. */
  async #fetch(name: PolicyName, stamp: PolicyStamp): Promise<boolean> {
    const { client, token, log } = this.#options;
    const bearer = token();
    if (client === null || bearer === null) return false;
    const text = await client.read(name, bearer);
    if (this.#isOver) return false;
    if (text === null) {
      log.warn('a policy could not be fetched', { policy: name, version: stamp.version });
      return false;
    }
    // Told anew while it was on its way: the newer one is fetched next.
    if (this.#inForce.get(name)?.digest !== stamp.digest) return true;
    if (createHash('sha256').update(text, 'utf8').digest('hex') !== stamp.digest) {
      log.error('a policy is not what the queue said it was', { policy: name, version: stamp.version });
      return true;
    }
    const value = await parsed(name, text);
    if (this.#isOver || this.#inForce.get(name)?.digest !== stamp.digest) return true;
    if (value === null || value.version !== stamp.version) {
      log.error('a policy of the queue cannot be used', { policy: name, version: stamp.version });
      this.#unusable.add(stamp.digest);
      return true;
    }
    this.#take(name, stamp, { text, value });
    return true;
  }

  #take(
    name: PolicyName,
    { version, digest }: PolicyStamp,
    { text, value }: { readonly text: string; readonly value: Value },
  ): void {
    const { clock, store, guard, log, onChanged } = this.#options;
    const kept = { name, version, digest, fetchedAt: clock.now() };
    // In force although the disk may refuse: then it is fetched again after the next start.
    this.#held.set(name, kept);
    this.#values.set(name, { digest, value });
    guard(() => store.keepPolicy(kept, text));
    log.info('policy in force', { policy: name, version });
    onChanged({ name, version });
  }
}

const headOf = (name: PolicyName, { version, owner, review }: Value) => ({ name, version, owner, review });

/** The policy in a text; `null` when it is none. */
async function parsed(name: PolicyName, text: string): Promise<Value | null> {
  try {
    return await fitting(name, JSON.parse(text));
  } catch {
    return null;
  }
}

/** Read with its schema; `null` when it does not fit. The schemas are many, and not needed to paint the window: they come with the first use. */
async function fitting(name: PolicyName, written: unknown): Promise<Value | null> {
  const { policySchemas } = await import('../../shared/contract/policy/policies.ts');
  const read = policySchemas[name].safeParse(written);
  return read.success ? read.data : null;
}
