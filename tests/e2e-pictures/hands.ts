import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { DeskHandler } from '../e2e/handler.ts';
import { programFolder } from '../harness/e2e-program.ts';
import type { Played } from './night-desk.ts';

/** Answers the questions of the open sheet as they come: by what the question says, the keys of its answer. Others are passed over. */
export async function answerQuestions(
  desk: DeskHandler,
  answers: readonly (readonly [RegExp, string])[],
): Promise<void> {
  const asked = desk.page.getByTestId('question-now');
  const open = [...answers];
  for (let turn = 0; turn < 40 && open.length > 0; turn += 1) {
    await desk.page.waitForTimeout(60);
    const say = (await asked.count()) === 0 ? '' : ((await asked.textContent()) ?? '');
    const at = open.findIndex(([question]) => question.test(say));
    if (at < 0) {
      await desk.press('Tab');
      continue;
    }
    const [, keys] = open.splice(at, 1)[0] ?? [/./, ''];
    if (/^.$/.test(keys)) await desk.press(keys);
    else {
      await desk.type(keys);
      await desk.press('Enter');
    }
  }
  expect(open, 'questions that were never asked').toEqual([]);
}

export async function typeNote(desk: DeskHandler, words: string): Promise<void> {
  if (!(await desk.work.note.evaluate((field) => field === document.activeElement))) {
    await desk.rest();
    await desk.press('n');
  }
  await expect(desk.work.note).toBeFocused();
  await desk.type(words);
  await desk.press('Control+Enter');
  await expect(desk.work.notes.filter({ hasText: words.slice(0, 20) })).toHaveCount(1);
}

/** Takes the emergency that has waited longest, as the exchange puts its call through. */
export async function take(desk: DeskHandler, card: Played, key = '1'): Promise<void> {
  const waiting = desk.strip.card(await card.id(key));
  await expect(waiting).toBeVisible();
  const before = await desk.work.tabs.count();
  await desk.press('F2');
  await expect(waiting).toHaveCount(0);
  // A key before its answer would leave the call in a tab behind this one.
  await expect(desk.work.tabs).toHaveCount(before + 1);
  await expect(desk.work.note).toBeFocused();
  await expect(desk.work.contact).toContainText('Yours since');
  await card.answered(key);
}

/** Opens the incident of the open contact. */
export async function openIncident(desk: DeskHandler, category: string): Promise<void> {
  await desk.press('Control+F6');
  await expect(desk.page.getByRole('combobox', { name: 'Opening category' })).toBeFocused();
  await desk.type(category);
  await desk.press('Enter', 'Enter');
  await expect(desk.page.getByRole('region', { name: 'Record' })).toContainText(/ISR \d/);
}

/** Links the open contact to a suggested one in one key. */
export async function linkTo(desk: DeskHandler, title: string): Promise<void> {
  const suggested = desk.page.getByRole('region', { name: 'May belong together' }).getByRole('button');
  const one = suggested.filter({ hasText: title });
  await expect(one).toBeVisible();
  const digit = /Ctrl\+Shift\+(\d)/.exec((await one.textContent()) ?? '')?.[1] ?? '';
  await desk.press('m', digit);
}

/** The screen of a desk: no window manager stands here that would maximise the window to it. */
export async function fillScreen(desk: DeskHandler): Promise<void> {
  await desk.page.setViewportSize({ width: 1_920, height: 1_080 });
  await expect.poll(() => desk.page.evaluate(() => [innerWidth, innerHeight])).toEqual([1_920, 1_080]);
  // The notice about the demo's own key says nothing about the work.
  const dismiss = desk.page.getByRole('button', { name: 'Dismiss' });
  if (await dismiss.isVisible()) await dismiss.click();
}

/** The window as it stands, when everything of it is painted and the last act has been read. */
export async function picture(desk: DeskHandler, name: string, theme: 'day' | 'night'): Promise<void> {
  const isNight = () => desk.page.evaluate(() => document.documentElement.dataset['theme'] === 'night');
  if ((await isNight()) !== (theme === 'night')) await desk.press('Control+Shift+D');
  await desk.page.mouse.move(1_915, 1_075);
  await desk.page.waitForTimeout(1_500);
  const folder = process.env['FCR_PICTURES'] ?? join(programFolder, 'docs/pictures');
  await desk.page.screenshot({ path: join(folder, `${name}.png`) });
}
