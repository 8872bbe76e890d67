import './steps/require-node.mjs';

import { bootstrap } from './bootstrap.mjs';
import { browserStages, testEnvironment, withDisplay } from './checks/browsers.mjs';
import { main } from './steps/report.mjs';
import { runStages } from './checks/run-stages.mjs';

// `npm run test:e2e -- …`: the journeys alone; arguments go to Playwright.
await main(async () => {
  const { node, electron } = await bootstrap({ quiet: true, tests: true });
  const stages = browserStages().map((stage) => ({
    ...stage,
    args: [...stage.args, ...process.argv.slice(2)],
  }));
  return withDisplay(() => runStages(stages, { node, env: testEnvironment({ node, electron }) }));
});
