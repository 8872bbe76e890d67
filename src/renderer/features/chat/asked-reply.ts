import { Cell } from '../../app/cell.ts';
import type { Workplace } from '../../app/workplace.ts';

/** Whether the list of ready replies lies open, for each window. */
const cells = new WeakMap<Workplace, Cell<boolean>>();

export function askedReply(workplace: Workplace): Cell<boolean> {
  const cell = cells.get(workplace) ?? new Cell(false);
  cells.set(workplace, cell);
  return cell;
}

/** The handler's own key. */
export const askForReply = (workplace: Workplace): void => askedReply(workplace).set(true);
