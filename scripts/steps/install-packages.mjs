import { existsSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { root } from './project.mjs';
import { Refusal } from './report.mjs';
import { run } from './run.mjs';

const modules = join(root, 'node_modules');

/**
 * Installs what package-lock.json names, if that is not what is there. npm writes down what it installed
 * (node_modules/.package-lock.json) as the last thing it does, so an installation that was cut short, one from an older
 * lock file and one that somebody made by hand are all judged by the same comparison.
 */
export async function installPackages(say) {
  const why = whatIsStale();
  if (why === undefined) return { outcome: 'as the lock file says' };
  say(`installing from the lock file, because ${why} …`);
  const { command, first } = npm();
  const began = await run(command, [...first, installVerb(), '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    shell: process.platform === 'win32' && command === 'npm.cmd',
  });
  const left = began.code === 0 ? whatIsStale() : `npm ended with code ${began.code}`;
  if (left !== undefined)
    throw new Refusal(`The packages could not be installed: ${left}. Is the npm registry reachable?`);
  return { outcome: `installed, ${installed().size} packages` };
}

function whatIsStale() {
  if (!existsSync(modules)) return 'there is no node_modules folder';
  const there = installed();
  if (there.size === 0) return 'the last installation did not finish';
  const wanted = packagesIn(join(root, 'package-lock.json'));
  for (const [path, entry] of wanted) {
    const found = there.get(path);
    if (found === undefined ? !entry.optional : found.version !== entry.version) {
      return `${path.replace(/^.*node_modules\//, '')} is not the one it names`;
    }
  }
  for (const path of there.keys()) if (!wanted.has(path)) return `${path} is not in it`;
  return undefined;
}

const installed = () => packagesIn(join(modules, '.package-lock.json'));

function packagesIn(file) {
  if (!existsSync(file)) return new Map();
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}

/** The npm that started us if one did, run by the Node that it runs on (ours may lie inside the folder it replaces). */
function npm() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('npm-cli.js') && node !== undefined) return { command: node, first: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] };
}

/** Windows does not let a running program's file go, and we may be running on the Node inside node_modules. */
function installVerb() {
  return process.platform === 'win32' && process.execPath.startsWith(modules + sep) ? 'install' : 'ci';
}
