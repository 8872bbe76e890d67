import type { Grade } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { Cell } from '../../app/cell.ts';
import type { Workplace } from '../../app/workplace.ts';

/** What a key has asked of the grade sheet before it has written anything: a grade, a word on a lower one, or that the caller was told. */
export interface GradeWish {
  readonly contact: ContactId;
  readonly grade: Grade | null;
  readonly mode?: 'agree' | 'told';
}

const cells = new WeakMap<Workplace, Cell<GradeWish | null>>();

/** What `p 2` has chosen. The form itself may still be on its way from the desk, and nothing must stand in its place. */
export function chosenGrade(workplace: Workplace): Cell<GradeWish | null> {
  const cell = cells.get(workplace) ?? new Cell<GradeWish | null>(null);
  cells.set(workplace, cell);
  return cell;
}
