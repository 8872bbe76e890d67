import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import { MINUTE } from '../../src/shared/domain/time.ts';
import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

const picture = (desk: DeskHandler, name: string) =>
  desk.page.screenshot({ path: `test-results/pictures/triage-${name}.png` });

const sheet = (desk: DeskHandler, name: string | RegExp) => desk.work.pane.getByRole('region', { name });

/** One part of a contact as the queue has it. */
async function partOf<T>(queue: E2eQueue, id: string, part: string): Promise<T | undefined> {
  const [row] = await queue.sql<{ part: T }>(`select body->'${part}' as part from contact where id = $1`, [
    id,
  ]);
  return row?.part;
}

/** Counts every key that comes down in the window, Ctrl, Alt and Shift with the key they are held for. */
async function countStrokes({ page }: DeskHandler): Promise<() => Promise<number>> {
  const strokes = await page.evaluateHandle(() => {
    const counted = { strokes: 0 };
    const held = new Set(['Control', 'Alt', 'Shift', 'Meta']);
    addEventListener('keydown', ({ key }) => (counted.strokes += held.has(key) ? 0 : 1), { capture: true });
    return counted;
  });
  return () => strokes.evaluate((counted) => counted.strokes);
}

const gradeOf = async (queue: E2eQueue, id: string) => (await queue.contact(id)).body.grade;

test('A2: from a ringing 999 to a graded contact and an open incident in at most twelve keys besides the words', async ({
  queue,
  desk,
}) => {
  const call = await queue.emergency({ title: 'Shouting, then silence', place: 'Fretherne Road' });
  await expect(desk.strip.card(call.id)).toBeVisible();
  const pressed = await countStrokes(desk);
  let keys = 0;
  const press = async (...strokes: readonly string[]): Promise<void> => {
    keys += strokes.length;
    await desk.press(...strokes);
  };

  await press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await press('Control+F2');
  const asked = desk.page.getByTestId('question-now');
  await expect(desk.page.getByRole('combobox', { name: 'Call type' })).toBeFocused();
  await desk.type('dom');
  await press('Enter');
  await expect(asked).toContainText('I have Fretherne Road');
  await press('y', '1');
  await expect(desk.page.getByRole('group', { name: 'Recommended grade' })).toContainText(
    'Recommended G1, immediate',
  );
  await picture(desk, 'questions');
  await desk.press('Control+Shift+d');
  await picture(desk, 'questions-night');
  await desk.press('Control+Shift+d');
  await press('Alt+g');
  await expect.poll(async () => gradeOf(queue, call.id)).toBe('G1');
  const graded = keys;

  await press('Escape');
  await desk.rest();
  await press('d');
  await expect(desk.page.getByRole('combobox', { name: 'Opening category' })).toBeFocused();
  await desk.type('dom');
  await press('Enter', 'Enter');
  await expect.poll(async () => (await queue.history(call.id)).events).toContain('incident-opened');
  expect(graded).toBeLessThanOrEqual(6);
  expect(keys).toBeLessThanOrEqual(12);
  // The window has had no other keys than these, the words, and the theme's twice.
  expect(await pressed()).toBe(keys + 'dom'.length * 2 + 2);

  // Somebody who knows no letter by heart and takes each key from the bar at the foot, the incident first.
  const next = await queue.emergency({ title: 'He has come back', place: 'Fretherne Road' });
  await expect(desk.strip.card(next.id)).toBeVisible();
  const from = await pressed();
  const bar = desk.page.getByRole('toolbar', { name: 'Keys' });
  await desk.press('F2');
  await expect(desk.work.contact).toContainText(next.ref);
  await expect(desk.work.note).toBeFocused();
  await expect(bar).toContainText('Ctrl+F6');
  await desk.press('Control+F6');
  await expect(desk.page.getByRole('combobox', { name: 'Opening category' })).toBeFocused();
  await desk.type('dom');
  await desk.press('Enter', 'Enter');
  await expect.poll(async () => (await queue.history(next.id)).events).toContain('incident-opened');
  await desk.press('Control+F2');
  await expect(desk.page.getByRole('combobox', { name: 'Call type' })).toBeFocused();
  // Offered by the category.
  await desk.press('Enter');
  await expect(asked).toContainText('I have Fretherne Road');
  await desk.press('y', '1', 'Alt+g');
  await expect.poll(async () => gradeOf(queue, next.id)).toBe('G1');
  expect((await pressed()) - from - 'dom'.length).toBeLessThanOrEqual(12);
  const gradings = await partOf<{ reason: string }[]>(queue, call.id, 'gradings');
  expect(gradings?.at(-1)?.reason).toContain('[feared-one-near]');
  const [version] = (await partOf<{ entry: { callType: string } }[]>(queue, call.id, 'triage')) ?? [];
  expect(version?.entry.callType).toBe('domestic');
});

test('A11: a grade follows the risk alone, whoever is free; a lower one asks why, and who must agree stands there before', async ({
  queue,
  desk,
  openDesk,
}) => {
  // Both calls say the same; for one nobody is free, for the other a second desk is.
  const recommended = async (id: string): Promise<string> => {
    await desk.openAndClaim(id);
    await desk.press('q');
    await desk.type('dom');
    await desk.press('Enter', 'Tab', '1');
    const words = desk.page.getByRole('group', { name: 'Recommended grade' }).getByText(/^Recommended G/);
    await expect(words).toBeVisible();
    const text = (await words.textContent()) ?? '';
    await desk.press('Escape');
    await desk.rest();
    return text;
  };
  const first = await queue.arrive({ title: 'First call' });
  const alone = await recommended(first.id);
  const leader = await openDesk({ profile: 'leader', who: '4001' });
  const second = await queue.arrive({ title: 'Second call' });
  expect(await recommended(second.id)).toBe(alone);

  await desk.press('p', '1', 'Enter');
  await expect.poll(async () => gradeOf(queue, second.id)).toBe('G1');
  await desk.rest();
  await desk.press('p', '4');
  const grading = desk.work.form('Grade G4, scheduled');
  await expect(grading).toContainText('G4 is lower than G1');
  await expect(grading).toContainText('A mentor or team leader must agree; until then G1 stands.');
  await desk.type('He has been arrested');
  await desk.press('Enter');
  await expect(grading.getByRole('textbox', { name: 'Information' })).toBeFocused();
  await desk.type('The officer on scene says so');
  await desk.press('Tab');
  await desk.type('None tonight: he is in custody');
  await desk.press('Tab', 'Tab');
  await desk.type('Keep G1 and send a second car');
  await desk.press('Tab');
  await desk.type('A visit tomorrow is enough');
  await picture(desk, 'lower-grade');
  await desk.press('Control+Enter');
  await expect.poll(async () => (await queue.history(second.id)).events.at(-1)).toBe('grade-asked');
  expect(await gradeOf(queue, second.id)).toBe('G1');

  await leader.select(second.id);
  await leader.press('Enter', 'Shift+A');
  const word = sheet(leader, /your word$/);
  await expect(word).toContainText('None tonight: he is in custody');
  await picture(leader, 'agree');
  await leader.press('1');
  await leader.type('Read; custody confirms it');
  await leader.press('Enter');
  await expect.poll(async () => gradeOf(queue, second.id)).toBe('G4');
  // The look at the risk that a lower grade asks for is the badge; both are said.
  await expect(desk.inbox.row(second.id)).toHaveAttribute('aria-label', /tell caller/i);
  await desk.rest();
  await desk.press('Shift+U');
  await desk.type('By telephone: a visit tomorrow at ten');
  await desk.press('Enter');
  await expect.poll(async () => (await queue.history(second.id)).events.at(-1)).toBe('discharged');
});

test('A12, T-17: a lost line, and a target that comes near with nobody there, each ask for another look, on the row and on top of the questions; only that settles it', async ({
  queue,
  desk,
}) => {
  const key = (JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as { readonly demo: string }).demo;
  const callId = `bt-${randomUUID()}`;
  let n = 0;
  const tell = async (event: string, told: Readonly<Record<string, unknown>> = {}): Promise<string> => {
    n += 1;
    const answer = await fetch(`http://127.0.0.1:${queue.port}/intake/telephony/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event, callId, n, at: Date.now(), ...told }),
    });
    const body = (await answer.json()) as { readonly id: string };
    expect(answer.status, JSON.stringify(body)).toBeLessThan(300);
    return body.id;
  };
  const id = await tell('ring', {
    line: 'mobile',
    channel: '999-voice',
    number: '07700 900114',
    zone: 'Stevenage',
  });
  await tell('answer');
  await expect(desk.strip.card(id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('Control+F2');
  await desk.type('dom');
  await desk.press('Enter', 'Alt+g');
  await expect.poll(async () => gradeOf(queue, id)).toBe('G2');
  const again = desk.page.getByRole('status', { name: 'Look again' });
  await expect(again).toHaveText('');
  const box = await again.boundingBox();

  await tell('drop');
  await expect(again).toContainText('The line has gone; look at the risk again before ringing back.');
  expect(await again.boundingBox()).toEqual(box);
  await picture(desk, 'look-again');
  // Something has to be weighed: the next question but one is answered.
  await desk.press('Tab', '2', 'y', 'Control+Enter');
  await expect(sheet(desk, 'Questions and THRIVE')).toHaveCount(0);
  await expect
    .poll(async () =>
      (await partOf<{ kind: string; done: unknown }[]>(queue, id, 'duties'))?.map(
        ({ done }) => done !== null,
      ),
    )
    .toEqual([true]);
  const looks = async () => (await partOf<unknown[]>(queue, id, 'triage'))?.length ?? 0;
  const before = await looks();
  expect(before).toBeGreaterThanOrEqual(2);

  // A quarter of an hour before the target of G2, and nobody has gone: the row says so by itself, in its place, whatever is done meanwhile.
  const row = desk.inbox.row(id);
  const near = /Target near: look at the risk again/;
  await expect(row).toHaveAttribute('aria-label', /Grade G2/);
  await expect(row).not.toHaveAttribute('aria-label', near);
  const place = await row.boundingBox();
  await queue.kill();
  await queue.start({ aheadMs: 46 * MINUTE });
  await expect(row).toHaveAttribute('aria-label', near, { timeout: 20_000 });
  await desk.isLive();
  expect(await row.boundingBox()).toEqual(place);
  await picture(desk, 'target-near');
  await desk.press('Control+F2');
  await expect(again).toContainText(
    'Look again. Nobody has attended and the target is near; look at the risk again.',
  );
  await desk.press('Tab', '1', 'Control+Enter');
  await expect(sheet(desk, 'Questions and THRIVE')).toHaveCount(0);
  await expect(row).not.toHaveAttribute('aria-label', near);
  await expect.poll(looks).toBeGreaterThan(before);
  // It is pushed back for a look, and graded by a person alone.
  expect(await gradeOf(queue, id)).toBe('G2');
});

test('T-20, T-21: a major incident is told to every desk in a line that is always there; a hurt caller is an emergency of their own', async ({
  queue,
  desk,
  openDesk,
}) => {
  const other = await openDesk({ profile: 'other', who: '3001' });
  const first = await queue.arrive({ title: 'Coach on its side' });
  await desk.openAndClaim(first.id);
  await desk.press('Control+m');
  await desk.type('A414 collision');
  await desk.press('Tab');
  await desk.type('declared by the ambulance service');
  await desk.press('Tab');
  await desk.type('A414 eastbound at Hertford');
  await desk.press('Tab');
  await desk.type('coach and three cars');
  await desk.press('Enter');
  expect((await queue.history(first.id)).events).toEqual(['arrived', 'claimed']);
  await picture(desk, 'methane');
  await desk.press('Enter');
  const line = other.page.getByRole('region', { name: 'Major incident' });
  await expect(line).toContainText('Major incident: A414 collision.');
  const hurt = await queue.arrive({ title: 'My leg is trapped' });
  await other.openAndClaim(hurt.id);
  await expect(line).toContainText('Is this call about it?');
  await picture(other, 'major-line');
  await other.press('x', '3');
  await expect.poll(async () => gradeOf(queue, hurt.id)).toBe('G1');
  await expect.poll(async () => (await queue.history(hurt.id)).events).toContain('linked');
  await expect(line).toContainText('Where exactly are you?');
});
