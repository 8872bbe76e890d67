import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Linked } from '../../../shared/domain/record/parts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './major.module.css';
import { namesOf, type MajorFor, type MajorNow } from './major-now.ts';

/** The contacts a major incident may be handed on to from here: those this one is linked to (rule C-35). */
export const receiversOf = ({ links }: Contact): readonly Linked[] =>
  links.filter(({ parted }) => parted === null).map(({ other }) => other);

export interface HandOnProps {
  readonly receivers: readonly Linked[];
  /** Who at the other end said yes, and read it back: half-typed. */
  readonly accepted: string;
  readonly onAccepted: (words: string) => void;
  readonly onHand: (to: Linked) => void;
}

/**
 * To another contact, with every version; this one stays linked to it. It is handed back the same way. Somebody there says yes and reads it
 * back before it leaves: who, is written down (rule C-35).
 */
export function HandOn({ receivers, accepted, onAccepted, onHand }: HandOnProps) {
  if (receivers.length === 0)
    return <p className={styles.declared}>To hand it on, link the other contact first.</p>;
  return (
    <div className={styles.hand} role="group" aria-label="Hand it on to">
      <label className={styles.accepted}>
        <span>To hand it on, with all that was said of it: read back and accepted by</span>
        <input
          type="text"
          value={accepted}
          maxLength={REASON_LIMIT}
          autoComplete="off"
          placeholder="Insp. Vale, desk 12"
          onChange={(event) => onAccepted(event.currentTarget.value)}
        />
      </label>
      {receivers.map((to) => (
        <button key={to.contact} type="button" onClick={() => onHand(to)}>
          Hand on to {to.ref}
        </button>
      ))}
    </div>
  );
}

export interface JoinFirstProps {
  readonly on: readonly MajorNow[];
  /** Which of them this contact would join. */
  readonly about: MajorFor;
  readonly onJoin: () => void;
  readonly onOther: () => void;
}

/** "A414 collision is declared already". */
export const declaredAlready = (on: readonly MajorNow[]): string =>
  `${namesOf(on)} ${on.length === 1 ? 'is' : 'are'} declared already`;

/** One is on already: a second of the same would split what everybody is told (rule C-35). */
export function JoinFirst({ on, about, onJoin, onOther }: JoinFirstProps) {
  return (
    <div className={styles.hand} role="group" aria-label="One is declared already">
      <span>
        <strong>{declaredAlready(on)}.</strong> Is this call about {on.length === 1 ? 'it' : 'one'}?
      </span>
      <button type="button" onClick={onJoin}>
        Join {on.length === 1 ? 'it' : about.kind === 'one' ? about.major.name : 'one'}{' '}
        <KeyHint>Alt+J</KeyHint>
      </button>
      <button type="button" onClick={onOther}>
        Another one <KeyHint>Alt+O</KeyHint>
      </button>
    </div>
  );
}
