import './steps/require-node.mjs';

import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { handOver } from './steps/hand-over.mjs';
import { root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run scenario -- check|list|new|play`: the scenarios of training, in the terminal.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  return handOver(node, [join(root, 'src', 'training', 'index.ts'), ...process.argv.slice(2)]);
});
