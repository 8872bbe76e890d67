import type { Grade } from '../../../shared/domain/contact.ts';
import { isRightCareDue } from '../../../shared/domain/triage/right-care.ts';
import { staleFloorWords } from '../../app/marker-words.ts';
import { withoutRules } from '../../app/rule-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { recommendedWords } from './grade-words.ts';
import { reasonWords } from './triage-form.ts';
import styles from './triage.module.css';
import type { Triage } from './use-triage.ts';

export interface RecommendedProps {
  readonly triage: Triage;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onGrade: () => void;
}

/** Nobody would be sent, and whether police are the ones to go is still open: that is asked next (rule T-18). */
export const careComesFirst = ({ policies, look, contact }: Triage, grade: Grade | null): boolean =>
  grade === 'G5' &&
  contact.plan === null &&
  isRightCareDue(policies.triage, look.picture, look.entry.rightCare);

export const isCareFirst = (triage: Triage): boolean =>
  careComesFirst(triage, triage.look.recommendation.grade);

/** Which questions about danger are still open: nobody is graded low before they are asked (rule T-11). */
export function askFirst(triage: Triage): string {
  const { look, policies } = triage;
  const labels = new Map(policies.questions.questions.map(({ id, label }) => [id, label]));
  const open = look.recommendation.ask.map((id) => labels.get(id) ?? id);
  const dangers =
    open.length === 0
      ? 'Every question about danger is answered.'
      : `Ask before a low grade: ${open.join(', ')}.`;
  return isCareFirst(triage) ? `Right Care Right Person first (Alt+W). ${dangers}` : dangers;
}

/** What the program recommends, and why: sentences, the rule of each under the pointer; a person grades (rules T-09 to T-11). */
export function Recommended({ triage, isOpen, onToggle, onGrade }: RecommendedProps) {
  const { acts } = useWorkplace();
  const { look, policies, contact } = triage;
  const { grade, reasons, floor } = look.recommendation;
  const now = useNow();
  const stale = floor === null ? '' : staleFloorWords(policies.triage, contact, look.entry, now);
  const why = reasonWords(look.recommendation);
  const all = [
    ...(floor === null
      ? []
      : [{ rule: floor.rule, words: `Never below ${floor.grade}: ${floor.because} ${stale}`.trim() }]),
    ...reasons.map(({ rule, grade: least, sentence }) => ({ rule, words: `${least}: ${sentence}` })),
  ];
  const isGiven = grade !== null && contact.grade === grade;
  return (
    <div
      className={styles.recommended}
      aria-label="Recommended grade"
      role="group"
      data-link-down={acts.linkIsDown}
    >
      <div className={styles.line}>
        <p className={styles.grade} data-grade={grade ?? 'none'} title={why.join(' ')}>
          <strong>{recommendedWords(look)}</strong>
        </p>
        <button type="button" tabIndex={-1} disabled={grade === null || isGiven} onClick={onGrade}>
          {isGiven ? `Graded ${grade}` : `Give ${grade ?? 'it'}`} <KeyHint>Alt+G</KeyHint>
        </button>
      </div>
      <div className={styles.line}>
        <p className={styles.because} title={[stale, ...why].join(' ').trim()}>
          {stale !== '' && <strong>{stale} </strong>}
          {withoutRules(why[0] ?? 'Answers and THRIVE give the reasons.')}
        </p>
        <button
          type="button"
          tabIndex={-1}
          disabled={all.length === 0}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {all.length < 2 ? 'Why' : `All ${all.length}`} <KeyHint>Alt+Y</KeyHint>
        </button>
      </div>
      {isOpen && all.length > 0 && (
        <ul className={styles.reasons} aria-label="Reasons">
          {all.map(({ rule, words }) => (
            <li key={`${rule} ${words}`} title={`Rule ${rule} of the triage policy`}>
              {words}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
