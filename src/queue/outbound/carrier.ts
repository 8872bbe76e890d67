import { MINUTE } from '../../shared/domain/time.ts';
import type { SentWay } from '../../shared/domain/outbound/reach.ts';
import type { DueMessage } from '../store/outbound-store.ts';

/** How one try to hand a message over ended. `detail`: a code of the other side, never an address or a name. */
export type CarryAnswer =
  | { readonly kind: 'taken'; readonly detail: string }
  /** It will never be taken as it is. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** The other side is away or busy: the same again, under the same name. */
  | { readonly kind: 'later'; readonly detail: string };

/** Every try is over by then, whatever the other side does: a longer one would be made a second time beside the first. Milliseconds. */
export const CARRY_LIMIT_MS = 3 * MINUTE;

/** What carries messages of one way out of the house. It is told the same message again when nobody knows whether it had it (rule MX-06). */
export interface Carrier {
  /** One try, of `CARRY_LIMIT_MS` at the longest. Never rejects. */
  carry(message: DueMessage, stop: AbortSignal): Promise<CarryAnswer>;
}

/** Who carries what; a way without one is not set up. */
export type Carriers = Readonly<Partial<Record<SentWay, Carrier>>>;
