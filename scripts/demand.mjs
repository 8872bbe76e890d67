import './steps/require-node.mjs';

import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { handOver } from './steps/hand-over.mjs';
import { root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run demand -- --queue URL`: Hertfordshire's day for a queue that is running.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  return handOver(node, [join(root, 'src', 'demand', 'index.ts'), ...process.argv.slice(2)]);
});
