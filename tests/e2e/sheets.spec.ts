import { demoAccount, USUAL_NUMBER } from '../harness/demo-accounts.ts';
import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

/** Each sheet by the key that opens it from anywhere on a contact, also from another sheet. */
const sheets = [
  ['triage', 'Control+F2'],
  ['grade', 'Shift+F3'],
  ['place', 'Control+F12'],
  ['call-back', 'Shift+F9'],
  ['listen', 'Control+F9'],
  ['link', 'Control+F11'],
  ['incident', 'Control+F6'],
  ['close', 'Shift+F4'],
  ['pass', 'Control+F3'],
  ['major', 'Control+m'],
] as const;

/** The screens of the room, and a window that is not the whole of one. Pixels. */
const sizes = [
  { width: 1920, height: 1080 },
  { width: 1920, height: 960 },
  { width: 1366, height: 768 },
] as const;

const sheet = (desk: DeskHandler) => desk.work.pane.locator('section[data-focus="sheet"]');
const button = (desk: DeskHandler) => sheet(desk).locator('footer [data-sheet-act]');

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The smallest window the desk is worked in. Pixels. */
const SMALLEST: Size = { width: 1280, height: 720 };

/** Where the six letters, the question to put now and the recommended grade stand: each seen whole, and nobody has rolled. */
async function thriveInSight(desk: DeskHandler, size: Size): Promise<readonly unknown[]> {
  const parts = [
    ...(await sheet(desk).locator('[data-letter]').all()),
    desk.page.getByTestId('question-now'),
    sheet(desk).getByRole('group', { name: 'Recommended grade' }),
  ];
  expect(parts).toHaveLength(8);
  for (const part of parts) await expect(part, `at ${size.height}`).toBeInViewport({ ratio: 0.99 });
  expect(await sheet(desk).evaluate((own) => own.querySelector('[data-sheet-body]')?.scrollTop)).toBe(0);
  return Promise.all(parts.map((part) => part.boundingBox()));
}

async function resize({ window, page }: DeskHandler, size: Size): Promise<void> {
  await window.app.evaluate(({ BrowserWindow }, { width, height }) => {
    const [own] = BrowserWindow.getAllWindows();
    own?.unmaximize();
    own?.setBounds({ x: 0, y: 0, width, height });
  }, size);
  // The system may take a pixel for an edge of its own.
  const off = () =>
    page.evaluate(([w, h]) => Math.abs(innerWidth - w) + Math.abs(innerHeight - h), [
      size.width,
      size.height,
    ] as const);
  await expect.poll(off).toBeLessThanOrEqual(4);
}

test('W-25, W-26, W-27, T-01: every sheet shows its act and THRIVE its six letters without rolling at each size of window, goes to the next by its key, and stands still when it has come', async ({
  queue,
  desk,
}) => {
  test.setTimeout(240_000);
  const call = await queue.emergency({
    title: 'Shouting, then silence',
    place: 'Fretherne Road, Welwyn Garden City',
    caller: { name: 'Ann Marsh', number: '01632 960123', address: null },
    account: 'He is back and he is shouting. There is a child upstairs.',
  });
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  for (const size of sizes) {
    await resize(desk, size);
    for (const theme of ['day', 'night'] as const) {
      for (const [kind, key] of sheets) {
        await desk.press(key);
        await expect(button(desk), `${kind} at ${size.height}`).toBeVisible();
        const at = await button(desk).boundingBox();
        const within = await sheet(desk).boundingBox();
        expect(at !== null && within !== null && at.y + at.height <= within.y + within.height, kind).toBe(
          true,
        );
        expect(
          await button(desk).evaluate((own) => {
            const { x, y, width, height } = own.getBoundingClientRect();
            return own.contains(document.elementFromPoint(x + width / 2, y + height / 2));
          }),
          `${kind} at ${size.height}: nothing lies over its act`,
        ).toBe(true);
        // Whatever is read for it later takes its place without moving the act.
        await desk.rest();
        expect(await button(desk).boundingBox(), `${kind} at ${size.height} stands still`).toEqual(at);
        if (kind === 'triage') await thriveInSight(desk, size);
        await desk.page.screenshot({
          path: `test-results/pictures/sheet-${kind}-${size.height}-${theme}.png`,
        });
      }
      await desk.press('Control+Shift+d');
    }
  }
  // In the smallest window too, with answers given; and a letter that is being written moves nothing.
  await resize(desk, SMALLEST);
  await desk.press('Control+F2');
  await desk.type('dom');
  await desk.press('Enter', 'y', '1');
  const before = await thriveInSight(desk, SMALLEST);
  await desk.page.screenshot({ path: 'test-results/pictures/sheet-triage-720.png' });
  for (const letter of ['v', 't'] as const) {
    await desk.press(`Alt+${letter}`);
    expect(await thriveInSight(desk, SMALLEST), letter).toEqual(before);
    await desk.page.screenshot({ path: `test-results/pictures/sheet-triage-720-${letter}.png` });
  }
  await desk.press('Escape', 'Escape');
  await expect(desk.work.contact).toBeFocused();
});

test('W-27: on a low screen what a key goes to is rolled into sight, and the act of a filled sheet stays at the foot', async ({
  queue,
  desk,
}) => {
  const call = await queue.emergency({
    title: 'Shouting, then silence',
    place: 'Fretherne Road, Welwyn Garden City',
    caller: { name: 'Ann Marsh', number: '01632 960123', address: null },
  });
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await resize(desk, sizes[2]);
  /** What has the focus is seen whole between the head and the foot. */
  const isInSight = async (what: string): Promise<void> => {
    const seen = await sheet(desk).evaluate((own) => {
      const body = own.querySelector('[data-sheet-body]')?.getBoundingClientRect();
      const at = document.activeElement?.getBoundingClientRect();
      return body !== undefined && at !== undefined && at.top >= body.top && at.bottom <= body.bottom;
    });
    expect(seen, what).toBe(true);
    await desk.page.screenshot({ path: `test-results/pictures/low-${what}.png` });
  };
  await desk.press('Shift+F9', 'y', '1', '1');
  await isInSight('ring-back-words');
  await desk.press('Control+F11');
  await desk.type('shouting');
  await desk.press('Enter');
  await isInSight('link-what-is-new');
  await desk.press('Control+F12');
  await desk.type('Fretherne Road');
  await expect(sheet(desk).getByRole('option').first()).toBeVisible();
  await desk.press('Enter');
  await expect(sheet(desk).getByRole('group', { name: 'Read back' })).toBeFocused();
  await isInSight('read-back');
  await expect(
    sheet(desk)
      .locator('footer')
      .getByRole('button', { name: /^Caller agrees/ }),
  ).toBeInViewport();
  await desk.press('Shift+F3', '2');
  await desk.type('a fight');
  await desk.press('Control+Enter');
  await expect(desk.work.contact).toBeFocused();
  await desk.press('Shift+F3', '4');
  await desk.type('it is over');
  await desk.press('Enter');
  await isInSight('rationale');
  await desk.press('Control+F2');
  await desk.type('dom');
  await desk.press('Enter');
  await isInSight('question');
  await desk.press('Alt+e');
  await isInSight('letter');
});

test('W-28: the lock gives back the field of a sheet with its caret', async ({ queue, desk }) => {
  const call = await queue.emergency({ title: 'Shouting, then silence', place: 'Fretherne Road' });
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  await desk.press('Shift+F9', 'y', '1', '1');
  await desk.type('her sister answered, all is well');
  await desk.press('Control+ArrowLeft', 'Control+ArrowLeft');
  const field = sheet(desk).getByRole('textbox', { name: /^Who answered/ });
  const caret = () => field.evaluate((own: HTMLTextAreaElement) => [own.selectionStart, own.value]);
  const before = await caret();
  await desk.press('Control+l');
  await expect(sheet(desk)).toHaveCount(0);
  await desk.session.pin.fill(demoAccount(USUAL_NUMBER).pin);
  await desk.press('Enter');
  await expect(field).toBeFocused();
  expect(await caret()).toEqual(before);
  await desk.type('and ');
  expect((await caret())[1]).toContain('and is well');
});
