import { openDuties } from '../../../shared/domain/record/parts.ts';
import {
  reThriveKinds,
  reThriveSentence,
  type ReThriveKind,
} from '../../../shared/domain/triage/re-thrive.ts';
import { targetOf } from '../../app/target-words.ts';
import { useNow } from '../../app/use-now.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { dueWords } from '../../ui/time-words.ts';
import styles from './triage.module.css';
import type { Triage } from './use-triage.ts';

const isKind = (code: string): code is ReThriveKind => (reThriveKinds as readonly string[]).includes(code);

const NOT_DELIVERED =
  'What was sent to them did not get there: tell them another way; then, from the record,';
const TELL = 'Tell the caller that the grade has changed; then, from the record,';

/** Why the risk is to be looked at again, or else by when (rule T-17). A line that is always there. */
export function LookAgain({ triage: { contact, policies } }: { readonly triage: Triage }) {
  const now = useNow();
  const due = openDuties(contact).filter(({ kind }) => kind === 're-thrive');
  const target = targetOf(policies.triage, contact, now);
  const tell = openDuties(contact).find(({ kind }) => kind === 'tell-caller');
  const why = due.map(({ because, since }) => {
    const sentence = isKind(because) ? reThriveSentence(policies.triage, because) : 'Something has changed.';
    return `${sentence} (since ${dueWords(since, now)})`;
  });
  const isDue = why.length > 0 || target?.isDue === true;
  const near = `${reThriveSentence(policies.triage, 'target-near')} ${target?.words ?? ''}`;
  const reasons = why.length > 0 ? why : [near];
  const words = isDue
    ? `Look again. ${reasons.join(' ')}`
    : tell === undefined
      ? ''
      : tell.because === 'not-delivered'
        ? NOT_DELIVERED
        : TELL;
  return (
    <div className={styles.again}>
      <p data-due={isDue} aria-label="Look again" role="status" title={words}>
        {words !== '' && <span>{words}</span>}
        {isDue && <KeyHint>Ctrl+Enter</KeyHint>}
        {!isDue && tell !== undefined && <KeyHint>Shift+U</KeyHint>}
      </p>
      {words === '' && (
        <p data-due={target?.isDue ?? false}>
          <span>{target?.words ?? 'Not graded yet.'}</span>
        </p>
      )}
    </div>
  );
}
