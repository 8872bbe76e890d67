import { expect, lastContact, NEUTRAL, test } from './fixtures.ts';

test('CH-01, CH-03, WP-45 to WP-47, WP-52, X-02: a chat from page to desk and back, with either network away for a while and our program begun anew: no line is lost or doubled, and each side knows how far its lines have come', async ({
  programs: { queue, wire, pages },
  desk,
  somebody,
}) => {
  const { work } = desk;
  const jo = await somebody();
  await jo.beginChat({ name: 'Jo', safe: 'I am not sure' });
  await jo.writes('There is shouting next door.');
  await expect(jo.marks).toHaveText(['With the control room']);
  const { id } = await lastContact(queue, 'web-chat');

  await test.step('A1, CH-03: each side sees the other write, and how far its lines have come', async () => {
    await desk.openAndClaim(id);
    await expect(jo.standing).toContainText('A call handler is here.');
    await desk.press('t');
    await desk.type('Are you safe now?');
    await expect(jo.page.locator('#typing')).toHaveText('The call handler is typing');
    await desk.press('Enter');
    await expect(jo.ours).toHaveText(['Are you safe now?']);
    await expect(jo.marks).toHaveText(['Answered']);
    await expect(work.notes.last()).toContainText(/seen, sent/u);
    await jo.box.pressSequentially('Yes, I am');
    await expect(work.pane).toContainText('They are typing…');
    await jo.page.keyboard.press('Enter');
    await expect(jo.marks.last()).toHaveText('With the control room');
    await expect(work.notes.last()).toContainText('Yes, I am');
  });

  await test.step('A5: their network is away: the desk says that the connection is lost, nothing ends, and what either writes waits', async () => {
    pages.network.cut();
    await jo.writes('It has gone quiet.');
    await jo.writes('Are you there?');
    await expect(jo.marks.nth(2)).toHaveText(/Not sent yet/);
    // Half a minute of the program's own clock, and its next round.
    await expect(work.pane).toContainText(/Connection lost .* ago/u, { timeout: 40_000 });
    await desk.type('I am still here.');
    await desk.press('Enter');
    await expect(work.notes.last()).toContainText(/received.*I am still here/u);
    pages.network.mend();
    await expect(jo.ours).toHaveText(['Are you safe now?', 'I am still here.']);
    await expect(work.notes.last()).toContainText('Are you there?');
    await expect(work.pane).not.toContainText('Connection lost');
    await expect(jo.network).toHaveText('The connection is back.');
  });

  await test.step('A10, X-02: the handler’s link is away: what is written is kept, half a line stays in the field', async () => {
    wire.cut();
    await desk.type('Which house is it?');
    await desk.press('Enter');
    await expect(work.notes.last()).toContainText(/kept here.*Which house/u);
    await desk.type('Half a wo');
    await jo.writes('Number 9.');
    await expect(jo.marks.last()).toHaveText('With the control room');
    wire.mend();
    await expect(jo.ours).toHaveText(['Are you safe now?', 'I am still here.', 'Which house is it?']);
    await expect(work.notes.filter({ hasText: 'Number 9.' })).toHaveCount(1);
    await expect(work.message).toHaveValue('Half a wo');
    await desk.press('Control+a', 'Delete');
  });

  await test.step('WP-52: the pages’ program is ended as by a power cut: the chat goes on with every line, and the page need not be touched', async () => {
    await pages.kill();
    await jo.writes('He is back.');
    await desk.type('Stay inside.');
    await desk.press('Enter');
    await expect(jo.marks.last()).toHaveText(/Not sent yet/);
    await pages.start();
    await expect(jo.ours.last()).toHaveText('Stay inside.');
    await expect(work.notes.filter({ hasText: 'He is back.' })).toHaveCount(1);
    await jo.page.reload();
  });

  const theirs = [
    ...['There is shouting next door.', 'Yes, I am', 'It has gone quiet.', 'Are you there?'],
    ...['Number 9.', 'He is back.'],
  ];
  const ours = ['Are you safe now?', 'I am still here.', 'Which house is it?', 'Stay inside.'];
  await expect(jo.own).toHaveText(theirs);
  await expect(jo.ours).toHaveText(ours);
  for (const line of [...theirs, ...ours]) await expect(work.notes.filter({ hasText: line })).toHaveCount(1);
  const [record] = await queue.sql<{ said: string[] }>(
    `select array(select m->>'text' from jsonb_array_elements(body::jsonb->'messages') m) as said from contact where id = $1`,
    [id],
  );
  expect(record?.said.filter((text) => theirs.includes(text))).toEqual(theirs);

  await test.step('A5: a normal end is told as one, and what is in the box then stays there, told as not sent', async () => {
    await jo.box.fill('One more thing');
    await desk.press('Control+Shift+E', '1');
    await expect(jo.network).toContainText('This chat is over. What stands in the box below was NOT sent.');
    await expect(jo.box).toHaveValue('One more thing');
    await jo.page.getByRole('link', { name: 'See how it ended' }).click();
    await expect(jo.page.getByRole('heading', { name: 'The chat has ended' })).toBeVisible();
    await expect(work.pane).toContainText('The chat is over');
    await expect(work.pane).not.toContainText('safety exit');
  });
  expect(await queue.auditFlaw()).toBeNull();
});

test('CH-07, WP-42, WP-50, WP-51 (E08): a question becomes an emergency and ends by the safety exit: the row comes up, the desk says not to write, and nothing goes out after', async ({
  programs: { queue },
  desk,
  somebody,
}) => {
  const { page, work } = desk;
  const nettie = await somebody();
  await nettie.beginChat({ name: 'Nettie' });
  const before = await lastContact(queue, 'web-chat');
  await nettie.writes('question about an order');
  await expect(nettie.page.getByRole('button', { name: 'None of these' })).toBeVisible();
  await nettie.writes('hes outside banging on the door');
  await expect.poll(async () => (await lastContact(queue, 'web-chat')).id).not.toBe(before.id);
  const { id } = await lastContact(queue, 'web-chat');
  await test.step('A14: the row says that it is to be looked at first', async () => {
    await desk.select(id);
    await expect(page.getByRole('group', { name: 'Chosen contact' })).toContainText('Look first');
  });
  await desk.openAndClaim(id);
  await desk.press('Shift+E');
  await expect(page.getByRole('textbox', { name: 'Reason' }).first()).toBeFocused();
  await desk.type('He is at her door');
  await desk.press('Enter');
  await expect(desk.inbox.row(id).or(desk.strip.card(id)).first()).toHaveAttribute('data-contact-id', id);
  await expect.poll(async () => (await queue.history(id)).events).toContain('promoted');
  await desk.press('t');
  await desk.type('Go upstairs and lock the door.');
  await desk.press('Enter');
  await expect(nettie.ours).toHaveText(['Go upstairs and lock the door.']);
  await nettie.box.fill('hes in the hall hav');
  await nettie.page.keyboard.press('Escape');
  await nettie.page.waitForURL(NEUTRAL);
  await expect(page.getByRole('note', { name: 'Safety exit' }).first()).toContainText(
    /Left by the safety exit \d\d:\d\d:\d\d: do not message, ring or e-mail until checked/u,
  );
  await test.step('A5: nothing can be sent now: the words stay in the field', async () => {
    await expect(work.message).toBeFocused();
    await desk.type('Are you there?');
    await desk.press('Enter');
    await expect(work.message).toHaveValue('Are you there?');
    expect((await queue.history(id)).events.filter((kind) => kind === 'replied')).toHaveLength(1);
    await desk.press('Control+a', 'Delete');
  });
  await test.step('WP-50: their browser holds nothing of it, and Back shows nothing', async () => {
    await nettie.page.goBack();
    await expect(nettie.page.locator('body')).not.toContainText(/banging|upstairs|hes in/);
    expect(await nettie.page.context().cookies()).toEqual([]);
  });
});
