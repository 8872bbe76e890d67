import { unreachable } from '../shared/lib/assert.ts';
import type { ActOfHandler, AgentTold } from './exchange-acts.ts';
import { backOffMs, type Answer, type Parcel } from './parcel.ts';
import type { Random } from './random.ts';

/** What a telephone is doing, in the words of `docs/telephony-contract.md`. */
export type PhoneState = 'ready' | 'talking' | 'wrap-up' | 'not-ready' | 'logged-off';

export interface PhonesOptions {
  /** One try; see `handOver`. */
  readonly send: (parcel: Parcel, stop: AbortSignal) => Promise<Answer>;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly random: Random;
  readonly stop: AbortSignal;
}

/** The telephones of the desks, which tell the queue what they are doing as those of an exchange do (rules D-08, TE-08). */
export interface Phones {
  /** A handler has done something with a call: their telephone follows. */
  did(act: Pick<ActOfHandler, 'act' | 'extension'>): void;
  /** The person at a desk is doing something else now. */
  works(agent: Pick<AgentTold, 'extension' | 'state'>): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createPhones({ send, now, pause, random, stop }: PhonesOptions): Phones {
  /** What is still to be told of a telephone: the newest alone, since nobody asks what it was doing before. */
  const waiting = new Map<string, { readonly state: PhoneState; readonly at: number }>();
  const underWay = new Map<string, Promise<void>>();

  async function tell(extension: string): Promise<void> {
    for (let tries = 0; !stop.aborted; tries += 1) {
      const newest = waiting.get(extension);
      if (newest === undefined) return;
      const body = JSON.stringify({ event: 'agent', extension, ...newest });
      const key = `phone-${extension}-${newest.at}`;
      const answer = await send({ key, to: { kind: 'call' }, body }, stop);
      if (answer.kind === 'later') await pause(answer.afterMs + backOffMs(tries, random));
      // Meanwhile it may be doing something else already.
      else if (waiting.get(extension) === newest) waiting.delete(extension);
    }
  }

  function is(extension: string, state: PhoneState): void {
    waiting.set(extension, { state, at: now() });
    if (underWay.has(extension)) return;
    underWay.set(
      extension,
      tell(extension).finally(() => underWay.delete(extension)),
    );
  }

  return {
    did: ({ act, extension }) => is(extension, phoneAfter(act)),
    works: ({ extension, state }) => is(extension, phoneOf(state)),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

function phoneAfter(act: ActOfHandler['act']): PhoneState {
  switch (act) {
    case 'answer':
      return 'talking';
    case 'release':
      return 'ready';
    case 'end':
      return 'wrap-up';
    default:
      return unreachable(act);
  }
}

/** Somebody who is busy is no more called than somebody who is away. */
function phoneOf(state: AgentTold['state']): PhoneState {
  switch (state) {
    case 'available':
      return 'ready';
    case 'wrap-up':
      return 'wrap-up';
    case 'busy':
    case 'break':
    case 'training':
    case 'away':
      return 'not-ready';
    case 'signed-off':
      return 'logged-off';
    default:
      return unreachable(state);
  }
}
