import type { Score, ScoreLine, Verdict } from '../shared/domain/training/score.ts';
import { clockOf } from './terminal-play.ts';

const marks: Readonly<Record<Verdict, string>> = {
  met: 'met',
  late: 'LATE',
  missed: 'MISSED',
  kept: 'kept',
  broken: 'BROKEN',
  'not-reached': 'not reached',
};

/** A score as lines for a terminal: each point with its moment and its reason, then what is left to the mentor. */
export function scoreText(score: Score): readonly string[] {
  const { points, of, percent, passed, lines, notJudged } = score;
  return [
    `${percent} % (${points} of ${of}): ${passed ? 'passed' : 'not passed'}`,
    ...lines.map(lineText),
    'Left to the mentor:',
    ...notJudged.map((sentence) => `  ${sentence}`),
  ];
}

function lineText({ verdict, points, of, at, says, because }: ScoreLine): string {
  const when = at === null ? '' : ` at ${clockOf(at).trim()}`;
  const isLost = verdict === 'late' || verdict === 'missed' || verdict === 'broken';
  return `  ${marks[verdict].padEnd(11)} ${String(points).padStart(4)}/${of}${when}  ${says}${isLost ? ` ${because}` : ''}`;
}
