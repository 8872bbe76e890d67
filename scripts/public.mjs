import './steps/require-node.mjs';

import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { handOver } from './steps/hand-over.mjs';
import { local, root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run public -- --queue URL --port N`: the pages by which the public reaches the control room.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  const args = process.argv.slice(2);
  const data = args.includes('--data') ? [] : ['--data', join(local, 'public')];
  const keys = args.includes('--key-file') ? [] : ['--key-file', join(local, 'queue', 'intake-keys.json')];
  // Node calls taking types out of TypeScript an experiment, and says so at each start.
  const quiet = '--disable-warning=ExperimentalWarning';
  return handOver(node, [quiet, join(root, 'src', 'public', 'index.ts'), ...args, ...data, ...keys]);
});
