import { ASKS_AT_ONCE, type Ask, type DownFrame } from '../shared/contract/queue-link.ts';
import type { Actor } from '../shared/domain/contact.ts';
import type { Colleague } from '../shared/domain/chat/colleague.ts';
import type { HistoryRow } from '../shared/domain/history.ts';
import type { DeskOutlet } from './desk-outlet.ts';
import type { LookedUp, LookUp } from './look-up.ts';
import type { LookUpLimits } from './look-up-limits.ts';
import type { QueueService } from './service.ts';
import { linesText } from './snapshot-text.ts';

/** What a question comes to. `contacts`: the lines of the answer, whatever they are about. */
type Answered =
  | LookedUp
  | { readonly kind: 'too-many' }
  | { readonly kind: 'found'; readonly contacts: readonly (HistoryRow | Colleague)[] };

export interface AnsweringOptions {
  readonly service: QueueService;
  readonly limits: LookUpLimits;
  readonly outlet: DeskOutlet;
  /** The account of who asks is closed. */
  readonly onRevoked: () => void;
  readonly onFailure: (error: unknown) => void;
}

/**
 * The questions of one desk, answered one after the other, apart from its commands: an answer is as bulky as a snapshot's part and goes behind the
 * desk's credit, so that neither a flash nor a command waits for it (rules L-20, L-24).
 */
export class Answering {
  readonly #options: AnsweringOptions;
  #unanswered = 0;
  #last: Promise<void> = Promise.resolve();
  /** The last look at the store, which must be over before the desk may have another link. */
  #looking: Promise<unknown> = Promise.resolve();

  constructor(options: AnsweringOptions) {
    this.#options = options;
  }

  /** Takes a question; false when too many wait already: no desk of ours does that. */
  take(ask: Ask, by: Actor): boolean {
    if (this.#unanswered >= ASKS_AT_ONCE) return false;
    this.#unanswered += 1;
    this.#last = this.#last
      .then(() => this.#answer(ask, by))
      .catch((error: unknown) => this.#options.onFailure(error))
      .finally(() => {
        this.#unanswered -= 1;
      });
    return true;
  }

  /** Resolves when nothing of it is on its way to the store any more. */
  async settled(): Promise<void> {
    await this.#looking.catch(() => undefined);
  }

  async #answer({ n, asked }: Ask, by: Actor): Promise<void> {
    const { outlet, onRevoked } = this.#options;
    if (outlet.isClosed) return;
    const looking = this.#look(asked, by);
    this.#looking = looking;
    const answer = await looking;
    if (answer.kind === 'revoked') return onRevoked();
    const { slices, count, sha256 } = linesText(answer.kind === 'found' ? answer.contacts : []);
    for (const [index, data] of slices.entries())
      await outlet.bulk(textOf({ t: 'FOUND', n, part: index + 1, data }));
    await outlet.bulk(textOf({ t: 'ANSWER', n, outcome: answer.kind, count, sha256 }));
  }

  #look(asked: Ask['asked'], by: Actor): Promise<Answered> {
    if (asked.kind === 'history') return this.#history(asked);
    return asked.kind === 'colleagues' ? this.#colleagues() : this.#lookUp(asked, by);
  }

  async #colleagues(): Promise<Answered> {
    return { kind: 'found', contacts: await this.#options.service.colleagues() };
  }

  async #history({ after, since }: Extract<Ask['asked'], { kind: 'history' }>): Promise<{
    readonly kind: 'found';
    readonly contacts: readonly HistoryRow[];
  }> {
    return { kind: 'found', contacts: await this.#options.service.historyPage(after, since) };
  }

  async #lookUp(asked: LookUp, by: Actor): Promise<LookedUp | { readonly kind: 'too-many' }> {
    const { service, limits } = this.#options;
    const isCounted = asked.kind === 'reference' || (await service.isLookUp(asked.contacts));
    if (isCounted && !limits.allows(by.desk)) return { kind: 'too-many' };
    return service.lookUp(by, asked);
  }
}

const textOf = (frame: Extract<DownFrame, { t: 'FOUND' | 'ANSWER' }>): string => JSON.stringify(frame);
