import type { CloseOutcome } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { Cell } from '../../app/cell.ts';
import type { Workplace } from '../../app/workplace.ts';

/** An outcome that a key has named before the closing sheet has written anything. */
export interface ChosenOutcome {
  readonly contact: ContactId;
  readonly outcome: CloseOutcome;
}

const cells = new WeakMap<Workplace, Cell<ChosenOutcome | null>>();

/**
 * What `e 3` has chosen. Not written into the form by the key: what the desk kept of that form may still be on its way, and nothing must
 * stand in its place.
 */
export function chosenOutcome(workplace: Workplace): Cell<ChosenOutcome | null> {
  const cell = cells.get(workplace) ?? new Cell<ChosenOutcome | null>(null);
  cells.set(workplace, cell);
  return cell;
}
