import './steps/require-node.mjs';

import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { handOver } from './steps/hand-over.mjs';
import { local, root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run mail -- --mailbox FILE --queue URL`: e-mails become contacts.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  const args = process.argv.slice(2);
  const keys = args.includes('--key-file') ? [] : ['--key-file', join(local, 'queue', 'intake-keys.json')];
  // Node calls taking types out of TypeScript an experiment, and says so at each start.
  const quiet = '--disable-warning=ExperimentalWarning';
  return handOver(node, [quiet, join(root, 'src', 'mail', 'index.ts'), ...args, ...keys]);
});
