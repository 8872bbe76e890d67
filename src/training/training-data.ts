import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkMeanings } from '../scenario/exercise-checks.ts';
import { readIntents } from '../scenario/intents-file.ts';
import { readPlayer } from '../scenario/player-file.ts';
import { readScenarios, type Scenarios } from '../scenario/scenario-file.ts';
import type { IntentList } from '../shared/domain/training/intents.ts';
import type { Player } from '../shared/domain/training/player.ts';
import { SIZE_LIMIT } from '../platform/yaml-file.ts';

/** Everything that training is made of. */
export interface TrainingData {
  readonly scenarios: Scenarios;
  readonly list: IntentList;
  readonly players: readonly Player[];
}

/**
 * Reads every scenario, what callers understand and the recorded players under a folder of resources, checked against each other. Throws an
 * `Error` with one sentence about the first that is wrong.
 */
export function readTrainingData(resources: string): TrainingData {
  const list = readIntents(
    'resources/training/intents.yaml',
    fileText(resources, 'training', 'intents.yaml'),
  ).value;
  const scenarios = readScenarios(filesOf(resources, 'scenarios'), (content) => checkMeanings(content, list));
  const players = filesOf(resources, 'training', 'players').map(({ file, text }) => {
    const content = readPlayer(file, text);
    if (scenarios.get(content.value.scenario)?.exercise === undefined) {
      const reason = `is ${content.value.scenario}, which nobody can practise on`;
      throw content.complain(['scenario'], reason, 'Name a scenario of version 2.');
    }
    return content.value;
  });
  return { scenarios, list, players };
}

const filesOf = (
  resources: string,
  ...folder: readonly string[]
): readonly { file: string; text: string }[] =>
  readdirSync(join(resources, ...folder))
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({
      file: ['resources', ...folder, name].join('/'),
      text: fileText(resources, ...folder, name),
    }));

/** A file is looked at before it is read: one that is far too large is not taken into memory. */
export function fileText(...path: readonly string[]): string {
  const place = join(...path);
  const { size } = statSync(place);
  if (size > SIZE_LIMIT) {
    throw new Error(
      `${place}, line 1, column 1: the file is larger than ${SIZE_LIMIT / 1_000_000} MB. Make several of it.`,
    );
  }
  return readFileSync(place, 'utf8');
}
