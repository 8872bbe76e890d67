import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../platform/yaml-file.ts';
import { policySchemas } from '../shared/contract/policy/policies.ts';
import { compileRiskWords, type RiskWordMatcher } from '../shared/domain/assist/risk-words.ts';
import type { PolicyName, PolicyValues } from '../shared/domain/policy/policies.ts';
import type { CouncilEntry } from '../shared/domain/signposts/directory.ts';
import { signpostIndex } from '../shared/domain/signposts/find-signposts.ts';
import type { Signpost } from '../shared/domain/signposts/signpost.ts';
import type { WordIndex } from '../shared/domain/word-index.ts';

/** What the pages know of the trade: the same cards, councils and risk words as a desk (rule WP-30). */
export interface PublicKnowledge {
  readonly signposts: readonly Signpost[];
  readonly index: WordIndex<Signpost>;
  /** One for each district. */
  readonly councils: readonly CouncilEntry[];
  readonly riskWords: RiskWordMatcher;
}

/** Cards for other agencies' staff, or answered by the pages themselves. */
const notForThePublic: ReadonlySet<string> = new Set(['welfare-check']);

/** Reads the policies that the pages use. Throws an `Error` with file, line, field, reason and what to do. */
export function readKnowledge(folder: string): PublicKnowledge {
  const read = <N extends PolicyName>(name: N): PolicyValues[N] => {
    const file = join(folder, `${name}.yaml`);
    return readYaml<PolicyValues[N]>(file, readFileSync(file, 'utf8'), policySchemas[name]).value;
  };
  const signposts = read('signposts').signposts.filter(({ id }) => !notForThePublic.has(id));
  return {
    signposts,
    index: signpostIndex(signposts),
    councils: read('directory')
      .entries.filter((entry) => entry.kind === 'council')
      .filter(({ district }) => district !== null),
    riskWords: compileRiskWords(read('risk-words')),
  };
}
