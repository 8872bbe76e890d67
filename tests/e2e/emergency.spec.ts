import { expect, test } from './fixtures.ts';

test('C-05, W-07: two desks press F2 for the same emergency: one wins, the other says who has it and nothing moves', async ({
  queue,
  openDesk,
}) => {
  const quick = await openDesk({ profile: 'quick', who: '1001' });
  const slow = await openDesk({ profile: 'slow', who: '1002' });
  const call = await queue.emergency({ place: 'Cowper Street, Hatfield' });
  await expect(quick.strip.card(call.id)).toBeVisible();
  await expect(slow.strip.card(call.id)).toBeVisible();

  // The slow desk asks while it cannot yet know that the other was first: its workstation stands still.
  const workstation = slow.window.workstationPid();
  process.kill(workstation, 'SIGSTOP');
  await slow.press('F2');
  await expect(slow.strip.section).toContainText('Taking…');
  await expect(slow.work.tabs).toHaveCount(0);
  await quick.press('F2');
  await expect(quick.work.contact).toContainText('Yours since');
  const before = await slow.page.evaluate(() => document.activeElement?.tagName);
  process.kill(workstation, 'SIGCONT');

  await expect(slow.strip.section).toContainText(/Taken by desk 1 at \d\d:\d\d:\d\d – you stay here\./);
  await expect(slow.status.lastAct).toContainText('Taken by desk 1');
  await expect(slow.work.tabs).toHaveCount(0);
  expect(await slow.page.evaluate(() => document.activeElement?.tagName)).toBe(before);
  await expect(slow.strip.card(call.id)).toHaveCount(0);
  const { state, owner } = await queue.contact(call.id);
  expect({ state, owner }).toEqual({ state: 'owned', owner: 1 });
  const { events } = await queue.history(call.id);
  expect(events).toEqual(['arrived', 'claimed']);
});

test('C-05: of ten emergencies for which two desks press F2 at the same moment, each has one owner', async ({
  queue,
  openDesk,
}) => {
  const desks = [await openDesk({ profile: 'one' }), await openDesk({ profile: 'two' })];
  for (let round = 0; round < 10; round += 1) {
    const call = await queue.emergency({ title: `Round ${round}` });
    for (const desk of desks) await expect(desk.strip.card(call.id)).toBeVisible();
    await Promise.all(desks.map((desk) => desk.press('F2')));
    for (const desk of desks) {
      await expect(desk.strip.section).toContainText('No emergency waiting');
      await expect(desk.strip.section).not.toContainText('Taking…');
    }
    const { events } = await queue.history(call.id);
    expect(events).toEqual(['arrived', 'claimed']);
  }
  expect(await queue.auditFlaw()).toBeNull();
});

test('W-02, O-09, SO-04: an emergency that arrives while the handler types moves neither caret nor focus, scroll or selection; F7 silences it, F2 takes it, F4 goes back to the draft', async ({
  queue,
  desk,
}) => {
  const ids = [];
  for (let at = 0; at < 40; at += 1) ids.push((await queue.arrive({ title: `Call ${at}` })).id);
  const work = ids[30] ?? '';
  await expect(desk.status.line).toContainText('40');
  await desk.toList();
  await desk.press('Home', ...Array.from({ length: 30 }, () => 'j'));
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('Call 30');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('n');
  await desk.type('The caller says that the door was forced with a bar');
  await desk.press(...Array.from({ length: 10 }, () => 'ArrowLeft'));
  await desk.press('Shift+ArrowLeft', 'Shift+ArrowLeft', 'Shift+ArrowLeft');

  const scene = () =>
    desk.page.evaluate(() => {
      const field = document.activeElement as HTMLTextAreaElement;
      const scroller = document.querySelector('[data-testid="inbox-scroller"]');
      const selected = document.querySelector('[role="row"][aria-selected="true"]');
      return {
        focus: field.getAttribute('aria-label'),
        text: field.value,
        caret: [field.selectionStart, field.selectionEnd],
        scroll: scroller?.scrollTop,
        selected: selected?.getAttribute('data-contact-id'),
        selectedAt: selected?.getBoundingClientRect().top,
        fieldAt: field.getBoundingClientRect().top,
        tab: document.querySelector('[role="tab"][aria-selected="true"]')?.textContent,
      };
    });
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const before = await scene();
  expect(before).toMatchObject({ focus: 'Note', selected: work });
  expect(before.scroll).toBeGreaterThan(0);

  const first = await queue.emergency({ title: 'Man with a knife', place: 'The Galleria, Hatfield' });
  const second = await queue.emergency({ title: 'Second emergency' });
  await expect(desk.strip.card(first.id)).toContainText('Man with a knife');
  await expect(desk.strip.section).toContainText('+1 more');
  await expect(desk.work.pane).toContainText('Emergency waiting');
  await expect(desk.inbox.row(first.id)).toBeVisible();
  const after = await scene();
  // Rows that came above are not the handler's business: the selected one stays where the eye is (rule W-03).
  expect({ ...after, scroll: 0 }).toEqual({ ...before, scroll: 0 });
  // It sounds in the real window, and is silenced without leaving the words (rules SO-04, SO-07).
  await desk.press('F7');
  await expect(desk.status.lastAct).toContainText('Silent until the next emergency.');
  await expect(desk.status.line).not.toContainText('No sound');
  expect({ ...(await scene()), scroll: 0 }).toEqual({ ...before, scroll: 0 });
  await desk.page.screenshot({ path: 'test-results/pictures/emergency-while-typing.png' });

  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Man with a knife');
  await expect(desk.work.contact).toContainText('Yours since');
  await expect(desk.work.note).toBeFocused();
  await expect(desk.work.note).toHaveValue('');
  await expect(desk.strip.card(second.id)).toBeVisible();
  await desk.press('F4');
  await expect(desk.work.contact).toContainText('Call 30');
  await expect(desk.work.note).toBeFocused();
  const { text } = await desk.work.caret();
  expect(text).toBe(before.text);
});

test('O-04: whatever view and filter are chosen, open emergencies stand on top', async ({ queue, desk }) => {
  for (const channel of ['101-voice', 'web-chat', 'online-report'])
    await queue.arrive({ channel, title: `Plain ${channel}` });
  const first = await queue.emergency({ title: 'Older emergency' });
  const second = await queue.emergency({ title: 'Younger emergency' });
  await expect(desk.inbox.row(second.id)).toBeVisible();
  await desk.toList();
  for (const view of ['All', 'Mine', 'Calls', 'Chats', 'Online', 'Other']) {
    await expect(desk.inbox.view(view)).toHaveAttribute('aria-pressed', 'true');
    expect((await desk.inbox.order()).slice(0, 2)).toEqual([first.id, second.id]);
    for (const words of ['', 'no contact has these words']) {
      await desk.press('f');
      await desk.inbox.filter.fill(words);
      await desk.press('Enter');
      expect((await desk.inbox.order()).slice(0, 2)).toEqual([first.id, second.id]);
      await expect(desk.strip.card(first.id)).toBeVisible();
    }
    await desk.press('f');
    await desk.inbox.filter.fill('');
    await desk.press('Escape');
    await desk.rest();
    await desk.press('BracketRight');
  }
});
