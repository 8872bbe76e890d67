import './steps/require-node.mjs';

import { bootstrap } from './bootstrap.mjs';
import { runStages } from './checks/run-stages.mjs';
import { quickSuites } from './checks/suites.mjs';
import { toolStages } from './checks/tools.mjs';
import { main } from './steps/report.mjs';

// `npm run check`: what can be told without a window, a database or a build. For every commit.
await main(async () => {
  const { node } = await bootstrap({ quiet: true, window: false });
  return runStages([...toolStages, ...quickSuites], { node });
});
