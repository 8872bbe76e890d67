import { lostIn, scoreOf, type Score } from '../shared/domain/training/score.ts';
import { play, type Player } from '../shared/domain/training/player.ts';
import { understandingOf } from '../shared/domain/training/meaning.ts';
import { must } from '../shared/lib/assert.ts';
import type { TrainingData } from './training-data.ts';

/** What the expert must reach. Percent. */
export const EXPERT_AT_LEAST = 90;

export interface Played {
  readonly player: Player;
  readonly score: Score;
}

/** Every recorded player, played and scored. */
export function playAll({ scenarios, list, players }: TrainingData): readonly Played[] {
  const understanding = understandingOf(list);
  return players.map((player) => {
    const scenario = must(scenarios.get(player.scenario), `scenario ${player.scenario}`);
    const exercise = must(scenario.exercise, `exercise of ${player.scenario}`);
    return { player, score: scoreOf(exercise, play(scenario, player, { list, understanding })) };
  });
}

/**
 * What is not as it must be, one sentence each: an expert below 90 percent, a trap that loses other points than the scenario says, a
 * scenario without both players. None when all is well (rule TR-40).
 */
export function complaintsOf(data: TrainingData): readonly string[] {
  const played = playAll(data);
  const missing = [...data.scenarios.values()].flatMap(({ id, exercise }) =>
    exercise === undefined
      ? []
      : ['expert', 'trap'].flatMap((name) =>
          played.some(({ player }) => player.scenario === id && player.player === name)
            ? []
            : [`${id} has no recorded ${name}: write resources/training/players/${id}.${name}.yaml.`],
        ),
  );
  return [...missing, ...played.flatMap(({ player, score }) => playerComplaints(data, player, score))];
}

function playerComplaints(
  { scenarios }: TrainingData,
  { scenario, player }: Player,
  score: Score,
): readonly string[] {
  if (player === 'expert') {
    return score.percent >= EXPERT_AT_LEAST && score.passed
      ? []
      : [
          `${scenario}: the expert has ${score.percent} % and lost ${lostIn(score).join(', ')}. Correct the player or the points.`,
        ];
  }
  if (player !== 'trap') return [];
  const should = scenarios.get(scenario)?.exercise?.trap.loses ?? [];
  const lost = lostIn(score);
  const other = [
    ...lost.filter((id) => !should.includes(id)).map((id) => `also lost ${id}`),
    ...should.filter((id) => !lost.includes(id)).map((id) => `did not lose ${id}`),
  ];
  if (score.passed) other.push('passed');
  return other.length === 0
    ? []
    : [`${scenario}: whoever falls into the trap ${other.join(', ')}. Correct the player or "loses".`];
}
