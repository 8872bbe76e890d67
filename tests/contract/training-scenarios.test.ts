import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allDeeds } from '../../src/shared/domain/training/deed.ts';
import { understandingOf } from '../../src/shared/domain/training/meaning.ts';
import { play, type Player } from '../../src/shared/domain/training/player.ts';
import { scoreOf } from '../../src/shared/domain/training/score.ts';
import { complaintsOf, EXPERT_AT_LEAST, playAll } from '../../src/training/check.ts';
import { readTrainingData } from '../../src/training/training-data.ts';

const data = readTrainingData(fileURLToPath(new URL('../../resources', import.meta.url)));
const understanding = understandingOf(data.list);
const runWith = { list: data.list, understanding };
const exercises = [...data.scenarios.values()].flatMap((scenario) =>
  scenario.exercise === undefined ? [] : [{ scenario, exercise: scenario.exercise }],
);

describe('the exercises that ship', () => {
  it('TR-40: each has an expert and somebody who falls into its trap, and both end as the scenario says', () => {
    expect(exercises.length).toBeGreaterThanOrEqual(3);
    expect(complaintsOf(data)).toEqual([]);
  });

  it.each(
    playAll(data).map(({ player, score }) => [`${player.scenario} ${player.player}`, player, score] as const),
  )('TR-30: %s has the same recording and the same score twice', (_name, player, score) => {
    const { scenario, exercise } = exercises.find((each) => each.scenario.id === player.scenario) ?? {};
    expect(scenario).toBeDefined();
    const again = scenario === undefined ? null : play(scenario, player, runWith);
    expect(again === null || exercise === undefined ? null : scoreOf(exercise, again)).toEqual(score);
  });

  it('TR-40: an expert who leaves anything out that has a tenth of the points or more is no expert any more', () => {
    const experts = data.players.filter(({ player }) => player === 'expert');
    for (const expert of experts) {
      const lazy: Player = { ...expert, acts: expert.acts.slice(0, 2) };
      const found = complaintsOf({
        ...data,
        players: [...data.players.filter((each) => each !== expert), lazy],
      });
      expect(
        found.filter((sentence) => sentence.startsWith(`${expert.scenario}: the expert has`)),
      ).toHaveLength(1);
    }
    expect(EXPERT_AT_LEAST).toBe(90);
  });

  it('TR-14: whatever somebody does, nothing breaks, points stay within their bounds, and the same again is the same', () => {
    const words = data.list.intents.flatMap(({ phrases }) => phrases.slice(0, 2));
    const act = fc.record({
      wait: fc.integer({ min: 0, max: 90_000 }),
      kind: fc.constantFrom(...allDeeds),
      values: fc.array(fc.constantFrom('G1', 'G5', 'PS-DOM', 'weapons', 'where', 'recorded', 'nothing'), {
        maxLength: 2,
      }),
      words: fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 60 })),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...exercises),
        fc.array(act, { maxLength: 30 }),
        fc.nat(),
        ({ scenario, exercise }, acts, seed) => {
          let after = 0;
          const player: Player = {
            version: 1,
            scenario: scenario.id,
            player: 'random',
            seed,
            acts: acts.map(({ wait, kind, values, words: said }) => {
              after += wait;
              return { after, contact: 'first', deed: { kind, values, words: said, by: 'keys' } };
            }),
          };
          const recording = play(scenario, player, runWith);
          const times = recording.entries.map(({ at }) => at);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          const score = scoreOf(exercise, recording);
          expect(score.points).toBeGreaterThanOrEqual(0);
          expect(score.points).toBeLessThanOrEqual(score.of);
          expect(play(scenario, player, runWith)).toEqual(recording);
        },
      ),
      { numRuns: 60 },
    );
  });
});
