import { AxeBuilder } from '@axe-core/playwright';
import { beginChat } from '../harness/public-page.ts';
import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

/** What is wrong on screen by the rules of WCAG 2.2 A and AA, as far as a program can tell. */
async function complaints(desk: DeskHandler): Promise<string[]> {
  // The usual mode opens a second page, and a desk has one.
  const { violations } = await new AxeBuilder({ page: desk.page }).setLegacyMode().analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}: ${nodes
          .slice(0, 3)
          .map(({ html, any }) => `${html.slice(0, 140)} (${any[0]?.message ?? ''})`)
          .join(' | ')}`,
    );
}

for (const theme of ['day', 'night'] as const) {
  test(`W-09: by ${theme}, axe has no serious complaint about inbox, emergency, open contact, chat, forms, help and palette`, async ({
    queue,
    desk,
  }) => {
    if ((await desk.page.evaluate(() => document.documentElement.dataset['theme'])) !== theme)
      await desk.press('Control+Shift+D');
    await expect.poll(() => desk.page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    const call = await queue.arrive({
      flags: { vulnerable: true, repeat: true, lookFirst: true },
      language: 'pl',
    });
    const chat = await beginChat(() => queue.door, { title: 'A chat' });
    await queue.arrive({ channel: 'online-report', title: 'A report' });
    const found: Record<string, string[]> = {};
    const picture = (name: string) =>
      desk.page.screenshot({ path: `test-results/pictures/${theme}-${name}.png` });

    await desk.select(call.id);
    found['inbox'] = await complaints(desk);
    await picture('inbox');
    await desk.press('Space');
    await expect(desk.page.getByRole('article', { name: 'Look' })).toBeVisible();
    found['look'] = await complaints(desk);
    await desk.press('Escape', 'Enter');
    await expect(desk.work.contact).toContainText('Yours since');
    await desk.press('n');
    await desk.type('A note that is not sent');
    await expect(desk.work.draft).toHaveText(/draft saved/);
    await queue.emergency();
    await expect(desk.strip.section).toContainText('EMERGENCY');
    found['contact'] = await complaints(desk);
    await picture('contact');
    await desk.press('Shift+F3');
    await expect(desk.work.reason).toBeVisible();
    found['grade'] = await complaints(desk);
    await picture('grade');
    await desk.press('Escape', 'F1');
    await expect(desk.page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    found['help'] = await complaints(desk);
    await picture('help');
    await desk.press('Escape', 'Control+k');
    await expect(desk.page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    found['palette'] = await complaints(desk);
    await picture('palette');
    await desk.press('Escape');
    await desk.openAndClaim(chat.id);
    await chat.says('he is outside banging');
    await desk.press('t');
    await desk.type('Where are you?');
    await desk.press('Enter', 'Control+;');
    await expect(desk.page.getByRole('listbox', { name: 'Ready replies' })).toBeVisible();
    found['chat'] = await complaints(desk);
    await picture('chat');
    await desk.press('Escape');
    await chat.tells({ kind: 'left', reason: 'quick-exit' });
    await expect(desk.page.getByRole('note', { name: 'Safety exit' }).first()).toBeVisible();
    found['exit'] = await complaints(desk);
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
  });
}

for (const theme of ['day', 'night'] as const) {
  test(`W-09: by ${theme}, axe has no serious complaint about sign-in, a refusal, the lock, the choice of a status and sign-off`, async ({
    queue,
    openDesk,
  }) => {
    const desk = await openDesk({ who: null });
    await expect(desk.session.number).toBeVisible();
    if ((await desk.page.evaluate(() => document.documentElement.dataset['theme'])) !== theme)
      await desk.press('Control+Shift+D');
    await expect.poll(() => desk.page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    const found: Record<string, string[]> = {};
    const picture = (name: string) =>
      desk.page.screenshot({ path: `test-results/pictures/${theme}-${name}.png` });

    found['sign-in'] = await complaints(desk);
    await picture('sign-in');
    await desk.signIn('1001', '0000');
    await expect(desk.session.refusal).toContainText('Number or PIN is wrong.');
    found['refusal'] = await complaints(desk);
    await desk.enter();
    const call = await queue.arrive();
    await desk.openAndClaim(call.id);
    await desk.press('F8');
    await expect(desk.status.keyBar).toContainText('available');
    found['status'] = await complaints(desk);
    await picture('status');
    await desk.press('Escape', 'Control+Shift+Q');
    await expect(desk.session.signOff).toBeVisible();
    found['sign-off'] = await complaints(desk);
    await picture('sign-off');
    await desk.press('Escape', 'Control+l');
    await expect(desk.session.locked).toBeVisible();
    await queue.emergency();
    await expect(desk.strip.section).toContainText('EMERGENCY');
    found['lock'] = await complaints(desk);
    await picture('lock');
    expect(Object.fromEntries(Object.entries(found).filter(([, list]) => list.length > 0))).toEqual({});
  });
}
