import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

test('P-06, P-07: without a printer Ctrl+P keeps a file that only this user can read, and sign-off removes it', async ({
  queue,
  desk,
}) => {
  await queue.emergency({ title: 'Somebody at the window' });
  const mine = await queue.arrive({
    title: 'Bicycle taken',
    account: 'It was locked. Somebody cut the chain.',
  });
  for (let n = 0; n < 12; n += 1) await queue.arrive({ title: `Music since midnight ${n}` });
  await desk.openAndClaim(mine.id);
  await desk.press('Control+p');
  await expect(desk.status.lastAct).toContainText('No printer: kept as a file until you sign off', {
    timeout: 30_000,
  });
  const folder = join(desk.window.folder, 'paper');
  const files = readdirSync(folder);
  expect(files).toHaveLength(1);
  const path = join(folder, files[0] ?? '');
  await expect(desk.status.lastAct).toContainText(path);
  expect(files[0]).toMatch(/^paper \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.pdf$/);
  const pdf = readFileSync(path, 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  // Three sheets of what is open, and each of the ten blank logs on a sheet of its own.
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(13);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  // The window itself shows nothing of it, before or after.
  await expect(desk.page.getByText('Paper log')).toHaveCount(0);
  mkdirSync('test-results/pictures', { recursive: true });
  copyFileSync(path, 'test-results/pictures/paper.pdf');
  const consulted = async () => (await queue.sql("select 1 from audit where act = 'consult'")).length;
  await expect.poll(consulted, { timeout: 20_000 }).toBeGreaterThanOrEqual(13);

  await desk.rest();
  await desk.press('r');
  await expect(desk.work.contact).toContainText('Nobody has it yet.');
  await desk.press('Control+Shift+q');
  await expect(desk.session.number).toBeVisible({ timeout: 10_000 });
  await expect.poll(() => existsSync(folder)).toBe(false);
});

test('P-01, P-02, P-05, P-08: a paper log is typed in: the queue has its number and every true time; the same number again is refused with its reference', async ({
  queue,
  desk,
}) => {
  const form = desk.page.getByRole('group', { name: 'Paper log' });
  const typeIn = async () => {
    await desk.press('Control+Shift+p');
    await desk.type('P01-0007');
    await form.getByLabel('Reached us at').fill('21/11/2025 23:50');
    await form.getByLabel('What it is about').fill('Shed broken into');
    await form.getByLabel('Time of line 1').fill('23:55');
    await form.getByLabel('Line 1: what was said or done').fill('Told to stay inside');
    await form.getByLabel('Line 1: what was said or done').press('Enter');
    await desk.type('00:10');
    await desk.press('Tab');
    await desk.type('Neighbour rang too');
    await form.getByLabel('Grade', { exact: true }).selectOption('G3');
    await form.getByLabel('Reason for the grade').fill('offender gone');
    await form.getByLabel('Outcome', { exact: true }).selectOption('passed-on');
    await form.getByLabel('Reason for the outcome').fill('to the crime desk');
  };
  await typeIn();
  await desk.page.screenshot({ path: 'test-results/pictures/paper-log-form.png' });
  await desk.press('Control+Enter');
  await expect(form).toHaveCount(0);
  await expect(desk.status.kept).toContainText('Kept here: 0');
  const [row] = await queue.sql<{
    ref: string;
    state: string;
    received: string;
    body: {
      paperLog: string;
      grade: string;
      notes: { text: string; happenedAt: number | null }[];
    };
  }>(
    "select body->>'ref' as ref, state, received_at as received, body from contact where body->>'title' = 'Shed broken into'",
  );
  expect(row).toMatchObject({
    // Its outcome is a note: closing asks for more than paper holds (rule P-08).
    state: 'owned',
    received: String(Date.UTC(2025, 10, 21, 23, 50)),
    body: {
      paperLog: 'P01-0007',
      grade: 'G3',
      notes: [
        { text: 'Told to stay inside', happenedAt: Date.UTC(2025, 10, 21, 23, 55) },
        { text: 'Neighbour rang too', happenedAt: Date.UTC(2025, 10, 22, 0, 10) },
        { text: 'Outcome on paper: passed on. to the crime desk', happenedAt: null },
      ],
    },
  });

  await typeIn();
  await desk.press('Control+Enter');
  await expect(form).toContainText(`Already written down, as ${row?.ref ?? ''}`);
  await expect(form.getByLabel('Line 2: what was said or done')).toHaveValue('Neighbour rang too');
});
