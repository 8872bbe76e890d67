import type { Page } from '@playwright/test';
import { asContactId, type ContactId } from '../../src/shared/domain/ids.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { claim, close, grade } from '../harness/card-acts.ts';
import { layWire } from '../harness/cuttable-wire.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { demoAccount } from '../harness/demo-accounts.ts';
import { aLook } from '../harness/record-acts.ts';
import { expect, test } from './fixtures.ts';

/** Where fingers and eyes are: the focus with its caret, the open contact, and the chosen row with its place on the screen. */
const scene = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement;
    const field = focused instanceof HTMLTextAreaElement ? focused : null;
    const selected = document.querySelector('[role="row"][aria-selected="true"]');
    return {
      focus: focused?.getAttribute('aria-label'),
      focusAt: focused?.getBoundingClientRect().top,
      caret: field === null ? null : [field.value, field.selectionStart, field.selectionEnd],
      selected: selected?.getAttribute('data-contact-id'),
      selectedAt: selected?.getBoundingClientRect().top,
      tab: document.querySelector('[role="tab"][aria-selected="true"]')?.textContent,
    };
  });

/** A colleague's acts on one contact, each with the queue's word before the next. */
async function does(colleague: Desk, id: string, ...acts: readonly Act[]): Promise<void> {
  const contact: ContactId = asContactId(id);
  for (const act of acts) {
    // What is not on the colleague's desk yet cannot be acted on there.
    await colleague.until(
      () => colleague.inbox(),
      (rows) => rows.some(({ summary }) => summary.id === contact),
    );
    const kept = await colleague.submit(contact, act);
    expect(kept.kind, JSON.stringify(kept)).toBe('kept');
    await colleague.untilReceived();
  }
  const { items } = await colleague.request('outbox.read', {});
  expect(items).toEqual([]);
}

test('X-11, X-12, W-02, W-03: what colleagues did while the link was cut is listed on return, what needs the handler first; the row, the caret and the half-typed note stay where they were', async ({
  queue,
  openDesk,
}) => {
  await using wire = await layWire(queue.deskUrl);
  const desk = await openDesk({ queue: wire.url });
  await desk.isLive();
  using colleague = startDesk({ queueUrl: queue.deskUrl, handler: '3001', pin: demoAccount('3001').pin });
  const { page } = desk;

  const regraded = await queue.arrive({ title: 'Shop window broken' });
  const taken = await queue.arrive({ title: 'Van across the drive' });
  const closed = await queue.arrive({ title: 'Lost purse' });
  const freed = await queue.arrive({ title: 'Bicycle taken' });
  const mine = await queue.arrive({ title: 'Neighbours at the fence' });
  for (let n = 0; n < 4; n += 1) await queue.arrive({ title: `Noise ${n}` });
  await does(colleague, regraded.id, claim, grade('G3', 'Nobody is there now'));
  await desk.openAndClaim(freed.id);
  await desk.openAndClaim(mine.id);
  // A row that a colleague has taken says so, and leaves two seconds later.
  await expect(desk.inbox.row(regraded.id).filter({ hasText: 'Ringing' })).toHaveCount(0);

  // Cut off: an act on one contact, and half a sentence on another.
  wire.cut();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'warning');
  await desk.select(freed.id);
  await desk.press('Enter', 'p', '4');
  await desk.type('He can come to the counter');
  await desk.press('Enter');
  await expect(desk.status.kept).toContainText('Kept here: 1');
  await desk.select(mine.id);
  await desk.press('Enter', 'n');
  await desk.type('He says that the dog is loose');
  await desk.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const before = await scene(page);
  expect(before).toMatchObject({
    focus: 'Note',
    selected: mine.id,
    caret: ['He says that the dog is loose', 25, 25],
  });

  // Meanwhile at another desk.
  await does(colleague, freed.id, { kind: 'free', reason: 'Desk cut off' }, claim);
  await does(colleague, taken.id, claim);
  await does(
    colleague,
    closed.id,
    claim,
    { kind: 'triage', entry: aLook },
    close('not-police', 'AD-MSG', 'Found it'),
  );
  await does(colleague, regraded.id, grade('G1', 'They are back, with a bar'));
  const emergency = await queue.emergency({ title: 'Man with a bar' });
  await queue.arrive({ title: 'Lamp out' });
  await expect(desk.status.link).toHaveAttribute('data-tone', 'down', { timeout: 20_000 });
  await expect(desk.strip.card(emergency.id)).toHaveCount(0);

  wire.mend();
  await desk.isLive();
  await expect(desk.strip.card(emergency.id)).toBeVisible();
  const line = page.getByRole('region', { name: 'Missed' });
  await expect(line).toContainText(
    /While the link was down (?:for \d+ seconds at \d\d:\d\d|\d\d:\d\d–\d\d:\d\d): 1 needs you, 1 new emergency, 1 taken by others, 1 closed, 1 graded anew, 1 other arrived\./,
  );
  await expect(desk.inbox.row(taken.id).filter({ hasText: 'Ringing' })).toHaveCount(0);
  const report = page.getByRole('region', { name: 'What was missed' });
  await expect(report).toHaveCount(0);
  expect(await scene(page)).toEqual(before);
  await page.screenshot({ path: 'test-results/pictures/missed-line.png' });

  // The handler's own key opens it: every contact in one list, and what became of it.
  await desk.press('Control+Shift+M');
  const inList = (name: string, { ref }: { readonly ref: string }) =>
    report.getByRole('group', { name }).getByRole('option').filter({ hasText: ref });
  await expect(report.getByRole('group')).toHaveCount(5);
  await expect(report.getByRole('option')).toHaveCount(5);
  await expect(inList('Needs you', freed)).toContainText(/Grade .*No longer yours: desk \d+ has it/);
  await expect(inList('New emergencies', emergency)).toContainText('Waits for somebody');
  await expect(inList('Taken by others', taken)).toContainText(/Desk \d+ has it/);
  await expect(inList('Closed', closed)).toContainText(/Closed by desk \d+/);
  await expect(inList('Graded anew', regraded)).toContainText('From G3 to G1');
  await page.screenshot({ path: 'test-results/pictures/missed-report.png' });

  // What needs the handler is chosen first, and opened; what was refused is kept with its reason.
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Bicycle taken');
  await desk.press('Control+o');
  const back = page
    .getByRole('region', { name: 'All that is kept here' })
    .getByRole('region', { name: 'Came back' });
  await expect(back).toContainText(/No longer yours: desk \d+ has it/);
  await expect(back).toContainText('He can come to the counter');
  await page.screenshot({ path: 'test-results/pictures/missed-refused.png' });
  await desk.press('Escape', 'F4');
  await expect(desk.work.note).toBeFocused();
  expect((await scene(page)).caret).toEqual(before.caret);
  await desk.press('Control+Shift+M');
  await expect(report).toBeVisible();
  await desk.press('x');
  await expect(line).toHaveText('');
  expect(await queue.auditFlaw()).toBeNull();
});
