import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { root } from '../steps/project.mjs';

const bin = (...parts) => join(root, 'node_modules', ...parts);

const tool = (entry, ...args) => ({ args: [bin(entry), ...args] });

/** Each of these passes or fails as a whole and counts as one check. */
export const toolStages = [
  { name: 'format', ...tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { name: 'lint', ...tool('oxlint/bin/oxlint', '--type-aware', '--deny-warnings') },
  { name: 'suppressions', check: findSilentSuppressions },
  ...['shared', 'node', 'web', 'bridge'].map((part) => ({
    name: `types of ${part}`,
    ...tool('typescript/bin/tsc', '-p', `tsconfig.${part}.json`),
  })),
  { name: 'dead code', ...tool('knip/bin/knip.js', '--no-progress') },
];

/** A rule may be switched off for a line, with its reason behind it: `-- because …`. Returns the complaints. */
function findSilentSuppressions() {
  const complaints = [];
  const look = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) look(path);
      else if (/\.(ts|tsx|mjs)$/.test(entry.name)) {
        for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
          if (/(?:\/\/|\/\*)\s*(?:ox|es)lint-disable/.test(line) && !/ -- \S/.test(line)) {
            complaints.push(
              `${relative(root, path)}:${index + 1} switches a rule off without a reason (-- because …)`,
            );
          }
        }
      }
    }
  };
  for (const folder of ['src', 'tests', 'scripts'])
    if (existsSync(join(root, folder))) look(join(root, folder));
  return complaints;
}
