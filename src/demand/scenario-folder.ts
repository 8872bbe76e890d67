import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScenarios, type Scenarios } from '../scenario/scenario-file.ts';

/** A file under a folder of resources, named for people as the project names it. Throws an `Error` with one sentence when it cannot be read. */
export function readResource(
  resources: string,
  ...path: readonly string[]
): { readonly file: string; readonly text: string } {
  const file = ['resources', ...path].join('/');
  try {
    return { file, text: readFileSync(join(resources, ...path), 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(`${file} cannot be read (${code}). Put it back and start again.`, { cause: error });
  }
}

/** Every scenario under a folder of resources, checked against each other. Throws an `Error` with one sentence about the first that is wrong. */
export function readScenarioFolder(resources: string): Scenarios {
  const names = scenarioNames(join(resources, 'scenarios'));
  return readScenarios(names.map((name) => readResource(resources, 'scenarios', name)));
}

function scenarioNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(`resources/scenarios cannot be read (${code}). Put it back and start again.`, {
      cause: error,
    });
  }
}
