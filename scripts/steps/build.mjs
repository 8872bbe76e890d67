import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { local, root } from './project.mjs';
import { Refusal } from './report.mjs';
import { run } from './run.mjs';

/** Everything the build reads. Tests are not in it: changing one needs no build. */
const inputs = ['src', 'resources', 'electron.vite.config.ts', 'package-lock.json', 'tsconfig.base.json'];

const note = join(root, 'out', 'built-from');

/** Builds the window's three parts into out/, unless out/ was built from these very sources. */
export async function build(say, { node }) {
  const sources = fingerprint();
  if (existsSync(note) && readFileSync(note, 'utf8') === sources) return { outcome: 'up to date' };
  say('building main, preload and window …');
  const log = join(local, 'logs', 'build.log');
  const entry = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const built = await run(node, [entry, 'build'], { cwd: root, log });
  if (built.code !== 0) throw new Refusal(`The build failed (${log}):\n${built.tail}`);
  writeFileSync(note, sources);
  return { outcome: 'built' };
}

function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  };
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const below = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(below);
      else if (!/\.(test|spec)\.tsx?$/.test(entry.name)) add(below);
    }
  };
  for (const input of inputs) {
    if (!existsSync(join(root, input))) continue;
    if (input.includes('.')) add(input);
    else walk(input);
  }
  return hash.digest('hex');
}
