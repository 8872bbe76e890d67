import { expect, test } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

const LONG = 'Has found camera pictures for an earlier report of a burglary next door';

/** How many characters of a row's title stand on screen. */
const shownCharacters = (desk: DeskHandler, id: string): Promise<number> =>
  desk.inbox.row(id).evaluate((row) => {
    const title = row.querySelector('[data-column="what"] > :first-child');
    const text = title?.firstChild;
    if (title === null || text === null || text === undefined) return 0;
    const { right } = title.getBoundingClientRect();
    const range = document.createRange();
    for (let end = text.textContent?.length ?? 0; end > 0; end -= 1) {
      range.setStart(text, 0);
      range.setEnd(text, end);
      // The sign that something is cut takes the room of two.
      if (range.getBoundingClientRect().right <= right) return end - 2;
    }
    return 0;
  });

/** What is in the key bar's row: the words of each key that can be seen, and whether all of it can. */
const shownKeys = (
  desk: DeskHandler,
): Promise<readonly { readonly words: string; readonly isWhole: boolean }[]> =>
  desk.status.keyBar.evaluate((bar) => {
    const { bottom, right } = bar.getBoundingClientRect();
    const buttons = [...bar.querySelectorAll('button')];
    const boxes = buttons.map((each) => each.getBoundingClientRect());
    return buttons
      .map((each, at) => ({ words: each.textContent, box: boxes[at] ?? new DOMRect() }))
      .filter(({ box }) => box.top < bottom)
      .map(({ words, box }, at, all) => ({
        words,
        isWhole: box.bottom <= bottom && box.right <= Math.min(right, all[at + 1]?.box.left ?? right),
      }));
  });

test('W-30, W-31, W-32: at every usual width titles can be read, the key bar cuts no word, and a call in the queue does not ring', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ title: LONG, channelState: 'queued' });
  await queue.emergency();
  await desk.select(call.id);
  await expect(desk.inbox.state(call.id)).toHaveText('In the queue');
  await desk.press('Enter');
  await expect(desk.work.contact).toContainText('in the 101 queue · under 1 min');
  await desk.press('Escape', 'Escape');
  const offered: boolean[] = [];
  for (const [width, least] of [
    [1366, 22],
    [1440, 25],
    [1600, 28],
    [1920, 28],
  ] as const) {
    await desk.page.setViewportSize({ width, height: width === 1366 ? 768 : 900 });
    await expect.poll(() => desk.page.evaluate(() => innerWidth)).toBe(width);
    await expect.poll(() => shownCharacters(desk, call.id), `at ${width}`).toBeGreaterThanOrEqual(least);
    const keys = await shownKeys(desk);
    expect(keys.filter(({ isWhole }) => !isWhole)).toEqual([]);
    expect([keys[0]?.words, keys.at(-1)?.words]).toEqual(['F2 take emergency', '… F1 keys']);
    offered.push(keys.some(({ words }) => words.includes('takes it back')));
  }
  expect(offered[0], 'the claim could be taken back beside whole keys').toBe(true);
});
