import type { Logger } from '../../platform/log.ts';
import type { Timers } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { SourceKeys } from '../intake/source-keys.ts';
import type { LogTail } from '../log-tail.ts';
import type { QueueService } from '../service.ts';
import { AgentTeller, type AgentTellerOptions } from './agent-teller.ts';
import { ExchangeTeller } from './exchange-teller.ts';
import { postAct } from './post-act.ts';

/** Whether an exchange takes what it is told. */
export type ExchangeState = 'in-step' | 'away';

/** The exchanges that are told what handlers do. */
export interface Exchanges extends Disposable {
  /** By source, for `/health`. */
  states(): Readonly<Record<string, ExchangeState>>;
}

/**
 * Begins to tell each exchange. Throws an `Error` with one sentence for a source that has no key: nothing could be signed. Rejects when
 * the database is away.
 */
export async function openExchanges(options: {
  /** Addresses by source. */
  readonly exchanges: Readonly<Record<string, string>>;
  readonly keys: SourceKeys;
  readonly service: QueueService;
  readonly tail: Pick<LogTail, 'entries'>;
  /** What the people at the desks are doing. */
  readonly statuses: AgentTellerOptions['statuses'];
  readonly timers: Timers;
  readonly log: Logger;
}): Promise<Exchanges> {
  const { exchanges, keys, statuses, ...common } = options;
  const tellers = new Map<string, { readonly ofCalls: ExchangeTeller; readonly ofAgents: AgentTeller }>();
  for (const [source, address] of Object.entries(exchanges)) {
    if (keys.sign(source, '') === null)
      throw new Error(`The exchange of ${source} cannot be told: the intake keys name no source ${source}.`);
    const signed = (body: string) => must(keys.sign(source, body), `signature for ${source}`);
    const post = (body: string, stop: AbortSignal) =>
      postAct(address, body, { signature: signed(body), stop });
    const { timers, log } = common;
    const ofCalls = new ExchangeTeller({ ...common, source, post });
    // Beside the acts on calls, not behind them: each stands still by itself.
    tellers.set(source, { ofCalls, ofAgents: new AgentTeller({ source, statuses, timers, log, post }) });
    await ofCalls.start();
  }
  return {
    states: () =>
      Object.fromEntries(
        [...tellers].map(([source, { ofCalls, ofAgents }]) => [
          source,
          ofCalls.isAway || ofAgents.isAway ? 'away' : 'in-step',
        ]),
      ),
    [Symbol.dispose]() {
      for (const { ofCalls, ofAgents } of tellers.values()) {
        ofCalls[Symbol.dispose]();
        ofAgents[Symbol.dispose]();
      }
    },
  };
}
