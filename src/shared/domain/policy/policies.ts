import type { CategoriesPolicy } from './categories.ts';
import type { ChatPolicy } from './chat.ts';
import type { DirectoryPolicy } from './directory.ts';
import type { LinkingPolicy } from './linking.ts';
import type { MarkerKindsPolicy } from './markers.ts';
import type { PlacesPolicy } from './places.ts';
import type { QuestionPolicy } from './questions.ts';
import type { RiskWordsPolicy } from './risk-words.ts';
import type { ServiceLevels } from './service-levels.ts';
import type { SignpostsPolicy } from './signposts.ts';
import type { TriagePolicy } from './triage.ts';

/** Every policy there is, by the name of its file. The one table: readers, servers and the window are derived from it. */
export interface PolicyValues {
  readonly 'service-levels': ServiceLevels;
  readonly triage: TriagePolicy;
  readonly questions: QuestionPolicy;
  readonly 'risk-words': RiskWordsPolicy;
  readonly markers: MarkerKindsPolicy;
  readonly places: PlacesPolicy;
  readonly categories: CategoriesPolicy;
  readonly signposts: SignpostsPolicy;
  readonly directory: DirectoryPolicy;
  readonly linking: LinkingPolicy;
  readonly chat: ChatPolicy;
}

export type PolicyName = keyof PolicyValues;

/** Keyed, so that the compiler asks for each name. */
const known: Readonly<Record<PolicyName, true>> = {
  'service-levels': true,
  triage: true,
  questions: true,
  'risk-words': true,
  markers: true,
  places: true,
  categories: true,
  signposts: true,
  directory: true,
  linking: true,
  chat: true,
};

/** The names, in the order in which they are listed. */
export const policyNames = Object.keys(known) as readonly PolicyName[] as readonly [
  PolicyName,
  ...PolicyName[],
];

/** Whether this program knows a policy of that name; a newer queue may serve others. */
export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(known, name);

/** Which version of each policy counted when something was decided (rule Y-07). */
export type PolicyVersions = Readonly<Record<PolicyName, string>>;
