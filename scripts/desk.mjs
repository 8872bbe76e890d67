import './steps/require-node.mjs';

import { bootstrap } from './bootstrap.mjs';
import { electronFlags, sandboxSentence } from './demo/desk-program.mjs';
import { hasNoDisplay, startDisplay } from './steps/display.mjs';
import { handOver } from './steps/hand-over.mjs';
import { isRoot, root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

// `npm run desk -- --queue ws://… --profile NAME`: one window, its arguments handed on as they are.
await main(async () => {
  const { node, electron } = await bootstrap({ quiet: true });
  const display = hasNoDisplay() ? await startDisplay() : undefined;
  if (isRoot) console.log(sandboxSentence);
  try {
    return await handOver(electron.path, [...electronFlags(), root, ...process.argv.slice(2)], {
      env: { ...process.env, FCR_NODE: node },
    });
  } finally {
    display?.stop();
  }
});
