import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEveryday, type Everyday } from './everyday-file.ts';
import { madeFromEarlier, storiesByKind } from './everyday-steps.ts';
import { streamOf, streams } from './handed-contact.ts';
import { readProfile, type Profile } from './profile-file.ts';
import { readScenarios, type Scenarios } from '../scenario/scenario-file.ts';

/** The files that demand is made of. */
export interface DemandData {
  readonly profile: Profile;
  readonly everyday: Everyday;
  readonly scenarios: Scenarios;
}

/**
 * Reads `demand/profile.yaml`, `demand/everyday.yaml` and every scenario under a folder of resources, and checks them
 * against each other. Throws an `Error` with one sentence about the first that is wrong.
 */
export function readDemandData(resources: string): DemandData {
  const read = (...path: readonly string[]): { file: string; text: string } => {
    const file = ['resources', ...path].join('/');
    try {
      return { file, text: readFileSync(join(resources, ...path), 'utf8') };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw new Error(`${file} cannot be read (${code}). Put it back and start again.`, { cause: error });
    }
  };
  const profileFile = read('demand', 'profile.yaml');
  const everydayFile = read('demand', 'everyday.yaml');
  const profile = readProfile(profileFile.file, profileFile.text);
  const everyday = readEveryday(everydayFile.file, everydayFile.text);
  const kinds = storiesByKind(everyday.value);
  for (const stream of streams) {
    for (const kind of Object.keys(profile.value.streams[stream].kinds)) {
      if (kinds.has(`${stream} ${kind}`) || madeFromEarlier.some((made) => made === kind)) continue;
      const reason = `has no story in ${everyday.file}`;
      throw profile.complain(['streams', stream, 'kinds', kind], reason, 'Write one, or take the kind out.');
    }
  }
  for (const [n, { channel, kind }] of everyday.value.stories.entries()) {
    const stream = streamOf(channel);
    if (stream !== null && profile.value.streams[stream].kinds[kind] !== undefined) continue;
    const reason = `is ${kind}, which ${profile.file} does not have for ${channel}`;
    throw everyday.complain(['stories', n, 'kind'], reason, 'Correct the kind, or add it to the profile.');
  }
  const names = scenarioNames(join(resources, 'scenarios'));
  const scenarios = readScenarios(names.map((name) => read('scenarios', name)));
  return { profile: profile.value, everyday: everyday.value, scenarios };
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
