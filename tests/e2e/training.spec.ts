import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from '@playwright/test';
import { deskCommand, newDataFolder, profileFolder } from '../harness/desk-window.ts';
import { programFolder } from '../harness/e2e-program.ts';
import { internetSockets } from '../harness/internet-sockets.ts';
import { expect, test } from './fixtures.ts';

const pictures = 'test-results/pictures';

/** What a program of Node reaches a network by. */
const waysOut = /^(node:)?(net|http|https|http2|tls|dgram|dns|dns\/promises|inspector|cluster|undici|ws)$/;
const callsOut = /(?<![#.\w])(fetch|WebSocket|EventSource|XMLHttpRequest|getBuiltinModule)\s*\(/g;

/** A built program and every file that it may load: what it requires from outside, and what it calls. */
function builtProgram(entry: string) {
  const files = new Set<string>();
  const modules = new Set<string>();
  const calls: string[] = [];
  const read = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, name = ''] of text.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)) {
      if (name.startsWith('.')) read(join(dirname(file), name));
      else modules.add(name);
    }
    calls.push(...[...text.matchAll(callsOut)].map(([call]) => call));
  };
  read(join(programFolder, 'out', 'main', entry));
  return { files: files.size, waysOut: [...modules].filter((name) => waysOut.test(name)), calls };
}

test('TS-04: the built program of training, and every file that it may load, holds no way out; the live one does', () => {
  const training = builtProgram('training.js');
  expect(training.files).toBeGreaterThan(5);
  expect([training.waysOut, training.calls]).toEqual([[], []]);
  expect(builtProgram('workstation.js').waysOut.length).toBeGreaterThan(2);
});

/** A machine without any network, where this user may make one; elsewhere the machine as it is. */
function alone(): readonly string[] {
  try {
    execFileSync('unshare', ['-rn', 'true'], { stdio: 'ignore' });
    return ['unshare', '-rn'];
  } catch {
    return [];
  }
}

test('TS-04: from its start to the picture of its first ring the program holds no socket of the internet, and needs no network', async () => {
  const start = { queue: null, training: 'E02', data: newDataFolder() };
  const { program, args, ...surroundings } = deskCommand(start);
  const picture = join(start.data, 'ring.png');
  const [command, ...words] = [...alone(), program, ...args, '--screenshot', picture];
  const child = spawn(command, words, { ...surroundings, stdio: 'ignore', detached: true });
  const group = child.pid ?? 0;
  const held = new Set<string>();
  const log = join(profileFolder(start), 'desk.log');
  try {
    await expect
      .poll(
        () => {
          for (const socket of internetSockets(group)) held.add(socket);
          return existsSync(picture);
        },
        { intervals: [10], timeout: 60_000 },
      )
      .toBe(true);
    expect(readFileSync(log, 'utf8')).toContain('"received":"TRN-');
    expect([...held]).toEqual([]);
  } finally {
    process.kill(-group, 'SIGKILL');
    rmSync(start.data, { recursive: true, force: true });
  }
});

test('TS-01, TS-03, TS-10: a trainee starts, hears the ring, takes and grades the call from the keyboard, and everything says that it is training', async ({
  openDesk,
}) => {
  const desk = await openDesk({ queue: null, training: 'E02', who: null });
  const { page, window } = desk;
  const ring = desk.strip.section.getByText(/Silent call, 55 pressed/).first();
  await expect(ring).toBeVisible();
  // Nobody has signed in, and the first key is the list's all the same.
  await expect(desk.inbox.grid).toBeFocused();
  await page.screenshot({ path: `${pictures}/training-ring.png` });
  await expect(page.getByRole('complementary', { name: 'Training' })).toHaveText('TRAINING – no real calls');
  await expect(desk.status.line).toContainText('TRAINING – no real calls');
  await expect
    .poll(() => window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()))
    .toMatch(/^TRAINING – .*FCR Desk$/);
  const before = (of: Locator) => of.evaluate((element) => getComputedStyle(element, '::before').content);
  expect(await before(ring)).toBe('"EXERCISE · "');
  const told = page.getByRole('alert').getByText(/^Emergency\. silent 9 9 9 call/);
  expect(await before(told)).toBe('"Training. "');
  const bands = page.locator('.training');
  expect(await bands.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))).toEqual([
    24, 24,
  ]);

  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await expect(desk.work.contact).toContainText(/TRN-\d{8}-\d{6}/);
  await desk.press('Control+F2');
  await expect(page.getByRole('combobox', { name: 'Call type' })).toBeFocused();
  await desk.type('dom');
  await desk.press('Enter');
  await expect(page.getByTestId('question-now')).toBeVisible();
  await page.screenshot({ path: `${pictures}/training-questions.png` });
  await desk.press('y', '1');
  await expect(page.getByRole('group', { name: 'Recommended grade' })).toContainText(
    'Recommended G1, immediate',
  );
  await desk.press('Alt+g');
  await desk.press('Escape');
  await expect(desk.work.contact).toContainText('G1');
  // The scenario’s hour, on the desk’s own account too.
  await expect(desk.work.draft).toHaveText(/^draft saved 02:0\d:\d\d$/);
  await desk.press('Control+Shift+d');
  await page.screenshot({ path: `${pictures}/training-night.png` });
  await desk.press('Control+Shift+d');

  // Beside the profile, and nothing of it in the profile but the lock that both share.
  expect(readdirSync(join(window.start.data, 'desk')).filter((name) => name !== 'window')).toEqual([]);
  expect(readdirSync(window.folder)).toEqual(expect.arrayContaining(['desk.log', 'exercise', 'window']));
  expect(readdirSync(join(window.folder, 'exercise'))).toContain('desk.db');
});
