import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './project.mjs';
import { Refusal } from './report.mjs';
import { ask } from './run.mjs';

/** The programs run on this major: it is Electron's own, and it runs TypeScript as it stands. */
const wanted = 24;

/** The Node that npm installed for this project, or the system's if that is new enough. Returns its path. */
export function findNode24() {
  const { platform, arch } = process;
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const system = platform === 'win32' ? 'win' : platform;
  const candidates = [
    join(root, 'node_modules', `node-${system}-${arch}`, 'bin', name),
    join(root, 'node_modules', `node-bin-${system}-${arch}`, 'bin', name),
    process.execPath,
  ];
  for (const path of candidates) {
    const version = existsSync(path) ? ask(path, ['--version']) : undefined;
    if (version !== undefined && Number(version.slice(1).split('.')[0]) >= wanted) return { path, version };
  }
  throw new Refusal(
    `This program runs on Node ${wanted}. npm did not install one for ${system}-${arch}, and the system's is ` +
      `${process.versions.node}. Install Node ${wanted} or newer and start again.`,
  );
}

export function node24Step() {
  const { path, version } = findNode24();
  return { outcome: `${version} runs the programs`, value: path };
}
