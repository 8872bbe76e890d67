import { useEffect } from 'react';
import type { RowMarks } from '../../shared/domain/contact.ts';
import { useCell } from './cell.ts';
import styles from './marker-mark.module.css';
import { useWorkplace } from './workplace-context.ts';

type Marked = Pick<RowMarks, 'markers'>;

/**
 * What is on record about a row's contact, in so many words, the gravest first (rule W-33): "On record: Stalking or harassment". Empty where
 * there is nothing. The kinds alone: whom a marker concerns stands in no row (rule C-11). The policy is asked for only once there is one.
 */
export function useMarkerWords({ markers }: Marked): string {
  const { policies } = useWorkplace();
  const isMarked = markers.length > 0;
  useEffect(() => {
    if (isMarked) policies.want('markers');
  }, [isMarked, policies]);
  const view = useCell(policies.of('markers'));
  if (!isMarked) return '';
  const kinds = view.kind === 'here' ? view.value.kinds : [];
  const known = kinds.filter(({ id }) => markers.includes(id));
  const others = markers.filter((id) => kinds.every((kind) => kind.id !== id));
  return `On record: ${[...known.map(({ name }) => name), ...others.map((id) => id.replaceAll('-', ' '))].join('; ')}`;
}

/** A pennant with its letter: told by its outline, without its colour (rule W-08). */
export function MarkerMark({ marks }: { readonly marks: Marked }) {
  const words = useMarkerWords(marks);
  if (words === '') return null;
  return (
    <span className={styles.marker} title={words} data-marked>
      <svg viewBox="0 0 25 20" aria-hidden="true" focusable="false">
        <path d="M1.5 1.5h22l-5 8.5 5 8.5h-22z" />
        <text x="9.6" y="14.6" textAnchor="middle">
          M
        </text>
      </svg>
    </span>
  );
}
