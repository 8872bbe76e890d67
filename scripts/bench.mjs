import './steps/require-node.mjs';

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { bootstrap } from './bootstrap.mjs';
import { testEnvironment, withDisplay } from './checks/browsers.mjs';
import { cacheFolder } from './steps/caches.mjs';
import { handOver } from './steps/hand-over.mjs';
import { root } from './steps/project.mjs';
import { main } from './steps/report.mjs';

const bench = join(root, 'tests', 'bench');

// `npm run bench -- start|list …`: figures of the built program in its real window. docs/bench says how to read them.
await main(async () => {
  const args = process.argv.slice(2);
  const { node } = await bootstrap({ quiet: true, window: false });
  // Words that are not understood are told before anything is built.
  const understood = spawnSync(node, [join(bench, 'options.ts'), ...args], { stdio: 'inherit' });
  if (understood.status !== 0) return 2;
  const { electron } = await bootstrap({ quiet: true });
  return withDisplay(() =>
    handOver(node, [join(bench, 'index.ts'), ...args], {
      cwd: root,
      env: {
        ...process.env,
        ...testEnvironment({ node, electron }),
        FCR_BENCH_CACHE: join(cacheFolder(), 'bench'),
        FCR_BENCH_DISPLAY: displayWords(),
      },
    }),
  );
});

function displayWords() {
  return process.platform === 'linux' ? 'a screen in memory (Xvfb), without a graphics card' : 'the screen';
}
