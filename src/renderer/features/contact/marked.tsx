import type { ReactNode } from 'react';
import type { ReadBackMark } from '../../../shared/domain/language/read-back-marks.ts';
import { markTitle, stretchesOf } from '../../app/language-words.ts';
import { shownText } from '../../app/shown-text.ts';
import styles from './marked.module.css';

/** A stretch of one text with a risk word in it, and what it says: groups and phrases of the policy. */
export interface RiskMark {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly isEmergency: boolean;
}

export interface MarkedProps {
  readonly text: string;
  /** Risk words (rule AS-01). */
  readonly marks: readonly RiskMark[];
  /** What is to be read back (rule LG-06); none overlaps another. */
  readonly readBack?: readonly ReadBackMark[];
}

/** Within a text from right to left, the groups of a number would change places: these stand whole and from left to right (rule LG-13). */
const leftToRight: ReadonlySet<ReadBackMark['kind']> = new Set([
  'telephone',
  'postcode',
  'time',
  'code',
  'number',
]);

/** A text with its risk words, and what is to be read back. Plain text, whatever it contains (rule W-10); nothing of it is left out or changed. */
export function Marked(props: MarkedProps) {
  const { text, readBack = [] } = props;
  // An address in Latin letters stays in its order within a text from right to left (rule LG-13).
  const whole = stretchesOf(text, readBack).filter(
    ({ from, to }) =>
      /\p{Script=Latin}/u.test(text.slice(from, to)) &&
      !readBack.some((mark) => mark.from <= from && mark.to >= to),
  );
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { from, to } of whole) {
    pieces.push(...piecesOf(props, at, from));
    pieces.push(
      <bdi key={`whole ${from}`} dir="ltr">
        {piecesOf(props, from, to)}
      </bdi>,
    );
    at = to;
  }
  pieces.push(...piecesOf(props, at, text.length));
  return <>{pieces}</>;
}

function piecesOf(
  { text, marks, readBack = [] }: MarkedProps,
  start: number,
  end: number,
): readonly ReactNode[] {
  const ends = [...marks, ...readBack].flatMap(({ from, to }) => [from, to]);
  const inside = ends.filter((edge) => edge > start && edge < end);
  const edges = [...new Set([start, end, ...inside])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, n) => {
    const to = edges[n + 1] ?? end;
    const words = shownText(text.slice(from, to));
    const risks = marks.filter((mark) => mark.from <= from && mark.to >= to);
    const told = readBack.find((mark) => mark.from <= from && mark.to >= to);
    return risks.length === 0 && told === undefined ? (
      words
    ) : (
      <Piece key={from} {...{ words, risks, told }} />
    );
  });
}

function Piece({
  words,
  risks,
  told,
}: {
  readonly words: string;
  readonly risks: readonly RiskMark[];
  readonly told: ReadBackMark | undefined;
}) {
  const titles = [...risks.map(({ title }) => title), ...(told === undefined ? [] : [markTitle(told)])];
  const looks = [risks.length > 0 ? styles.risk : '', told === undefined ? '' : styles.readBack];
  return (
    <mark
      className={looks.filter((look) => look !== '').join(' ')}
      data-emergency={risks.some(({ isEmergency }) => isEmergency)}
      title={[...new Set(titles)].join('; ')}
      {...(told !== undefined && { 'data-kind': told.kind })}
      {...(told !== undefined && leftToRight.has(told.kind) && { dir: 'ltr' })}
    >
      {words}
    </mark>
  );
}
