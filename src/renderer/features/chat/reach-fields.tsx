import { REACH_LIMIT, reachWays, sentWays, type SafeReach } from '../../../shared/domain/outbound/reach.ts';
import { reachNames } from '../../app/safe-contact-words.ts';
import styles from './safe-contact-sheet.module.css';

const sent: ReadonlySet<SafeReach['way']> = new Set(sentWays);

/** By which way something may be sent to them, as they say it: nothing is chosen beforehand (rule MX-02). */
export function ReachFields({
  reach,
  onChange,
}: {
  readonly reach: SafeReach | undefined;
  readonly onChange: (reach: SafeReach | undefined) => void;
}) {
  return (
    <>
      <label className={styles.field}>
        <span>What may be sent to them</span>
        <select
          value={reach?.way ?? ''}
          onChange={(event) => {
            const way = reachWays.find((each) => each === event.currentTarget.value);
            onChange(
              way === undefined
                ? undefined
                : { way, to: sent.has(way) ? (reach?.to ?? '') : '', neutral: reach?.neutral ?? false },
            );
          }}
        >
          <option value="">Not asked yet: nothing is sent</option>
          {reachWays.map((way) => (
            <option key={way} value={way}>
              {reachNames[way]}
            </option>
          ))}
        </select>
      </label>
      {reach !== undefined && sent.has(reach.way) && (
        <>
          <label className={styles.field}>
            <span>{reach.way === 'text' ? 'Safe number for texts' : 'Safe e-mail address'}</span>
            <input
              type="text"
              dir="ltr"
              value={reach.to}
              maxLength={REACH_LIMIT}
              autoComplete="off"
              onChange={(event) => onChange({ ...reach, to: event.currentTarget.value })}
            />
          </label>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={reach.neutral}
              onChange={(event) => onChange({ ...reach, neutral: event.currentTarget.checked })}
            />
            In neutral words: nothing may show who it is from
          </label>
        </>
      )}
    </>
  );
}
