import type { CommandId } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';

/** What became of an act, as far as this desk is concerned. */
export type Kept =
  | { readonly kind: 'kept'; readonly id: CommandId }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'not-kept'; readonly code: string }
  /** The same kind of act for this contact is still on its way to the disk: nothing was asked a second time. */
  | { readonly kind: 'busy' };

/** The code of an asking that nobody answered: it may have been kept. */
export const NO_ANSWER = 'no-answer';
