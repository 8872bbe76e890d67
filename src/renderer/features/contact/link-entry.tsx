import type { LaterFacts, Link } from '../../../shared/domain/record/parts.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { linkWords } from '../../app/contact-words.ts';
import { useRow } from '../../app/use-row.ts';
import { dueWords } from '../../ui/time-words.ts';
import styles from './record.module.css';
import { Found } from './related.tsx';

/** What the other end is called; before the queue has answered, as its row has it. */
function useOtherRef({ other }: Link): string {
  const row = useRow(other.contact);
  return other.ref === '' ? (row?.summary.ref ?? 'another contact') : other.ref;
}

/** At the parent: the dated line of what the child adds. At the child: where it belongs (rule C-22). */
export function LinkWords({ link, now }: { readonly link: Link; readonly now: Instant }) {
  const ref = useOtherRef(link);
  const { side, kind, fact, found, at } = link;
  const isAdding = fact !== '' || found.length > 0;
  return (
    <p className={styles.words}>
      <strong>
        {side === 'child' ? `Linked to ${ref}, ${linkWords[kind]}` : `${ref} adds at ${dueWords(at, now)}`}:
      </strong>{' '}
      {fact !== ''
        ? fact
        : isAdding
          ? ''
          : side === 'child'
            ? 'nothing new said'
            : `nothing new, ${linkWords[kind]}`}{' '}
      <Found codes={found} />
    </p>
  );
}

/** At the parent: what the child was told after the linking (rule C-34). */
export function ToldWords({
  link,
  facts,
  now,
}: {
  readonly link: Link;
  readonly facts: LaterFacts;
  readonly now: Instant;
}) {
  const ref = useOtherRef(link);
  return (
    <p className={styles.words}>
      <strong>{`${ref} has told more at ${dueWords(facts.at, now)}`}:</strong> <Found codes={facts.found} />
    </p>
  );
}

export function PartingWords({ link }: { readonly link: Link }) {
  const ref = useOtherRef(link);
  return (
    <p className={styles.words}>
      <strong>Parted from {ref}:</strong> {link.parted?.reason}
    </p>
  );
}
