import { readEveryday, type Everyday } from './everyday-file.ts';
import { madeFromEarlier, storiesByKind } from './everyday-steps.ts';
import { streamOf, streams } from './handed-contact.ts';
import { readProfile, type Profile } from './profile-file.ts';
import type { Scenarios } from '../scenario/scenario-file.ts';
import { readResource, readScenarioFolder } from './scenario-folder.ts';

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
  const profileFile = readResource(resources, 'demand', 'profile.yaml');
  const everydayFile = readResource(resources, 'demand', 'everyday.yaml');
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
  const scenarios = readScenarioFolder(resources);
  return { profile: profile.value, everyday: everyday.value, scenarios };
}
