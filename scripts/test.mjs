import './steps/require-node.mjs';

import { bootstrap } from './bootstrap.mjs';
import { browserStages, testEnvironment, withDisplay } from './checks/browsers.mjs';
import { runStages } from './checks/run-stages.mjs';
import { quickSuites, slowSuites } from './checks/suites.mjs';
import { toolStages } from './checks/tools.mjs';
import { firstPaintComplaints } from './checks/window-size.mjs';
import { build } from './steps/build.mjs';
import { main } from './steps/report.mjs';

// `npm test`: everything. A stage that fails does not keep the others from running.
await main(async () => {
  const { node, electron } = await bootstrap({ tests: true, built: false });
  const env = testEnvironment({ node, electron });
  const built = { name: 'build', act: () => build((sentence) => console.log(sentence), { node }) };
  const windowSize = { name: 'window size', check: () => firstPaintComplaints() };
  return withDisplay(() =>
    runStages([...toolStages, ...quickSuites, ...slowSuites, built, windowSize, ...browserStages()], {
      node,
      env,
    }),
  );
});
