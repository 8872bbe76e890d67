import type { LinkStatus } from '../../shared/contract/workstation.ts';
import type { Clock, Instant, Timers } from '../../shared/domain/time.ts';
import type { SignInClient } from './sign-in-client.ts';

/** Between two questions. Milliseconds; spread, so that a room of desks does not ask at once. */
const ASK_EVERY_MS = 8_000;
const SPREAD_MS = 4_000;

export interface QueueProbeOptions {
  readonly client: SignInClient;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly onChanged: () => void;
}

/**
 * Whether the queue answers, asked while nobody is signed in and there is no link that would tell (rule W-15). Its status
 * is a link's: `connecting` until the first answer, then `live` or `down`.
 */
export class QueueProbe implements Disposable {
  readonly #options: QueueProbeOptions;
  #kind: 'connecting' | 'live' | 'down' = 'connecting';
  #confirmedAt: Instant | null = null;
  #next: Disposable | null = null;
  #isOver = false;

  constructor(options: QueueProbeOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#ask();
  }

  [Symbol.dispose](): void {
    this.#isOver = true;
    this.#next?.[Symbol.dispose]();
  }

  status(): LinkStatus {
    return {
      kind: this.#kind,
      confirmedAt: this.#confirmedAt,
      roundTripMs: null,
      behind: 0,
      retryAt: null,
      offsetMs: 0,
    };
  }

  /** Never rejects: the client says what does not come about. */
  async #ask(): Promise<void> {
    const { client, clock, timers, random, onChanged } = this.#options;
    const answers = await client.answers();
    if (this.#isOver) return;
    const kind = answers ? 'live' : 'down';
    if (answers) this.#confirmedAt = clock.now();
    this.#next = timers.after(ASK_EVERY_MS + random() * SPREAD_MS, () => void this.#ask());
    if (kind === this.#kind) return;
    this.#kind = kind;
    onChanged();
  }
}
