import './steps/require-node.mjs';

import { bootstrap } from './bootstrap.mjs';
import { testEnvironment, withDisplay } from './checks/browsers.mjs';
import { main } from './steps/report.mjs';
import { runStages } from './checks/run-stages.mjs';
import { browserSuite } from './checks/suites.mjs';

// `npm run pictures -- …`: plays contact cards into the real window and writes the screens of docs/screens.md; arguments go to Playwright.
await main(async () => {
  const { node, electron } = await bootstrap({ quiet: true, tests: true });
  const stage = browserSuite('pictures');
  const stages = [{ ...stage, args: [...stage.args, ...process.argv.slice(2)] }];
  return withDisplay(() => runStages(stages, { node, env: testEnvironment({ node, electron }) }));
});
