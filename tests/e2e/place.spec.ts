import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { aBody, post } from '../harness/arrivals.ts';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import { expect, test } from './fixtures.ts';

/** The sheet in which a place is found. */
class PlaceSheet {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get section() {
    return this.#page.getByRole('region', { name: 'Find the place' });
  }
  get field() {
    return this.section.getByRole('combobox', { name: 'Where is it?' });
  }
  get chosen() {
    return this.section.getByRole('option', { selected: true });
  }
  get options() {
    return this.section.getByRole('option');
  }
  get readBack() {
    return this.section.getByRole('group', { name: 'Read back' });
  }
  get map() {
    return this.section.getByRole('img', { name: /^Sketch map/ });
  }
  /** What is known of the place beside the open contact. */
  get facts() {
    return this.#page.getByRole('article', { name: 'Facts' }).getByRole('region', { name: 'Place' });
  }

  /** Words, caret, list, chosen line, and where everything stands. */
  async standing(): Promise<unknown> {
    const field = await this.field.evaluate((input: HTMLInputElement) => ({
      typed: input.value,
      caret: [input.selectionStart, input.selectionEnd],
      hasFocus: input === document.activeElement,
    }));
    const boxes = [];
    for (const part of [this.field, this.options.first(), this.chosen, this.options.last(), this.map])
      boxes.push(await part.boundingBox());
    return {
      field,
      boxes,
      options: await this.options.allTextContents(),
      chosen: await this.chosen.textContent(),
    };
  }
}

/** The telephone network tells later where the handset is, past the program and by the public door. */
function network(queue: E2eQueue) {
  const intakeUrl = `http://127.0.0.1:${queue.port}/intake`;
  const { demo: intakeKey } = JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as {
    readonly demo: string;
  };
  return {
    async rings(key: string, over: Readonly<Record<string, unknown>>): Promise<{ readonly id: string }> {
      const answer = await post({ intakeUrl, intakeKey }, aBody({ channel: '999-voice', ...over }), { key });
      return answer.body as { readonly id: string };
    },
    async locates(key: string, location: Readonly<Record<string, unknown>>): Promise<void> {
      const at = Date.now() - 17_000;
      const { status } = await fetch(`${intakeUrl}/contacts/${key}/updates`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${intakeKey}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify({
          kind: 'location',
          at,
          location: { method: 'aml', at, place: null, ...location },
        }),
      });
      expect(status).toBeLessThan(300);
    },
  };
}

const spotsOf = async (queue: E2eQueue, id: string): Promise<unknown> =>
  (await queue.sql<{ spots: unknown }>("select body->'spots' as spots from contact where id = $1", [id]))[0]
    ?.spots;

test('A3, PL-60: the handset’s own location comes while a place is being typed, and moves nothing; Alt+1 takes it', async ({
  queue,
  desk,
}) => {
  const wire = network(queue);
  const key = randomUUID();
  const { id } = await wire.rings(key, { title: 'Man with a knife', place: null });
  await expect(desk.strip.card(id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
  const sheet = new PlaceSheet(desk.page);
  // The note has the focus now, where a letter is a letter.
  await desk.press('Control+F12');
  await expect(sheet.field).toBeFocused();
  await desk.type('high str');
  await expect(sheet.map).toBeVisible();
  await desk.press('ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowLeft');
  await expect(sheet.section).toContainText('No machine has told a location.');
  const before = await sheet.standing();
  // Of equal names the nearer comes first (rule PL-16): not while a list is being read.
  await wire.locates(key, { latitude: 51.9032, longitude: -0.1895, radiusMetres: 22 });
  await expect(sheet.section).toContainText(/AML 22 m, \d+ s ago: near Larkmere Close, Stevenage/);
  expect(await sheet.standing()).toEqual(before);
  await desk.page.screenshot({ path: 'test-results/pictures/day-place-late-location.png' });
  await desk.type('X');
  await expect(sheet.field).toHaveValue('high sXtr');
  await desk.press('Alt+1');
  await expect(sheet.readBack).toBeFocused();
  await expect(sheet.readBack).toContainText('Say back: near Larkmere Close, Stevenage.');
  await expect(sheet.field).toHaveValue('high sXtr');
  expect(await spotsOf(queue, id)).toEqual([]);
});

test('PL-62: from the opened contact to the agreed place: l, a few letters, Enter, y', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ place: null });
  await desk.openAndClaim(call.id);
  const sheet = new PlaceSheet(desk.page);
  await desk.press('l');
  await desk.type('14 larkm');
  await expect(sheet.chosen).toContainText('Larkmere Close, Stevenage');
  await desk.page.screenshot({ path: 'test-results/pictures/day-place-found.png' });
  await desk.press('Enter');
  await expect(sheet.readBack).toContainText('Say back: 14 Larkmere Close, in Stevenage.');
  await desk.press('Enter');
  await desk.type('first floor, blue door');
  await desk.press('Enter');
  await desk.page.screenshot({ path: 'test-results/pictures/day-place-read-back.png' });
  await desk.press('y');
  await expect(sheet.section).toHaveCount(0);
  await expect(sheet.facts).toContainText(
    /Agreed: Larkmere Close, Stevenage.*read back \d\d:\d\d:\d\d by desk 1/,
  );
  await expect(sheet.facts).toContainText('14, first floor, blue door');
  await expect(desk.inbox.row(call.id)).toContainText('Larkmere Close, Stevenage');
  await expect(desk.inbox.row(call.id)).not.toContainText('14');
  await expect
    .poll(() => spotsOf(queue, call.id))
    .toMatchObject([
      { words: 'Larkmere Close, Stevenage', detail: '14, first floor, blue door', readBack: true },
    ]);
  await expect(
    sheet.facts.getByRole('img', { name: /^Sketch map of Larkmere Close, Stevenage/ }),
  ).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/day-place-agreed.png' });
});

test('PL-22: a place in Enfield is the Met’s, and the call is taken all the same', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ place: null });
  await desk.openAndClaim(call.id);
  const sheet = new PlaceSheet(desk.page);
  await desk.press('Control+Shift+D', 'l');
  await desk.type('fallowgate');
  await expect(sheet.chosen).toContainText('Fallowgate Parade, Enfield');
  await expect(sheet.chosen).toContainText('Metropolitan Police');
  await desk.page.screenshot({ path: 'test-results/pictures/night-place-found.png' });
  await desk.press('Enter', 'Alt+s');
  await expect(sheet.readBack).toContainText(
    'This is in Enfield: the Met’s. Take the call fully, then Shift+T passes it on.',
  );
  await desk.page.screenshot({ path: 'test-results/pictures/night-place-read-back.png' });
  await desk.press('y');
  await expect
    .poll(() => spotsOf(queue, call.id))
    .toMatchObject([{ words: 'Fallowgate Parade, Enfield', readBack: true }]);
});

test('PL-12, X-01: with the link cut a place is found and kept here, and received when the link is back', async ({
  queue,
  desk,
}) => {
  const call = await queue.arrive({ place: null });
  await desk.openAndClaim(call.id);
  await queue.kill();
  await expect(desk.status.link).not.toContainText('Live', { timeout: 20_000 });
  const sheet = new PlaceSheet(desk.page);
  await desk.press('l');
  await desk.type('larkmere close');
  await expect(sheet.chosen).toContainText('Larkmere Close, Stevenage');
  await expect(sheet.map).toBeVisible();
  await desk.press('Enter', 'y');
  await expect(sheet.facts).toContainText('Agreed: Larkmere Close, Stevenage');
  await desk.page.screenshot({ path: 'test-results/pictures/day-place-offline.png' });
  await queue.start();
  await expect
    .poll(() => spotsOf(queue, call.id), { timeout: 30_000 })
    .toMatchObject([{ words: 'Larkmere Close, Stevenage', readBack: true }]);
});
