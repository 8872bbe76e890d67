import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { readScenario } from '../../src/scenario/scenario-file.ts';
import { programFolder } from '../harness/e2e-program.ts';
import type { E2eQueue, Receipt } from '../harness/e2e-queue.ts';
import { expect, test } from './fixtures.ts';

/** The n-th contact of a card as its source tells it, with the place that its telephone tells a moment later. */
async function arriveCard(queue: E2eQueue, card: string, n = 0): Promise<Receipt> {
  const path = join(programFolder, 'resources/scenarios', `${card}.yaml`);
  const { timeline } = readScenario(path, readFileSync(path, 'utf8')).value;
  const contact = timeline.flatMap((step) => step.contact ?? [])[n];
  if (contact === undefined) throw new Error(`no contact ${n} in ${card}`);
  const { channel, title, place, caller, account, language, flags } = contact;
  const location = timeline.find((step) => step.location !== undefined)?.location;
  const at = new Date(Date.now() - 1_000).toISOString();
  const told = location === undefined ? null : { ...location, of: undefined, at };
  return queue.arrive({ channel, title, place, caller, account, language, flags, location: told });
}

const related = (page: Page): Locator => page.getByRole('region', { name: 'May belong together' });
const linked = (page: Page): Locator => page.getByRole('region', { name: 'Linked' });
const known = (page: Page): Locator => page.getByRole('region', { name: 'To know' });

/** The digit under which a contact is suggested. */
async function digitOf(page: Page, { ref }: Receipt): Promise<string> {
  const one = related(page).getByRole('button').filter({ hasText: ref });
  await expect(one).toBeVisible();
  return /Ctrl\+Shift\+(\d)/.exec((await one.textContent()) ?? '')?.[1] ?? '';
}

test('A9, C-22 to C-24, AS-10, AS-14, AS-15: three calls on one crash are linked in one key each, the new injury raises the parent, nothing is hidden, and they part again', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  const parent = await arriveCard(queue, 'E04');
  const bleeding = await arriveCard(queue, 'E05');
  const walking = await arriveCard(queue, 'E06');
  await desk.openAndClaim(parent.id);
  await desk.press('Escape');

  await desk.openAndClaim(bleeding.id);
  await expect(related(page)).toContainText('Both name A414');
  await expect(page.getByRole('group', { name: 'At a glance' })).toContainText('Two-car crash');
  await desk.press('m', await digitOf(page, parent));
  await expect(linked(page)).toContainText(parent.ref);
  await expect(linked(page)).toContainText('injury');
  await expect(linked(page)).toContainText('direction conflict');
  // Nothing is hidden: both are on the list, each with its own words and its own owner.
  await expect(desk.inbox.row(bleeding.id)).toBeVisible();
  await expect(desk.inbox.row(parent.id)).toBeVisible();
  await expect(desk.work.contact).toContainText('blood all down her face');

  await desk.openAndClaim(walking.id);
  await desk.press('m', await digitOf(page, parent));
  await expect(linked(page)).toContainText('suspect');

  // The parent says so, in the row and on the record.
  await desk.select(parent.id);
  await desk.press('Enter');
  await expect(linked(page)).toContainText('Look at the risk again');
  await expect(desk.work.notes.filter({ hasText: bleeding.ref })).toContainText('injury');
  await expect(desk.work.notes.filter({ hasText: walking.ref })).toContainText('somebody leaving');
  await page.screenshot({ path: test.info().outputPath('parent.png') });
  const kept = await queue.contact(parent.id);
  const body = kept.body as unknown as {
    readonly duties: readonly { readonly because: string; readonly done: unknown }[];
    readonly marks: { readonly duties: readonly string[] };
    readonly flags: { readonly lookFirst: boolean };
  };
  expect([body.duties.map(({ because }) => because), body.marks.duties, body.flags.lookFirst]).toEqual([
    ['linked-adds-facts'],
    ['re-thrive'],
    true,
  ]);
  await expect(desk.inbox.row(parent.id)).toHaveAttribute('aria-label', /Look again/);

  // And parted again, with a reason, from the child.
  await desk.select(walking.id);
  await desk.press('Enter', 'm', '0');
  await expect(desk.work.form(`Part from ${parent.ref}`)).toBeVisible();
  await desk.type('Another van, on the A1001');
  await desk.press('Enter');
  await expect(desk.work.notes.last()).toContainText(`Parted from ${parent.ref}: Another van`);
  await expect(related(page)).toContainText(parent.ref);
  const { events } = await queue.history(parent.id);
  expect(events).toEqual(['arrived', 'claimed', 'joined', 'joined', 'parted']);
  expect(await queue.auditFlaw()).toBeNull();
});

test('A9, C-22, C-24, R-05: a repeat contact is added to its log by ISR in three keys, and its risk is looked at again', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  const first = await arriveCard(queue, 'E10');
  await desk.openAndClaim(first.id);
  await desk.rest();
  await desk.press('d');
  await desk.type('burglary other');
  await desk.press('Enter', 'Enter');
  const facts = page.getByRole('region', { name: 'Record' });
  await expect(facts).toContainText(/ISR 1 of \d+ \w+/);
  const [isr = ''] = /1 of \d+ [A-Z][a-z]+/.exec((await facts.textContent()) ?? '') ?? [];
  const again = await queue.arrive({
    title: 'More about the scratched car',
    account: 'A neighbour saw him.',
  });
  await desk.openAndClaim(again.id);
  await desk.press('m', 'm');
  const field = page.getByRole('combobox', { name: /ISR, crime number/ });
  await expect(field).toBeFocused();
  await desk.type(isr);
  await expect(page.getByRole('option')).toHaveCount(1);
  await page.screenshot({ path: test.info().outputPath('sheet.png') });
  await desk.press('Control+Enter');
  await expect(field).toHaveCount(0);
  await expect(linked(page)).toContainText(first.ref);
  await expect(linked(page)).toContainText('repeat');
  // Its log may be closed and on no list: the look at the risk is asked for here as well.
  for (const { id } of [first, again]) {
    await expect(desk.inbox.row(id)).toHaveAttribute('aria-label', /Look again/);
    const { duties } = (await queue.contact(id)).body as unknown as {
      readonly duties: readonly { readonly because: string; readonly done: unknown }[];
    };
    expect(duties).toMatchObject([{ because: 'linked-adds-facts', done: null }]);
  }
  await page.screenshot({ path: test.info().outputPath('repeat.png') });
});

test('A8, AS-16 to AS-19: who is on record, how often, and the plan are there in one glance; the plan asks its question first', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  for (const n of [0, 1]) await arriveCard(queue, 'E12', n);
  const last = await arriveCard(queue, 'E12', 18);
  await desk.openAndClaim(last.id);
  await expect(known(page)).toContainText('3 contacts in 24 hours from the same number');
  const plan = page.getByRole('region', { name: 'Agreed plan' });
  await expect(plan).toContainText('What is different today?');
  await expect(plan).not.toContainText('I have heard you');
  await desk.press('w');
  await desk.type('Slow voice, tablets named');
  await page.screenshot({ path: test.info().outputPath('plan.png') });
  await desk.press('Enter');
  await expect(plan).toContainText('I have heard you');
  await expect(plan).toContainText('Slow voice, tablets named');
  await page.screenshot({ path: test.info().outputPath('plan-answered.png') });
  const { events } = await queue.history(last.id);
  expect(events).toEqual(['arrived', 'claimed', 'triaged']);
});

test('AS-01, AS-02, AS-04, AS-08: what is written in Polish and what hides as damage are lifted, and their words marked as they were written', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  const calm = await queue.arrive({
    channel: 'web-chat',
    title: 'Bicycle',
    account: 'My bicycle was taken.',
  });
  const passport = await arriveCard(queue, 'E09');
  const car = await arriveCard(queue, 'E10');
  await expect(desk.inbox.row(car.id)).toBeVisible();
  const order = await desk.inbox.order();
  expect(order.indexOf(calm.id)).toBeGreaterThan(Math.max(order.indexOf(passport.id), order.indexOf(car.id)));
  const account = page.getByRole('region', { name: 'Account' });
  await desk.openAndClaim(passport.id);
  await expect(account.locator('mark').filter({ hasText: /^zabrał$/ })).toHaveAttribute(
    'title',
    /Exploitation: .*; Control: /,
  );
  await expect(account).toContainText('Dzień dobry, szef zabrał mi paszport.');
  await page.screenshot({ path: test.info().outputPath('words-polish.png') });
  await desk.openAndClaim(car.id);
  await expect(account.getByRole('group', { name: 'Risk words' })).toContainText('stalking');
  await expect(account.locator('mark').first()).toBeVisible();
  await desk.press('Control+Shift+D');
  await page.screenshot({ path: test.info().outputPath('words-night.png') });
});

test('A8, AS-16, W-21: this number, address or person before is there in one glance with its dates and by what it was found; markers stand with source, review and what they matched by, and say that nobody should ring', async ({
  queue,
  desk,
}) => {
  const { page } = desk;
  const silent = await queue.arrive({
    channel: '999-silent',
    title: 'Silent call',
    place: null,
    caller: { name: null, number: '07700 900227' },
    account: '',
  });
  await desk.openAndClaim(silent.id);
  const markers = page.getByRole('group', { name: 'Markers' });
  await expect(markers).toContainText('Do not ring back until it is known to be safe');
  await expect(markers).toContainText('MARAC, Dacorum, meeting of July, set 14 July');
  await expect(markers).toContainText('Review by 13 July 2027');
  await expect(markers).toContainText('Matched by number');
  await page.screenshot({ path: test.info().outputPath('markers.png') });

  // Another number, so nothing is found by it: the address was here before, and so was the name, from elsewhere.
  const shop = '5 Swan Parade, Waltham Cross EN8 9VC';
  const person = { name: 'Wanda Crispin', number: '07700 900761' };
  await queue.arrive({
    title: 'Window of the shop broken',
    caller: { name: 'Otto Falk', number: '07700 900762', address: shop },
  });
  await queue.arrive({ title: 'Followed home', caller: { ...person, number: '07700 900763' } });
  const now = await queue.arrive({ title: 'Paint on the door', caller: { ...person, address: shop } });
  await desk.openAndClaim(now.id);
  await expect(page.getByRole('group', { name: 'At a glance' })).toContainText(
    '3 contacts in 24 hours from the same address or the same name',
  );
  await expect(known(page)).toContainText(/the same name\. Last \d\d:\d\d:\d\d/);
  const earlier = page.getByRole('region', { name: 'Earlier contacts' }).getByRole('listitem');
  await expect(earlier).toHaveCount(2);
  const today = /\d+ \w+ 20\d\d.* · 101 · /;
  for (const [title, same] of [
    ['Window of the shop broken', /Same address$/],
    ['Followed home', /Same name$/],
  ] as const) {
    await expect(earlier.filter({ hasText: title })).toContainText(today);
    await expect(earlier.filter({ hasText: title })).toHaveText(same);
  }
  const hate = markers.getByRole('listitem').filter({ hasText: 'Staff are afraid to open' });
  await expect(hate).toContainText('Matched by address only: it may concern somebody else there');
  await expect(hate).toContainText('Two crimes since the summer, both recorded as hate, set 30 August');
  await expect(hate).toContainText('Review by 29 August 2027');
  await page.screenshot({ path: test.info().outputPath('before.png') });
});
