import type { Logger } from '../../platform/log.ts';
import type { DeskStatus, DeskStatusKind } from '../../shared/domain/desk-status.ts';
import { SECOND, type Instant, type Timers } from '../../shared/domain/time.ts';
import type { Emitter } from '../../shared/lib/emitter.ts';
import type { PostAnswer } from './post-act.ts';

/** What somebody at a desk has said that they are doing; `null`: nobody is signed in there any more. */
export interface StatusTold {
  /** The number painted on the desk. */
  readonly deskNumber: number;
  readonly status: DeskStatus | null;
  /** When the queue was told. */
  readonly at: Instant;
}

/** A desk's status as an exchange is told it (rule TE-11). Never who sits there, nor why they are away. */
export interface ToldAgent {
  readonly act: 'agent';
  readonly desk: number;
  /** The telephone of that desk, where the queue was told which it is. */
  readonly extension: string | null;
  readonly state: DeskStatusKind | 'signed-off';
  /** When the queue was told, by its own clock; the newest of a desk counts. */
  readonly at: Instant;
}

export interface AgentTellerOptions {
  readonly source: string;
  readonly statuses: Pick<Emitter<StatusTold>, 'subscribe'>;
  readonly timers: Timers;
  readonly log: Logger;
  /** One try. Never rejects. */
  readonly post: (body: string, stop: AbortSignal) => Promise<PostAnswer>;
  readonly extensionOf?: (desk: number) => string | null;
}

const FIRST_WAIT_MS = SECOND / 4;
const LONGEST_WAIT_MS = 15 * SECOND;

/** Reasons stay at the desk: to ring somebody less it is enough that they are away. */
export function toldAgent(
  { deskNumber, status, at }: StatusTold,
  extensionOf: (desk: number) => string | null,
): ToldAgent {
  return {
    act: 'agent',
    desk: deskNumber,
    extension: extensionOf(deskNumber),
    state: status?.kind ?? 'signed-off',
    at,
  };
}

/**
 * Tells one exchange what the people at the desks are doing, so that it rings whom it may (rule TE-11): the newest of each desk, until it has
 * been taken. Kept in memory: each desk says it anew with its greeting, also to a queue that was ended. Nothing at a desk waits for it.
 */
export class AgentTeller implements Disposable {
  readonly #options: AgentTellerOptions;
  readonly #stop = new AbortController();
  readonly #told: Disposable;
  /** What is still to be told, one of each desk, the longest waiting first. */
  readonly #waiting = new Map<number, ToldAgent>();
  #isBusy = false;
  #isAway = false;

  constructor(options: AgentTellerOptions) {
    this.#options = options;
    const { statuses, extensionOf = () => null } = options;
    this.#told = statuses.subscribe((status) => this.#tell(toldAgent(status, extensionOf)));
  }

  /** The exchange took nothing at the last try. */
  get isAway(): boolean {
    return this.#isAway;
  }

  [Symbol.dispose](): void {
    this.#told[Symbol.dispose]();
    this.#stop.abort();
  }

  #tell(agent: ToldAgent): void {
    this.#waiting.set(agent.desk, agent);
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    const { source, post, log } = this.#options;
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const [next] = this.#waiting.values();
      if (next === undefined || this.#stop.signal.aborted) {
        // In the same turn as the look at what waits: what comes from now on begins anew.
        this.#isBusy = false;
        return;
      }
      const answer = await post(JSON.stringify(next), this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      this.#isAway = answer.kind === 'later';
      if (answer.kind === 'later') {
        await this.#pause(wait);
        wait = Math.min(LONGEST_WAIT_MS, wait * 2);
        continue;
      }
      if (answer.kind === 'refused')
        log.error('an exchange refused a desk’s status', { source, why: answer.why });
      wait = FIRST_WAIT_MS;
      // Something newer may have come meanwhile: that is told next.
      if (this.#waiting.get(next.desk) === next) this.#waiting.delete(next.desk);
    }
  }

  async #pause(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const { signal } = this.#stop;
      const timer = this.#options.timers.after(ms, () => done());
      const done = () => {
        timer[Symbol.dispose]();
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done);
    });
  }
}
