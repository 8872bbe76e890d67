import { existsSync } from 'node:fs';

import { hasNoDisplay, startDisplay } from '../steps/display.mjs';
import { browserSuite } from './suites.mjs';

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The suites of journeys, or the reason why those with a plain browser cannot run here. */
export function browserStages() {
  const chromium = process.env.FCR_CHROMIUM ?? browsers.find((path) => existsSync(path));
  const missing =
    chromium === undefined ? { notRun: 'there is no Chromium; install the package chromium' } : {};
  const plain = ['chromium', 'public', 'both'].map((project) => ({ ...browserSuite(project), ...missing }));
  return [browserSuite('electron'), ...plain];
}

/** What tests of the window need to know of this machine. */
export const testEnvironment = ({ node, electron }) => ({ FCR_NODE: node, FCR_ELECTRON: electron.path });

/** A screen for the windows of tests: always one of our own, where Xvfb is, so that nobody's mouse is in the way. */
export async function withDisplay(work) {
  if (process.platform !== 'linux') return work();
  const before = process.env.DISPLAY;
  const display = hasNoDisplay() || existsSync('/usr/bin/Xvfb') ? await startDisplay() : undefined;
  try {
    return await work();
  } finally {
    display?.stop();
    if (before === undefined) delete process.env.DISPLAY;
    else process.env.DISPLAY = before;
  }
}
