import { openDuties } from '../../../shared/domain/record/parts.ts';
import {
  reThriveKinds,
  reThriveSentence,
  type ReThriveKind,
} from '../../../shared/domain/triage/re-thrive.ts';
import { useNow } from '../../app/use-now.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { dueWords } from '../../ui/time-words.ts';
import { targetWords } from './grade-words.ts';
import styles from './triage.module.css';
import type { Triage } from './use-triage.ts';

const isKind = (code: string): code is ReThriveKind => (reThriveKinds as readonly string[]).includes(code);

const TELL = 'Tell the caller that the grade has changed; then, from the record,';

/** Why the risk is to be looked at again, or else by when (rule T-17). A line that is always there. */
export function LookAgain({ triage: { contact, policies } }: { readonly triage: Triage }) {
  const now = useNow();
  const due = openDuties(contact).filter(({ kind }) => kind === 're-thrive');
  const target = targetWords(policies.triage, contact, now);
  const tell = openDuties(contact).find(({ kind }) => kind === 'tell-caller');
  const why = due.map(({ because, since }) => {
    const sentence = isKind(because) ? reThriveSentence(policies.triage, because) : 'Something has changed.';
    return `${sentence} (since ${dueWords(since, now)})`;
  });
  const words = why.length > 0 ? `Look again. ${why.join(' ')}` : tell === undefined ? '' : TELL;
  return (
    <div className={styles.again}>
      <p data-due={due.length > 0} aria-label="Look again" role="status" title={words}>
        {words !== '' && <span>{words}</span>}
        {due.length > 0 && <KeyHint>Ctrl+Enter</KeyHint>}
        {due.length === 0 && tell !== undefined && <KeyHint>Shift+U</KeyHint>}
      </p>
      {words === '' && (
        <p data-due={target?.isDue ?? false}>
          <span>{target?.words ?? 'Not graded yet.'}</span>
        </p>
      )}
    </div>
  );
}
