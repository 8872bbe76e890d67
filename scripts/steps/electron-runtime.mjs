import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { cacheFolder } from './caches.mjs';
import { findStandIn, fetchStandIn, standInFits, standInVersion } from './electron-stand-in.mjs';
import { root } from './project.mjs';
import { Refusal } from './report.mjs';
import { run } from './run.mjs';

const day = 24 * 60 * 60 * 1000;

/** How long the official download may take where there is a stand-in to fall back on. */
const patience = 120_000;

/**
 * Finds the Electron that opens the window: the one named by FCR_ELECTRON, the official one, or, where its download
 * site cannot be reached, the stand-in from the npm registry. Returns its path and, in `kind`, which it is.
 */
export async function electronRuntime(say, { node }) {
  const given = process.env.FCR_ELECTRON;
  if (given) {
    if (!existsSync(given)) throw new Refusal(`FCR_ELECTRON names ${given}, and there is no such file.`);
    return found(given, 'given', `the one that FCR_ELECTRON names`);
  }
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'),
  );
  const official = () => officialPath(version);
  const shipped = `Electron ${version}, the one that is shipped`;
  if (official() !== undefined) return found(official(), 'official', shipped);

  if (!triedToday(version)) {
    say(`fetching Electron ${version} …`);
    const fetched = await run(node, [join(root, 'node_modules', 'electron', 'install.js')], {
      cwd: root,
      log: join(cacheFolder(), 'electron-download.log'),
      ...(standInFits ? { timeout: patience } : {}),
    });
    if (fetched.code === 0 && official() !== undefined) return found(official(), 'official', shipped);
    const why = fetched.late
      ? 'it took too long'
      : (/^.*(?:Error|error).*$/m.exec(fetched.tail)?.[0] ?? fetched.tail);
    if (!standInFits) {
      throw new Refusal(
        `Electron ${version} could not be downloaded (${why}). Where its download site cannot be reached, set ` +
          'ELECTRON_MIRROR to a mirror, or FCR_ELECTRON to an Electron that is installed already.',
      );
    }
    rememberFailure(version, why);
    say(`its download site cannot be reached (${why.trim().slice(0, 120)}); not asked again for a day`);
  }
  const standIn = findStandIn() ?? (await fetchStandIn(say));
  return found(
    standIn,
    'stand-in',
    `Electron ${standInVersion}, a stand-in for development and tests; Electron ${version} is shipped, and its download site cannot be reached from here`,
  );
}

const found = (path, kind, words) => ({ outcome: words, value: { path, kind } });

function officialPath(version) {
  const folder = join(root, 'node_modules', 'electron');
  const read = (...parts) =>
    existsSync(join(folder, ...parts)) ? readFileSync(join(folder, ...parts), 'utf8') : '';
  const path = join(folder, 'dist', read('path.txt') || 'electron');
  return read('dist', 'version').replace(/^v/, '') === version && existsSync(path) ? path : undefined;
}

const failureNote = (version) => join(cacheFolder(), `electron-${version}-unreachable`);

function triedToday(version) {
  const note = failureNote(version);
  return standInFits && existsSync(note) && Date.now() - statSync(note).mtimeMs < day;
}

function rememberFailure(version, why) {
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(failureNote(version), `${why}\nRemove this file to try the download again.\n`);
}
