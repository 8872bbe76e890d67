import type { ContactId } from '../../../shared/domain/ids.ts';
import type { InboxRow } from '../../../shared/domain/view.ts';
import { flagWords, languageWords } from '../../app/contact-words.ts';
import { useMarkerWords } from '../../app/marker-mark.tsx';
import { sameNumberLines } from '../../app/same-number-words.ts';
import { TARGET_NEAR, useTargetNear } from '../../app/target-near.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useStanding } from '../../app/use-standing.ts';
import { whyWords } from '../../app/why-words.ts';
import { dueWords } from '../../ui/time-words.ts';
import styles from './inbox.module.css';

/**
 * The chosen row in full, and why it stands where it stands. Its space is always kept. Only what the row knows is in it,
 * so that choosing a row reads nobody's details (rule C-12).
 */
export function RowFoot({ id }: { readonly id: ContactId | null }) {
  return (
    <div className={styles.foot} role="group" aria-label="Chosen contact">
      {id === null ? <p className={styles.footHint}>No contact is chosen.</p> : <Chosen id={id} />}
    </div>
  );
}

function Chosen({ id }: { readonly id: ContactId }) {
  const row = useRow(id);
  return row === undefined ? <p className={styles.footHint}>It has left the list.</p> : <InFull row={row} />;
}

function InFull({ row }: { readonly row: InboxRow }) {
  const { summary } = row;
  const { crimeDueAt } = summary.marks;
  const now = useNow();
  const standing = useStanding(summary.id);
  const isNear = useTargetNear(summary);
  const markers = useMarkerWords(summary.marks);
  const language = summary.language === null ? null : languageWords(summary.language);
  const rest = [
    ...sameNumberLines(row),
    summary.place ?? 'Place not known',
    summary.channelState === 'left-by-exit' ? 'Left by the safety exit' : null,
    isNear ? TARGET_NEAR : null,
    markers === '' ? null : markers,
    ...flagWords(summary.flags).map(({ word }) => word),
    crimeDueAt === null ? null : `Crime decision by ${dueWords(crimeDueAt, now)}`,
    language,
    summary.ref,
  ].filter((part) => part !== null);
  return (
    <>
      <p className={styles.footTitle} title={`${summary.title} · ${rest.join(' · ')}`}>
        <strong>{summary.title}</strong> <span>{rest.join(' · ')}</span>
      </p>
      <p className={styles.footWhy} title={whyWords(summary, now, standing)}>
        <span>{whyWords(summary, now, standing)}</span>
      </p>
    </>
  );
}
