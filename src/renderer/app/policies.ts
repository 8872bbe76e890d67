import { useEffect } from 'react';
import type { Output, WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { PolicyName, PolicyValues } from '../../shared/domain/policy/policies.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { Cell, useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/** What the window knows of one policy. */
export type PolicyView<N extends PolicyName> =
  /** Asked for, no answer yet. */
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'here';
      readonly value: PolicyValues[N];
      readonly version: string;
      readonly owner: string;
      readonly review: string;
      /** `seed`: what came with the program, because no queue has served this desk one yet (rule Y-08). */
      readonly from: 'queue' | 'seed';
      readonly fetchedAt: Instant | null;
    }
  /** A sentence for the handler. */
  | { readonly kind: 'not-there'; readonly sentence: string };

type Cells = { [N in PolicyName]?: Cell<PolicyView<N>> };

/** A policy that is wanted and could not be read is asked for again after this long. Milliseconds. */
const RETRY_MS = 1_000;

/**
 * The policies that this window works by, each read when it is first wanted and again when the workstation says that another
 * version counts (rule Y-05). The workstation has read them with their schemas; here they are taken as told.
 */
export class Policies {
  readonly #bridge: WorkstationBridge;
  readonly #after: (ms: number, task: () => void) => void;
  readonly #cells: Cells = {};
  /** Those somebody has wanted. */
  readonly #wanted = new Set<PolicyName>();
  /** The number of the latest question per policy: an overtaken answer is dropped. */
  readonly #asked = new Map<PolicyName, number>();

  constructor({
    bridge,
    after,
  }: {
    readonly bridge: WorkstationBridge;
    readonly after: (ms: number, task: () => void) => void;
  }) {
    this.#bridge = bridge;
    this.#after = after;
  }

  /** Listens for other versions. Returns what stops it. */
  start(): () => void {
    const stops = [
      this.#bridge.subscribe('policy.changed', ({ name }) => this.#again(name)),
      this.#bridge.subscribe('workstation.changed', ({ state }) => {
        if (state === 'up') for (const name of this.#wanted) this.#again(name);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  of<N extends PolicyName>(name: N): Cell<PolicyView<N>> {
    const cells = this.#cells as { [M in N]?: Cell<PolicyView<M>> };
    return (cells[name] ??= new Cell<PolicyView<N>>({ kind: 'loading' }));
  }

  /** From now on this policy is kept here. */
  want(name: PolicyName): void {
    if (this.#wanted.has(name)) return;
    this.#wanted.add(name);
    void this.#read(name);
  }

  #again(name: PolicyName): void {
    if (this.#wanted.has(name)) void this.#read(name);
  }

  /** Never rejects. What was there stays until there is something newer. */
  async #read(name: PolicyName): Promise<void> {
    const number = (this.#asked.get(name) ?? 0) + 1;
    this.#asked.set(name, number);
    try {
      const reading = await this.#bridge.request('policy.read', { name });
      if (this.#asked.get(name) === number) this.of(name).set(viewOf(reading));
    } catch {
      this.#after(RETRY_MS, () => {
        if (this.#asked.get(name) === number) this.#again(name);
      });
    }
  }
}

/** The one place that believes the workstation about what a policy looks like. */
function viewOf<N extends PolicyName>(reading: Output<'policy.read'>): PolicyView<N> {
  if (reading.kind === 'not-there') return reading;
  const { version, owner, review, from, fetchedAt } = reading;
  return { kind: 'here', value: reading.value as PolicyValues[N], version, owner, review, from, fetchedAt };
}

/** One policy; it is loaded when a component first uses it, and the component is painted again when another version counts. */
export function usePolicy<N extends PolicyName>(name: N): PolicyView<N> {
  const { policies } = useWorkplace();
  useEffect(() => policies.want(name), [policies, name]);
  return useCell(policies.of(name));
}
