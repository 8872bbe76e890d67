import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { isRoot, local } from './project.mjs';
import { ask, run } from './run.mjs';

/** What a bare Debian or Ubuntu lacks for the window to open, and its text to be readable. */
const forTheWindow = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libnotify4',
  'xdg-utils',
  'fonts-noto-core',
  'fonts-noto-cjk',
];

/** Only where there is no screen. */
const forNoDisplay = ['xvfb'];

/** A real translation engine with one pair of languages: for `npm test`, and for `npm start` where somebody has asked for it. */
export const forTranslation = ['apertium-apy', 'apertium-eng-spa'];

/** Only for `npm test`: the second browser that the journeys run in, a real secret store, the translation engine, and a mail server. */
const forTests = ['chromium', 'dbus', 'gnome-keyring', 'dovecot-imapd', ...forTranslation];

/**
 * Installs missing system libraries on Debian and Ubuntu when run by root, and otherwise prints the command that does.
 * Nothing stops here: a machine that has these libraries by another road runs the program all the same.
 */
export async function systemPackages(say, { tests }) {
  if (process.platform !== 'linux') return { outcome: 'nothing needed here' };
  if (!isDebian()) return { outcome: 'not a Debian or Ubuntu; taken as complete' };
  const headless = process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined;
  return installSystemPackages(say, [
    ...forTheWindow,
    ...(headless || tests ? forNoDisplay : []),
    ...(tests ? forTests : []),
  ]);
}

const isDebian = () => existsSync('/etc/debian_version');

/** Installs those of these packages that are missing, or prints the command that does. */
export async function installSystemPackages(say, needed) {
  if (!isDebian()) return { outcome: 'its packages are known for Debian and Ubuntu only' };
  const missing = needed.filter((name) => !isInstalled(name));
  if (missing.length === 0) return { outcome: 'all there' };

  if (!isRoot) {
    console.log(
      `Missing system packages. Install them once with:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
    return { outcome: `${missing.length} missing, going on without` };
  }
  say(`installing ${missing.join(', ')} …`);
  const log = join(local, 'logs', 'apt.log');
  const apt = (...args) =>
    run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
      log,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  const updated = await apt('update');
  const wanted = missing.map(nameHere);
  const installed = await apt('install', '-y', '--no-install-recommends', ...wanted);
  if (installed.code === 0) return { outcome: `installed ${wanted.length}` };
  console.log((installed.tail || updated.tail).split('\n').slice(-4).join('\n'));
  return { outcome: `could not be installed (${log}), going on without` };
}

/** Since 2024 some libraries carry a suffix for their wider clock; either name will do. */
const names = (name) => [name, `${name}t64`];

function isInstalled(name) {
  return names(name).some((each) =>
    ask('dpkg-query', ['-W', '-f=${db:Status-Abbrev}', each])?.startsWith('ii'),
  );
}

function nameHere(name) {
  const exists = (each) =>
    /Candidate: (?!\(none\))/.test(
      ask('apt-cache', ['policy', each], { env: { ...process.env, LC_ALL: 'C' } }) ?? '',
    );
  return names(name).find(exists) ?? name;
}
