import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { isRoot, root } from '../steps/project.mjs';

/** Starts one desk window. `args` are the program's own. */
export function startDesk(children, { node, electron, folder, args }) {
  return children.start({
    name: 'The desk',
    command: electron.path,
    args: [...electronFlags(), root, ...args],
    log: join(folder, 'desk.log'),
    patience: 15_000,
    env: { FCR_NODE: node },
    mayEnd: true,
  });
}

/** Root cannot have Chromium's sandbox; everybody else keeps it. */
export function electronFlags() {
  return isRoot ? ['--no-sandbox'] : [];
}

export const sandboxSentence = 'Run by root: the window runs without its sandbox (--no-sandbox).';

/** A new file name for this run's picture of the window. */
export function screenshotPath(folder) {
  const shots = join(folder, 'screenshots');
  mkdirSync(shots, { recursive: true });
  return join(shots, `desk-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.png`);
}

/** Waits until the picture is there and whole. */
export function screenshotTaken(path) {
  return new Promise((done) => {
    let size = -1;
    const look = setInterval(() => {
      const now = existsSync(path) ? statSync(path).size : 0;
      if (now > 0 && now === size) {
        clearInterval(look);
        done();
      }
      size = now;
    }, 250);
    look.unref();
  });
}
