import './steps/require-node.mjs';

import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { handOver } from './steps/hand-over.mjs';
import { local, root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run queue -- …`: the central queue alone, or its accounts. Its data is kept in .local unless --data says where.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  const args = process.argv.slice(2);
  const data = args.includes('--data') ? [] : ['--data', join(local, 'queue')];
  return handOver(node, [join(root, 'src', 'queue', 'index.ts'), ...args, ...data]);
});
