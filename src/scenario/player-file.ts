import { playerSchema } from '../shared/contract/scenario/player.ts';
import type { Player } from '../shared/domain/training/player.ts';
import { readYaml, type YamlContent } from '../platform/yaml-file.ts';

/** Reads somebody's recorded deeds. Throws an `Error` with one sentence: file, line, column, field, reason, what to do. */
export const readPlayer = (file: string, text: string): YamlContent<Player> =>
  readYaml<Player>(file, text, playerSchema);
