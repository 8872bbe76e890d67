import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deskCommand, newDataFolder } from '../harness/desk-window.ts';
import { livingPrograms } from '../harness/living-programs.ts';
import { expect, test } from './fixtures.ts';

/**
 * A real secret store (GNOME's, on a session bus of its own) around the real program. The journeys elsewhere run in the
 * demo realm, whose key may lie in a file.
 */
const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
const hasKeyring = process.platform === 'linux' && has('dbus-run-session') && has('gnome-keyring-daemon');

const folder = (data: string, file: string): string => join(data, 'desk', file);

/** Runs a live desk until its window is painted, with an unlocked keyring or without any, then ends it. */
async function runLiveDesk(data: string, { keyring }: { readonly keyring: boolean }): Promise<void> {
  const { program, args, env, cwd } = deskCommand({
    queue: 'ws://127.0.0.1:9',
    realm: 'live',
    profile: 'desk',
    data,
  });
  mkdirSync(join(data, 'home'), { recursive: true });
  const store = keyring ? ['--password-store=gnome-libsecret'] : ['--password-store=basic'];
  const unlock = keyring
    ? 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; '
    : '';
  const desk = spawn(
    'dbus-run-session',
    ['--', 'sh', '-c', `${unlock}exec "$@"`, 'desk', program, ...store, ...args],
    {
      cwd,
      // Keyrings are kept under the home folder: this desk's own, so that a second start finds the first one's secret.
      env: { ...env, HOME: join(data, 'home') },
      stdio: 'ignore',
      detached: true,
    },
  );
  const log = folder(data, 'desk.log');
  const painted = () => (existsSync(log) ? readFileSync(log, 'utf8').split('window painted').length - 1 : 0);
  const before = painted();
  await expect.poll(painted, { timeout: 20_000 }).toBeGreaterThan(before);
  // The file is there, and the desk has noted which key opens it: that comes a moment later.
  if (keyring) await expect.poll(() => keyCheckIn(folder(data, 'desk.json'))).not.toBeNull();
  const ended = once(desk, 'close');
  process.kill(-(desk.pid ?? 0), 'SIGTERM');
  await ended;
  // The session is gone before all that it held: only when nothing writes any more are the files what stays.
  await expect.poll(() => livingPrograms({ group: desk.pid ?? 0 })).toEqual([]);
}

/** By what a desk knows its key again; `null` until it has a file. */
function keyCheckIn(identity: string): string | null {
  if (!existsSync(identity)) return null;
  return (JSON.parse(readFileSync(identity, 'utf8')) as { readonly keyCheck: string | null }).keyCheck;
}

test('S-03: a live desk’s key is wrapped by the keychain, and the next start opens the same file with it', async () => {
  test.skip(!hasKeyring, 'not run: dbus and gnome-keyring are not installed');
  const data = newDataFolder();
  await runLiveDesk(data, { keyring: true });
  const key = readFileSync(folder(data, 'desk.key'), 'utf8');
  expect(JSON.parse(key)).toMatchObject({ kind: 'wrapped' });
  const identity = readFileSync(folder(data, 'desk.json'), 'utf8');
  await runLiveDesk(data, { keyring: true });
  expect(readFileSync(folder(data, 'desk.key'), 'utf8')).toBe(key);
  expect(readFileSync(folder(data, 'desk.json'), 'utf8')).toBe(identity);
  expect([existsSync(folder(data, 'set-aside')), JSON.parse(identity).keyCheck === null]).toEqual([
    false,
    false,
  ]);
  rmSync(data, { recursive: true, force: true });
});

test('S-03: without a keychain a live desk keeps neither key nor contacts on disk', async () => {
  test.skip(!hasKeyring, 'not run: dbus and gnome-keyring are not installed');
  const data = newDataFolder();
  await runLiveDesk(data, { keyring: false });
  expect(['desk.key', 'desk.db'].filter((file) => existsSync(folder(data, file)))).toEqual([]);
  rmSync(data, { recursive: true, force: true });
});
