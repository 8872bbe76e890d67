import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { must } from '../shared/lib/assert.ts';
import { understandingOf } from '../shared/domain/training/meaning.ts';
import { scoreOf } from '../shared/domain/training/score.ts';
import { scoreText } from './score-text.ts';
import { TerminalPlay } from './terminal-play.ts';
import { readTrainingData } from './training-data.ts';

const { scenarios, list } = readTrainingData(fileURLToPath(new URL('../../resources', import.meta.url)));
const understanding = understandingOf(list);
const scenario = must(scenarios.get('E08'), 'E08');
const exercise = must(scenario.exercise, 'exercise of E08');
const begin = (): TerminalPlay => new TerminalPlay(scenario, { seed: 8, list, understanding });

describe('a scenario in the terminal', () => {
  it('TR-50: shows what comes, answers what is asked, and says how it understood', () => {
    const game = begin();
    expect(game.begin()).toEqual([expect.stringContaining('i just have a question about an order')]);
    game.line('/do claim');
    expect(game.line('Where are you?').lines).toEqual(['      (understood: where)']);
    expect(game.line('/wait 30s').lines.join('\n')).toContain('penfold court');
  });

  it('TR-50: what is not known is said, and costs no time', () => {
    const game = begin();
    game.begin();
    expect(game.line('/dance').lines).toEqual(['/dance is not known. /help lists what is.']);
    expect(game.line('/wait long').lines).toEqual(['Write a length of time: /wait 20s']);
    expect(game.line('/do dance').lines[0]).toMatch(/^dance is not a deed: /);
    expect(game.recording().entries).toHaveLength(1);
  });

  it('TR-50: at its end every point is shown with its reason, and what is left to the mentor', () => {
    const game = begin();
    game.begin();
    game.line('/do claim');
    expect(game.line('/end').ended).toBe(true);
    const text = scoreText(scoreOf(exercise, game.recording())).join('\n');
    for (const { says } of exercise.expected) expect(text).toContain(says);
    expect(text).toContain('Left to the mentor:');
  });
});
