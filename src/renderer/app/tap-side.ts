import type { ComponentType } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Workplace } from './workplace.ts';

/** What a tap means beyond the sound itself: the questions it answers, and the grade that follows (rules C-21, T-09). */
export interface TapSide {
  /** The recommended grade, for the foot of the sheet. */
  readonly Grade: ComponentType<{ readonly id: ContactId }>;
  /** The question of this id was answered so; kept at once, because nobody on such a line waits for more. */
  readonly answered: (workplace: Workplace, id: ContactId, question: string, answer: 'yes' | 'no') => void;
  /** Gives the recommended grade. */
  readonly give: (workplace: Workplace, id: ContactId) => void;
}
