import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataFolder } from '../harness/desk-window.ts';
import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

/** A profile whose window was left at a place; without a window manager no window can be un-maximised by a test. */
function aProfileWith(place: Readonly<Record<string, unknown>>): string {
  const data = newDataFolder();
  mkdirSync(join(data, 'desk'));
  writeFileSync(join(data, 'desk', 'window.json'), JSON.stringify({ place }));
  return data;
}

const boundsOf = (desk: DeskHandler) =>
  desk.window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());

const themeOf = (desk: DeskHandler) =>
  desk.page.evaluate(() => document.documentElement.dataset['theme'] ?? '');

test('W-01: size, place and theme of the window come back after a restart', async ({ openDesk }) => {
  const data = aProfileWith({ x: 20, y: 20, width: 1100, height: 700, maximised: false });
  const desk = await openDesk({ data });
  const wanted = { x: 120, y: 60, width: 1180, height: 720 };
  await desk.window.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    wanted,
  );
  await expect.poll(() => boundsOf(desk)).toEqual(wanted);
  const before = await themeOf(desk);
  await desk.press('Control+Shift+D');
  await expect.poll(() => themeOf(desk)).not.toBe(before);
  const theme = await themeOf(desk);
  await desk.window.close();

  const again = await openDesk({ data });
  expect(await boundsOf(again)).toEqual(wanted);
  await expect.poll(() => themeOf(again)).toBe(theme);
});

test('W-01: a window that stood on a screen which is gone opens on one that is there', async ({
  openDesk,
}) => {
  const data = aProfileWith({ x: 9_000, y: 9_000, width: 1180, height: 720, maximised: false });
  const desk = await openDesk({ data });
  const bounds = await boundsOf(desk);
  expect(bounds?.x).toBeLessThan(1600);
  expect(bounds?.y).toBeLessThan(1000);
});
