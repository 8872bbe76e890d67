import { expect, test } from './fixtures.ts';

test('C-14, W-05: a contact arrives, is painted, claimed, graded, noted and closed from the keyboard, and the rows in PostgreSQL say so', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: 'Shed broken into overnight', place: 'Barley Croft, Royston' });
  const next = await queue.arrive({ title: 'Somebody else waits' });
  await expect(desk.inbox.row(call.id)).toContainText('Shed broken into overnight');
  await expect(desk.inbox.state(call.id)).toHaveText('Ringing');

  await desk.openAndClaim(call.id);
  await expect(desk.inbox.state(call.id)).toHaveText('Mine');

  await desk.press('p', '3');
  await expect(desk.work.form('Grade G3, standard')).toBeVisible();
  await desk.type('Offender gone, scene can wait');
  await desk.press('Enter');
  await expect(desk.work.notes.first()).toContainText('Grade G3, standard: Offender gone, scene can wait');
  await expect(desk.work.notes.first()).toContainText('received');

  await desk.rest();
  await desk.press('n');
  await expect(desk.work.note).toBeFocused();
  await desk.type('Two bicycles taken, no forensics.');
  await desk.press('Control+Enter');
  await expect(desk.work.notes.nth(1)).toContainText('Two bicycles taken, no forensics.');
  await expect(desk.work.notes.nth(1)).toContainText('received');
  await expect(desk.work.note).toHaveValue('');

  await desk.rest();
  await desk.press('Escape');
  await desk.assess();
  await desk.rest();
  await desk.close('Message for the station, nothing to record');
  await expect(desk.status.lastAct).toContainText(`Closed ${call.ref}`);
  // Its row says so, and goes when the handler has gone on.
  await expect(desk.inbox.state(call.id)).toHaveText('Closed');
  await desk.select(next.id);
  await expect(desk.inbox.row(call.id)).toHaveCount(0);

  const { events, audit } = await queue.history(call.id);
  expect(events).toEqual(['arrived', 'claimed', 'graded', 'noted', 'triaged', 'closed']);
  expect(audit.filter((entry) => !entry.startsWith('consult'))).toEqual([
    'arrive applied',
    'claim applied',
    'grade applied',
    'note applied',
    'triage applied',
    'close applied',
  ]);
  // Reading it was logged too, once in the minute (rule C-12).
  expect(audit.filter((entry) => entry === 'consult applied').length).toBeGreaterThanOrEqual(1);
  const { state, owner, rev, body } = await queue.contact(call.id);
  expect({ state, owner, rev }).toEqual({ state: 'closed', owner: 1, rev: 6 });
  expect(body.grade).toBe('G3');
  expect(body.notes.map(({ text }) => text)).toEqual(['Two bicycles taken, no forensics.']);
  expect(body.closing).toMatchObject({
    outcome: 'not-police',
    reason: 'Message for the station, nothing to record',
  });
  expect(await queue.auditFlaw()).toBeNull();
});
