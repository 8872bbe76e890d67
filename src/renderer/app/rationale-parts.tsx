import {
  partNames,
  rationaleParts,
  RATIONALE_PART_LIMIT,
  type Rationale,
  type RationalePart,
} from '../../shared/domain/triage/rationale.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { usePolicy } from './policies.ts';
import styles from './rationale-parts.module.css';

export interface RationalePartsProps {
  readonly rationale: Rationale;
  /** The parts without which it is not sent; marked until they are written. */
  readonly missing: readonly RationalePart[];
  readonly onChange: (rationale: Rationale) => void;
  readonly fieldRef?: (part: RationalePart, element: HTMLTextAreaElement | null) => void;
}

/** Why something was decided, in the five parts of the National Decision Model, each with what is asked for it (rule T-19). */
export function RationaleParts({ rationale, missing, onChange, fieldRef }: RationalePartsProps) {
  const view = usePolicy('triage');
  return (
    <div className={styles.parts} role="group" aria-label="Rationale">
      {rationaleParts.map((part) => (
        <label key={part}>
          <span>
            <b>{partNames[part]}</b> {view.kind === 'here' ? view.value.rationale.asks[part] : ''}
            {missing.includes(part) && <em> needed</em>}
          </span>
          <textarea
            ref={(element) => fieldRef?.(part, element)}
            rows={2}
            aria-label={partNames[part]}
            data-part={part}
            value={rationale[part]}
            maxLength={RATIONALE_PART_LIMIT}
            onChange={(event) => onChange({ ...rationale, [part]: event.currentTarget.value })}
          />
        </label>
      ))}
    </div>
  );
}

/** The key of a rationale that nobody has to write: Alt+D, in every sheet that offers one. */
export const isRationaleKey = (event: {
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly key: string;
}): boolean => event.altKey && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === 'd';

export function RationaleOffer({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <button type="button" tabIndex={-1} className={styles.offer} onClick={onOpen}>
      Write the rationale in five parts <KeyHint>Alt+D</KeyHint>
    </button>
  );
}
