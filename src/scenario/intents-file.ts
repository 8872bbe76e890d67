import { intentsSchema } from '../shared/contract/scenario/intents.ts';
import type { IntentList } from '../shared/domain/training/intents.ts';
import { readYaml, type YamlContent } from '../platform/yaml-file.ts';

/** Reads what callers understand. Throws an `Error` with one sentence: file, line, column, field, reason, what to do. */
export const readIntents = (file: string, text: string): YamlContent<IntentList> =>
  readYaml(file, text, intentsSchema);
