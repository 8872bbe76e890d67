import { describe, expect, it } from 'vitest';
import { newScenario } from '../training/new-scenario.ts';
import type { IntentList } from '../shared/domain/training/intents.ts';
import { checkMeanings } from './exercise-checks.ts';
import { readScenario } from './scenario-file.ts';

const good = newScenario('T01');
const sentenceOf = (text: string): string => {
  try {
    readScenario('T01.yaml', text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing';
};

describe('a scenario of version 2', () => {
  it('TR-02: as it is begun for a trainer it is whole', () => {
    expect(readScenario('T01.yaml', good).value.exercise?.people).toMatchObject([
      { contact: 'first', mood: 5 },
    ]);
  });

  it.each([
    ['version: 2', 'version: 3', /line 1, column 1: version is not a version that is known here, 1 or 2\./],
    ['version: 2', 'version: 1', /exercise stands only in files of version 2\. Make it version 2/],
    ['      speaks: voice', '      speaks: voices', /people\[1\]\.speaks is none of: voice, writing, taps/],
    ['      mood: 5', '      mood: 11', /people\[1\]\.mood is more than 10/],
    ['tells: [address]', 'tells: [house]', /names a fact that Alex Pellow does not have: house/],
    ["says: ['{address}']", "says: ['{house}']", /names a fact that Alex Pellow does not have: house/],
    [
      'loses: [log]',
      'loses: [logs]',
      /line \d+, column \d+: exercise\.trap\.loses\[1\] names a point that is not there: logs \(there is: place, log\)/,
    ],
    ['      within: 20s', '      within: soon', /expected\[1\]\.within is not a length of time/],
    [
      '      from: answered',
      '      from: somewhen',
      /from is none of: start, arrived, answered, cue:NAME, done:NAME/,
    ],
    ['      from: answered', '      from: cue:never', /names a cue that is not there: never/],
    ['    - id: log', '    - id: place', /expected\[2\]\.id is used twice: place/],
    ['{ deed: incident }', '{ deed: incidents }', /is none of: say, ask, ring, /],
    ['{ deed: incident }', '{ deed: grade, of: G7 }', /names no grade: G1, G2, G3, G4, G5/],
    [
      '- name: Alex Pellow',
      '- contact: second\n      name: Alex Pellow',
      /names a contact that is not there: second/,
    ],
    ['      moments:', '      moment:', /moment is not a field that is known here/],
  ])('TR-02: with “%s” as “%s” is refused in one sentence with its line', (from, to, sentence) => {
    const broken = good.replace(from, to);
    expect(broken).not.toBe(good);
    expect(sentenceOf(broken)).toMatch(sentence);
    expect(sentenceOf(broken)).toMatch(/^T01\.yaml, line \d+, column \d+: .+\. .+\.$/);
  });

  it('TR-02: an intent that nobody understands is refused where it stands', () => {
    const list: IntentList = {
      version: 1,
      intents: ['where', 'confirm-place'].map((id) => ({
        id,
        covers: [],
        treats: 0,
        words: [],
        phrases: [id],
      })),
    };
    expect(() => checkMeanings(readScenario('T01.yaml', good), list)).toThrow(
      /^T01\.yaml, line 30, column \d+: exercise\.people\[1\]\.answers\[2\]\.to names an intent that nobody understands: happening\. Name one of/,
    );
  });
});

describe('a hostile file', () => {
  it('TR-03: that repeats itself by reference is refused at the first, before it grows', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghij'.split('').map((name, n) => `${name}: &${name} [${`*${'abcdefghi'[n]}, `.repeat(9)}x]`),
    ].join('\n');
    expect(sentenceOf(bomb)).toMatch(
      /^T01\.yaml, line 2, column 8: \*a repeats another place of the file\. Write it out/,
    );
  });

  it('TR-03: of 50 MB, or nested without end, is refused and not read', () => {
    expect(sentenceOf('x'.repeat(50_000_000))).toBe(
      'T01.yaml, line 1, column 1: the file is larger than 2 MB. Make several of it.',
    );
    expect(sentenceOf('['.repeat(200_000))).toMatch(/^T01\.yaml, line \d+, column \d+: .+\. Correct .+\.$/);
  });
});
