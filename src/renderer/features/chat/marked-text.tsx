import type { ReactNode } from 'react';
import type { ReadBackMark } from '../../../shared/domain/language/read-back-marks.ts';
import { markTitle } from './language-words.ts';
import styles from './translation.module.css';

/** Within a text from right to left, the groups of a number would change places: these stand whole and from left to right (rule LG-13). */
const leftToRight: ReadonlySet<ReadBackMark['kind']> = new Set([
  'telephone',
  'postcode',
  'time',
  'code',
  'number',
]);

/** A text with what is to be read back marked. Plain text, whatever it contains (rule W-10); nothing of it is left out or changed. */
export function MarkedText({
  text,
  marks,
}: {
  readonly text: string;
  readonly marks: readonly ReadBackMark[];
}) {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.from > at) pieces.push(text.slice(at, mark.from));
    pieces.push(
      <mark
        key={mark.from}
        className={styles.mark}
        data-kind={mark.kind}
        title={markTitle(mark)}
        {...(leftToRight.has(mark.kind) && { dir: 'ltr' })}
      >
        {text.slice(mark.from, mark.to)}
      </mark>,
    );
    at = mark.to;
  }
  if (at < text.length) pieces.push(text.slice(at));
  return <>{pieces}</>;
}
