import './steps/require-node.mjs';

import { pathToFileURL } from 'node:url';

import { build } from './steps/build.mjs';
import { electronRuntime } from './steps/electron-runtime.mjs';
import { installPackages } from './steps/install-packages.mjs';
import { node24Step } from './steps/node24.mjs';
import { main, step } from './steps/report.mjs';
import { systemPackages } from './steps/system-packages.mjs';

/**
 * Brings a fresh clone to where its programs can run, skipping what is done. Needs Node 18 and npm, nothing else.
 * Returns the Node that runs the programs and the Electron that opens the window.
 *
 * @param {{ quiet?: boolean, tests?: boolean, window?: boolean, built?: boolean }} [options] `quiet`: print only the
 *   steps that had something to do. `tests`: also what only tests need. `window`: false leaves Electron and the system's
 *   libraries out. `built`: false leaves the build to the caller.
 */
export async function bootstrap({ quiet = false, tests = false, window = true, built = true } = {}) {
  const each = (title, work) => step(title, work, { quiet });
  await each('Packages', (say) => installPackages(say));
  const node = await each('Node', async () => node24Step());
  if (!window) return { node };
  await each('System libraries', (say) => systemPackages(say, { tests }));
  const electron = await each('Electron', (say) => electronRuntime(say, { node }));
  if (built) await each('Build', (say) => build(say, { node }));
  return { node, electron };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    await bootstrap({ tests: process.argv.includes('--tests') });
  });
}
