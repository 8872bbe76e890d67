/** Policy as a program: looks a folder of policies through, or writes the desks' seed from it. Serves nothing. */
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../platform/clock.ts';
import { loadPolicies, PolicyFaults } from './load-policy.ts';
import { policyReport } from './policy-report.ts';
import { writeSeed } from './policy-seed.ts';
import { shippedPolicies } from './shipped-policies.ts';

const usage = `usage: npm run policy -- check [DIR]
       npm run policy -- seed
  check [DIR]   read every policy of DIR (resources/policy), say which is in force with which version, owner and review
                day, and which review is overdue or within 30 days; a file that cannot be used is named with its line and
                what to do. Ends with 0, with 1 when a file cannot be used
  seed          write resources/policy/seed, which desks fall back on, from resources/policy`;

const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' }).format(
    systemClock.now(),
  );

/** As short as it can be said from here. */
const shortened = (folder: string): string => relative(process.cwd(), folder) || '.';

function main(args: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: { help: { type: 'boolean', default: false } },
  });
  const [act, folder, ...more] = positionals;
  if (values.help) return console.log(usage);
  if ((act !== 'check' && act !== 'seed') || more.length > 0 || (act === 'seed' && folder !== undefined))
    throw new Error('Say what to do: check or seed.');
  try {
    const set = loadPolicies(shortened(folder === undefined ? shippedPolicies : resolve(folder)));
    if (act === 'check') for (const line of policyReport(set, today())) console.log(line);
    else writeSeed(set, fileURLToPath(new URL('../../../resources/policy/seed', import.meta.url)));
  } catch (error) {
    if (!(error instanceof PolicyFaults)) throw error;
    for (const sentence of error.sentences) console.error(sentence);
    process.exitCode = 1;
  }
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n${usage}`);
  process.exitCode = 2;
}
