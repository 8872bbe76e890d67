import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../steps/project.mjs';

/** What the window must read and compile before its first paint. Bytes of script. */
const LIMIT = 450_000;

/** Adds up the scripts that the built page names: everything else is loaded later. Returns the complaints. */
export function firstPaintComplaints(page = join(root, 'out', 'renderer', 'index.html')) {
  const html = readFileSync(page, 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1]);
  const bytes = scripts.reduce((sum, name) => sum + statSync(join(page, '..', name)).size, 0);
  console.log(`${bytes} bytes of script before the first paint, of at most ${LIMIT}`);
  if (scripts.length === 0) return ['The built page names no script: is it built?'];
  return bytes <= LIMIT
    ? []
    : [`The window needs ${bytes} bytes of script for its first paint; the limit is ${LIMIT}.`];
}
