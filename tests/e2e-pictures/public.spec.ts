import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, lastContact, test } from '../e2e-both/fixtures.ts';
import { aCollision, fillIn } from '../e2e-both/report.ts';
import { programFolder } from '../harness/e2e-program.ts';
import { hasApertium } from '../harness/apertium.ts';
import { fillScreen, picture } from './hands.ts';

test.describe.configure({ timeout: 120_000 });

const folder = process.env['FCR_PICTURES'] ?? join(programFolder, 'docs/pictures');

/** A page of the public as it stands, at the width of a telephone. */
async function ofPage(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `public-${name}.png`) });
}

test('the public’s pages, and a chat in Spanish from both sides', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  await fillScreen(desk);
  const ana = await somebody();
  await ana.page.goto('/');
  await ofPage(ana.page, 'first');
  await ana.page.goto('/report/collision');
  await ana.page.getByRole('button', { name: 'Begin' }).click();
  await ofPage(ana.page, 'question');

  test.skip(!hasApertium, 'the chat in Spanish needs the engine');
  await ana.beginChat({ name: 'Ana', language: 'Español – Spanish' });
  await ana.writes('Mi marido no me deja salir de la casa. Tengo miedo.');
  await expect(ana.marks).toHaveText(['With the control room']);
  const { id } = await lastContact(queue, 'web-chat');
  await desk.openAndClaim(id);
  await desk.press('t');
  await desk.type('Are you safe now?');
  await desk.press('Enter');
  await expect(ana.ours).toHaveCount(1);
  await ana.writes('Sí, estoy en el baño. Mi número es 07700 900123.');
  await expect(ana.marks.last()).toHaveText('With the control room');
  await expect(desk.work.notes.last()).toContainText('07700 900123');
  await desk.type('Stay in the bathroom and lock the door.');
  await desk.press('Enter');
  await expect(ana.ours).toHaveCount(2);
  await expect(desk.work.notes.last()).toContainText('seen');
  await ofPage(ana.page, 'chat-spanish');
  await picture(desk, 'desk-chat-spanish', 'day');

  await ana.page.getByLabel('Su mensaje').or(ana.box).fill('viene');
  await ofPage(ana.page, 'leave');
  await ana.page.keyboard.press('Escape');
  await expect(desk.page.getByRole('note', { name: 'Safety exit' }).first()).toBeVisible();
  await picture(desk, 'desk-after-leaving', 'day');
});

test('a report with a photo, as the public sends it and as the desk has it', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  await fillScreen(desk);
  const { page } = await somebody();
  await fillIn(page, 'collision', await aCollision());
  await ofPage(page, 'check');
  await page.getByRole('button', { name: 'Send the report' }).click();
  await expect(page.locator('.code')).toBeVisible();
  await ofPage(page, 'receipt');
  const { id } = await lastContact(queue, 'online-report');
  await desk.openAndClaim(id);
  const photos = desk.page.getByRole('region', { name: 'Photos' });
  await expect(photos.getByRole('img', { name: 'Photo 1 of 1, covered' })).toBeVisible();
  await desk.press('Shift+I', 'Enter');
  await expect(photos.getByRole('img', { name: 'Photo 1 of 1, from the reporter' })).toBeVisible();
  await picture(desk, 'desk-report-photo', 'day');
});
