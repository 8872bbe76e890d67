import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { layWire } from '../harness/cuttable-wire.ts';
import { programFolder, programNode } from '../harness/e2e-program.ts';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

/** An hour of demand at ×20 passes in three minutes. Milliseconds. */
const SHIFT_MS = 180_000;
/** How long the network is away, the first time. Milliseconds. */
const DEAD_MS = 60_000;

/** Hertfordshire on a Saturday evening at ×20, through the public intake. */
function startDemand(queue: E2eQueue): Demand {
  const address = ['--queue', `http://127.0.0.1:${queue.port}`, '--key-file', queue.intakeKeyFile];
  const shape = ['--rate', '20', '--seed', '7', '--from', '2026-11-21T20:00'];
  const child = spawn(programNode, [join(programFolder, 'src/demand/index.ts'), ...address, ...shape], {
    cwd: programFolder,
    stdio: 'ignore',
  });
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  };
  return { end, [Symbol.asyncDispose]: end };
}

interface Demand extends AsyncDisposable {
  /** Nobody rings any more. */
  end(): Promise<void>;
}

/** What the handler has written, to be found again at the queue. */
class Written {
  readonly words: string[] = [];

  next(what: string): string {
    const words = `${what} (${this.words.length + 1})`;
    this.words.push(words);
    return words;
  }
}

/** Takes the oldest emergency, or else the first contact that nobody has; `false` when there is none. */
async function takeOne(desk: DeskHandler): Promise<boolean> {
  if ((await desk.strip.section.locator('[data-contact-id]').count()) > 0) await desk.press('F2');
  else if (await selectFree(desk)) await desk.press('Enter');
  else return false;
  await expect(desk.work.contact).toContainText('Yours since');
  return true;
}

async function untilTaken(desk: DeskHandler): Promise<void> {
  await expect.poll(() => takeOne(desk), { timeout: 60_000 }).toBe(true);
}

/** Goes down the list to the first contact that waits. */
async function selectFree(desk: DeskHandler): Promise<boolean> {
  await desk.toList();
  if ((await desk.inbox.rows.count()) === 0) return false;
  await desk.press('Home');
  for (let down = 0; down < 30; down += 1) {
    const state = await desk.inbox.selected.locator('[data-column="state"]').textContent();
    if (!/Mine|Closed|Desk|kept|…$/.test(state ?? '')) return true;
    await desk.press('j');
  }
  return false;
}

/** From whatever field the fingers are in to the contact itself, where letters are commands. */
async function toContact(desk: DeskHandler): Promise<void> {
  await desk.rest();
  const isInField = () =>
    desk.page.evaluate(() => /^(TEXTAREA|INPUT)$/.test(document.activeElement?.tagName ?? ''));
  while (await isInField()) await desk.press('Escape');
  await expect(desk.work.pane.locator(':focus')).toHaveCount(1);
}

/** The first contacts of the list that are not just leaving it, and back to the work. */
async function fromTheTop(desk: DeskHandler): Promise<readonly (string | null)[]> {
  await desk.toList();
  await desk.press('End', 'Home');
  await desk.rest();
  const order = await desk.inbox.order();
  const closed = await desk.inbox.rows
    .filter({ has: desk.page.locator('[data-column="state"]', { hasText: 'Closed' }) })
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-contact-id')));
  await desk.press('F6');
  return order.filter((id) => !closed.includes(id)).slice(0, 12);
}

async function toNote(desk: DeskHandler): Promise<void> {
  if (!(await desk.work.note.evaluate((field) => field === document.activeElement))) {
    await toContact(desk);
    await desk.press('n');
  }
  await expect(desk.work.note).toBeFocused();
}

async function note(desk: DeskHandler, words: string): Promise<void> {
  await toNote(desk);
  await desk.type(words);
  await desk.press('Control+Enter');
  await expect(desk.work.note).toHaveValue('');
  await expect(desk.work.notes.filter({ hasText: words })).toHaveCount(1);
}

/** What is on record about this caller leaves no grade but the first (rule T-13). */
const floored = /High-risk domestic abuse|Treat as urgent/;

async function gradeAndClose(desk: DeskHandler): Promise<void> {
  await toContact(desk);
  const grade = floored.test(await desk.work.pane.innerText()) ? '1' : '4';
  await desk.press('p', grade);
  await desk.type('Told how to report it');
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText(`Grade G${grade}`);
  await toContact(desk);
  await desk.close('Told whom to ask');
  await doWhatIsMissing(desk);
  await expect(desk.work.contact).toContainText('Closed by desk');
}

/** The sheet says what must be done before this contact may be closed: somebody rung back, the risk looked at (rule R-06). */
async function doWhatIsMissing(desk: DeskHandler): Promise<void> {
  const closing = desk.page.getByRole('region', { name: /^Close(,|$)/ });
  const missing = async (): Promise<string> => (await closing.allTextContents())[0] ?? 'closed';
  for (let done = 0; done < 4; done += 1) {
    // A key that came before the last act had been read is judged by it when it has been (rule W-27).
    await expect.poll(missing).toMatch(/^closed$|still missing/);
    const words = await missing();
    if (words === 'closed') return;
    if (words.includes('Urgent, and no incident was opened')) {
      // The key that was refused has gone to what is missing: no mouse is needed.
      await expect(desk.page.getByRole('textbox', { name: 'Why no incident was needed' })).toBeFocused();
      await desk.type('A car was there already');
      await desk.press('Control+Enter');
      continue;
    }
    await desk.press('Escape');
    if (words.includes('Write down an attempt first')) await ringBack(desk);
    else await desk.assess();
    await desk.press('Shift+F4', 'Control+Enter');
  }
}

async function ringBack(desk: DeskHandler): Promise<void> {
  await desk.press('Shift+F9', 'y', '1', '2');
  await desk.type('Rang out');
  await desk.press('Control+Enter');
  await expect(desk.page.getByRole('region', { name: 'Ring back' })).toContainText('1 attempt');
  await desk.press('Escape');
}

test('an hour of a Saturday evening at ×20 from the keyboard alone, the network lost twice and the program closed once: nothing is lost, and everything is explained', async ({
  queue,
  openDesk,
}) => {
  test.setTimeout(SHIFT_MS + 240_000);
  await using wire = await layWire(queue.deskUrl);
  const written = new Written();
  const began = performance.now();
  let desk = await openDesk({ queue: wire.url });
  await desk.isLive();
  // The mouse is unplugged: a click anywhere would be told.
  await desk.page.evaluate(() =>
    addEventListener('pointerdown', () => document.body.setAttribute('data-clicked', '')),
  );
  await using demand = startDemand(queue);
  await expect(desk.inbox.rows.first()).toBeVisible({ timeout: 30_000 });

  const workUntil = async (ms: number): Promise<void> => {
    while (performance.now() - began < ms) {
      if (!(await takeOne(desk))) {
        await desk.rest();
        continue;
      }
      await note(desk, written.next('Asked what happened and who is there'));
      await gradeAndClose(desk);
    }
  };

  await workUntil(40_000);

  // The network dies for a minute: nothing is said on the wire any more.
  await untilTaken(desk);
  const inFront = () => desk.work.pane.locator('[data-active="true"]').getAttribute('data-contact-id');
  const mine = await inFront();
  wire.hang();
  await expect(desk.status.link).toHaveAttribute('data-tone', 'down', { timeout: 20_000 });
  const died = performance.now();
  await desk.page.screenshot({ path: 'test-results/pictures/shift-red.png' });
  await note(desk, written.next('Written with the network dead'));
  while (performance.now() - died < DEAD_MS) await note(desk, written.next('Still talking to the caller'));
  expect(await inFront()).toBe(mine);
  wire.mend();
  await desk.isLive();
  await expect(desk.status.kept).toContainText('Kept here: 0', { timeout: 60_000 });
  const missed = desk.page.getByRole('region', { name: 'Missed' });
  await expect(missed).toContainText('While the link was down');
  await desk.page.screenshot({ path: 'test-results/pictures/shift-missed.png' });
  await gradeAndClose(desk);

  await workUntil(130_000);

  // Once more, and this time the program is closed and started while the queue cannot be reached.
  await untilTaken(desk);
  wire.cut();
  await expect(desk.status.link).toHaveAttribute('data-tone', /warning|down/, { timeout: 20_000 });
  const rows = await fromTheTop(desk);
  await note(desk, written.next('Written before the restart'));
  await toNote(desk);
  await desk.type('A half-typed sentence');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  const { data } = desk.window.start;
  await desk.window.close();
  desk = await openDesk({ queue: wire.url, data, who: null });
  await expect(desk.work.note).toHaveValue('A half-typed sentence');
  expect(await fromTheTop(desk)).toEqual(rows);
  await desk.page.screenshot({ path: 'test-results/pictures/shift-restarted.png' });
  wire.mend();
  await desk.isLive();
  await expect(desk.status.kept).toContainText('Kept here: 0', { timeout: 60_000 });
  await toNote(desk);
  await desk.press('Control+Enter');
  written.words.push('A half-typed sentence');
  await gradeAndClose(desk);

  await workUntil(SHIFT_MS);
  await demand.end();

  await desk.isLive();
  await expect(desk.status.kept).toContainText('Kept here: 0', { timeout: 60_000 });
  await expect(desk.status.outbox).toContainText('all received');
  for (const words of written.words) {
    const found = await queue.sql(
      `select count(*)::int as times from contact, jsonb_array_elements(body::jsonb -> 'notes') as note where note ->> 'text' = $1`,
      [words],
    );
    expect([words, found[0]?.['times']]).toEqual([words, 1]);
  }
  const open = await queue.sql<{ id: string }>(`select id from contact where state <> 'closed'`);
  const shown = async () => Number((await desk.inbox.view('All').textContent())?.replace(/\D/g, ''));
  await expect.poll(shown).toBe(open.length);
  expect(await desk.page.getAttribute('body', 'data-clicked')).toBeNull();
  expect(await queue.auditFlaw()).toBeNull();
  await desk.page.screenshot({ path: 'test-results/pictures/shift-end.png' });
});
