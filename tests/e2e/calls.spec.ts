import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import type { E2eQueue } from '../harness/e2e-queue.ts';
import type { DeskHandler } from './handler.ts';
import { expect, test } from './fixtures.ts';

const SECOND = 1_000;

/** What the exchange tells of one call, by the telephony contract, and what the handset tells past it. */
class Exchange {
  readonly #queue: E2eQueue;
  readonly #key: string;
  readonly callId = `bt-${randomUUID()}`;
  #n = 0;
  /** The contact that the first ring made. */
  id = '';

  constructor(queue: E2eQueue) {
    this.#queue = queue;
    this.#key = (JSON.parse(readFileSync(queue.intakeKeyFile, 'utf8')) as { readonly demo: string }).demo;
  }

  async ring(told: Readonly<Record<string, unknown>>): Promise<string> {
    const { id } = await this.tell('ring', { line: 'mobile', ...told });
    this.id = id;
    return id;
  }

  async tell(event: string, told: Readonly<Record<string, unknown>> = {}): Promise<{ readonly id: string }> {
    this.#n += 1;
    const body = { event, callId: this.callId, n: this.#n, at: Date.now(), ...told };
    return (await this.#post('telephony/events', body)) as { readonly id: string };
  }

  /** The handset's own place, measured some seconds ago. */
  async locates(latitude: number, longitude: number, radiusMetres: number): Promise<void> {
    const at = Date.now() - 12 * SECOND;
    const location = { method: 'aml', latitude, longitude, radiusMetres };
    await this.#post(`contacts/${this.callId}/updates`, { kind: 'location', at, location });
  }

  async #post(path: string, body: Readonly<Record<string, unknown>>): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.#queue.port}/intake/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#key}`,
        'content-type': 'application/json',
        ...(path.endsWith('updates') ? { 'idempotency-key': randomUUID() } : {}),
      },
      body: JSON.stringify(body),
    });
    const told: unknown = await answer.json();
    expect(answer.status, JSON.stringify(told)).toBeLessThan(300);
    return told;
  }
}

async function takeIt(desk: DeskHandler, id: string): Promise<void> {
  await expect(desk.strip.card(id)).toBeVisible();
  await desk.press('F2');
  // The one before may be theirs as well: it is this one that must be in front.
  await expect(desk.page.locator(`[data-contact-id="${id}"][data-active="true"]`)).toBeVisible();
  await expect(desk.work.contact).toContainText('Yours since');
}

const sheet = (desk: DeskHandler, name: string) => desk.work.pane.getByRole('region', { name, exact: true });

async function partOf<T>(queue: E2eQueue, id: string, part: string): Promise<T | undefined> {
  const [row] = await queue.sql<{ part: T }>('select body->$2 as part from contact where id = $1', [
    id,
    part,
  ]);
  return row?.part;
}

/** Both themes, to be looked at. */
async function picture(desk: DeskHandler, name: string): Promise<void> {
  await desk.page.screenshot({ path: `test-results/pictures/${name}-day.png` });
  await desk.press('Control+Shift+D');
  await desk.page.screenshot({ path: `test-results/pictures/${name}-night.png` });
  await desk.press('Control+Shift+D');
}

test('A4, T-13, AS-27: a silent call from a number or a place with a high-risk domestic abuse marker cannot be closed or graded low', async ({
  queue,
  desk,
}) => {
  const exchange = new Exchange(queue);
  const id = await exchange.ring({ channel: '999-silent', number: '07700 900227', zone: 'Hemel Hempstead' });
  await exchange.tell('answer', { marks: ['no-speech'], operatorHeard: 'Breathing, a door.' });
  await takeIt(desk, id);
  await desk.press('Control+F9');
  const listen = sheet(desk, 'Listen');
  await expect(listen).toContainText('No lower than G1.');
  await expect(listen).toContainText('Never close as an accident');
  await desk.press('1', '1', '2');
  await desk.press('t');
  await desk.type('a door, then a blow');
  await desk.press('Enter');
  await expect(listen).toContainText('Noise: a door, then a blow');
  await picture(desk, 'listen');
  await expect.poll(async () => (await partOf<unknown[]>(queue, id, 'heard'))?.length).toBe(4);
  expect(await partOf(queue, id, 'heard')).toMatchObject([
    { what: 'tap', means: 'yes' },
    { what: 'tap', means: 'yes' },
    { what: 'tap', means: 'no' },
    { what: 'noise', means: null, words: 'a door, then a blow' },
  ]);
  await desk.press('Escape');

  await desk.rest();
  await desk.assess();
  await desk.rest();
  await desk.close('Nobody spoke');
  await expect(desk.page.getByText(/G1 is the lowest grade here/).first()).toBeVisible();
  expect((await queue.contact(id)).state).toBe('owned');
  await desk.press('Escape');

  await desk.rest();
  await desk.press('p', '5');
  await desk.type('Probably a pocket call');
  await desk.press('Control+Enter');
  await desk.page.screenshot({ path: 'test-results/pictures/grade-below-floor.png' });
  await expect(desk.work.pane.getByText(/G1 is the lowest grade here/).first()).toBeVisible();
  expect((await queue.contact(id)).body.grade).toBeNull();
  expect((await queue.history(id)).events).not.toContain('closed');
  await desk.press('Escape');

  // From a number that nobody knows, it holds from the key that agrees the place (AS-27).
  const unknown = new Exchange(queue);
  const other = await unknown.ring({
    channel: '999-silent',
    number: '07700 900998',
    zone: 'Hemel Hempstead',
  });
  await unknown.tell('answer', { marks: ['no-speech'] });
  await takeIt(desk, other);
  await desk.rest();
  await desk.press('Control+F12');
  await desk.type('old tannery');
  await desk.press('Enter', 'y');
  const glance = desk.page.getByRole('group', { name: 'At a glance' });
  await expect(glance).toContainText('High-risk domestic abuse · by address only');
  await desk.rest();
  await desk.press('p', '5');
  await desk.type('Probably a pocket call');
  await desk.press('Control+Enter');
  await expect(desk.work.pane.getByText(/G1 is the lowest grade here/).first()).toBeVisible();
  await desk.page.screenshot({ path: 'test-results/pictures/marker-by-place.png' });
  expect((await queue.contact(other)).body.grade).toBeNull();
});

test('A3, C-16: a handset’s place that comes while a note is typed moves nothing; its method, radius and age are seen', async ({
  queue,
  desk,
}) => {
  const exchange = new Exchange(queue);
  const id = await exchange.ring({ channel: '999-voice', number: '07700 900114', zone: 'Stevenage' });
  await exchange.tell('answer');
  await takeIt(desk, id);
  await expect(desk.work.note).toBeFocused();
  await desk.type('He has gone upstairs, she says Larkmere Cl');
  await desk.press('ArrowLeft', 'ArrowLeft');
  const before = await desk.work.caret();
  const place = desk.page.getByRole('article', { name: 'Facts' }).getByRole('region', { name: 'Place' });
  const box = await place.boundingBox();
  await exchange.locates(51.9031, -0.1894, 22);
  await expect(place).toContainText('From the handset (AML)');
  await expect(place).toContainText('within 22 m');
  await expect(place).toContainText(/0:\d\d old/);
  expect(await desk.work.caret()).toEqual(before);
  await expect(desk.work.note).toBeFocused();
  expect((await place.boundingBox())?.y).toBe(box?.y);
});

test('C-20, C-08: a dropped call is rung back after the question whether it is safe; the answer ends the duty (E03)', async ({
  queue,
  desk,
}) => {
  const exchange = new Exchange(queue);
  const id = await exchange.ring({
    channel: '999-dropped',
    number: '07700 900318',
    zone: 'Watford',
    operatorHeard: 'A small child babbling, keys being pressed.',
  });
  await takeIt(desk, id);
  await exchange.tell('drop');
  await desk.press('Shift+F9');
  const ringBack = sheet(desk, 'Ring back');
  await expect(ringBack).toContainText('Must be rung back, if it is safe.');
  await expect(ringBack).toContainText('A small child babbling');
  await expect(ringBack).toContainText(/Provider can be asked about the caller for 59:\d\d/);
  await desk.press('y', '1', '2');
  await desk.press('Control+Enter');
  await expect(ringBack).toContainText('1 attempt, the last less than a minute ago.');
  expect(await partOf(queue, id, 'callBackDue')).toBe(true);
  await desk.press('y', '1', '1');
  await desk.type('Mother, child laughing behind her; talks freely: yes');
  await picture(desk, 'ring-back');
  await desk.press('Control+Enter');
  await expect(ringBack).toContainText('No call-back is due.');
  await expect.poll(async () => partOf(queue, id, 'callBackDue')).toBe(false);
  expect(await partOf(queue, id, 'attempts')).toMatchObject([
    { result: 'no-answer' },
    { result: 'answered' },
  ]);
});

test('TE-06, C-20: the same emergency text again is one contact, and a relay user is never rung by voice (E21)', async ({
  queue,
  desk,
}) => {
  const text = 'police. brother has knife in kitchen. me hide bathroom. deaf cant hear';
  const told = {
    channel: '999-text',
    number: '07700 900856',
    zone: 'Ware',
    marks: ['relay-user'],
    said: { title: 'Text: brother has a knife', account: text, flags: { vulnerable: true } },
  };
  const first = new Exchange(queue);
  const id = await first.ring(told);
  await takeIt(desk, id);
  const again = await new Exchange(queue).ring(told);
  expect(again).toBe(id);
  await expect(desk.work.notes).toContainText([text]);
  await desk.press('Shift+F9');
  const ringBack = sheet(desk, 'Ring back');
  await expect(ringBack).toContainText('18002 07700 900856');
  await expect(ringBack).toContainText('Text only, through the relay');
  await desk.press('y');
  await expect(ringBack.getByRole('radio', { name: /Voice/ })).toBeDisabled();
  await expect(ringBack.getByRole('radio', { name: /18002/ })).toBeChecked();
  await picture(desk, 'ring-back-relay');
  await desk.press('1');
  await desk.type('Told that we are coming; cannot hear, safe in the bathroom for now');
  await desk.press('Control+Enter');
  await expect
    .poll(async () => partOf(queue, id, 'attempts'))
    .toMatchObject([{ way: 'relay', result: 'answered' }]);
});

test('A19, SG-01: signposts are current, and ask the safety question first', async ({ queue, desk }) => {
  const call = await queue.arrive({ title: 'Party next door', place: 'Marlpit Road, Watford' });
  await desk.openAndClaim(call.id);
  await desk.press('Control+G');
  const guide = desk.page.getByRole('search', { name: 'Guide' });
  await desk.type('noi');
  const card = guide.getByRole('region', { name: 'Card' });
  await expect(card).toContainText('Is anybody being hurt or threatened');
  await expect(card).not.toContainText('Council of this place');
  await picture(desk, 'guide-asks');
  await desk.press('Enter', 'n', 'y');
  await expect(card).toContainText('This IS for the police:');
  await expect(card).not.toContainText('Council of this place');
  await picture(desk, 'guide-police');
  await desk.press('Backspace', 'n', 'n');
  await expect(card).toContainText('Council of this place: Watford');
  await expect(card).toContainText(/Checked on \d+ November/);
  await picture(desk, 'guide-card');
  await desk.press('t');
  await expect(desk.work.note).toBeFocused();
  expect((await desk.work.caret()).text).toMatch(/^Signposted \(Noise.*card of 22 November 2026/);
  expect((await queue.contact(call.id)).body.notes).toEqual([]);
  await desk.press('Control+G');
  await expect(guide.getByRole('combobox')).toBeFocused();
  await desk.press('Control+A');
  await desk.type('met');
  await picture(desk, 'guide-entry');

  // What is over goes to Report Fraud and not to its forerunner; who is coming for the card now is ours.
  await desk.press('Control+A');
  await desk.type('phishing');
  await expect(card).toContainText('Fraud or cyber crime that is over');
  await desk.press('Enter');
  await answerNo(card, desk);
  await expect(card).toContainText('Report Fraud, online or on 0300 123 2040');
  await expect(card).toContainText(/Checked on \d+ November/);
  await expect(card).not.toContainText('Action Fraud');

  // Danger to life is asked before the crisis line is named.
  await desk.press('Control+G');
  await desk.press('Control+A');
  await desk.type('111 option 2');
  await expect(card).toContainText('a real and immediate danger to life');
  await expect(card).not.toContainText('choose option 2');
  await desk.press('Enter');
  await answerNo(card, desk);
  await expect(card).toContainText('Ring 111 and choose option 2');
  await expect(card).toContainText(/Checked on \d+ November/);
});

/** No to each question of a card, until it says who deals with it. */
async function answerNo(card: Locator, desk: DeskHandler): Promise<void> {
  const count = await card.getByRole('list', { name: 'Ask first' }).getByRole('listitem').count();
  for (let at = 0; at < count; at += 1) await desk.press('n');
}

test('C-28: a robbery across the boundary is passed on whole, and their reference is written down (E24)', async ({
  queue,
  desk,
}) => {
  const exchange = new Exchange(queue);
  const account = 'They’re robbing the shop over the road, Fallowgate Parade in Enfield. He’s got a machete.';
  const id = await exchange.ring({
    channel: '999-voice',
    number: '07700 900417',
    zone: 'Waltham Cross',
    said: { title: 'Shop being robbed', place: 'Fallowgate Parade, Enfield', name: 'Sunil Perrera', account },
  });
  await exchange.tell('answer', { operatorHeard: 'The caller names Enfield, the mast is on your side.' });
  await takeIt(desk, id);
  await exchange.locates(51.6702, -0.0411, 55);
  await desk.press('Control+F3');
  const pass = sheet(desk, 'Pass on');
  await expect(pass).toContainText('lies in the area of Metropolitan Police.');
  await expect(pass.getByRole('option').nth(2)).toContainText('Metropolitan Police');
  await picture(desk, 'pass-choose');
  await desk.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  const pack = pass.getByRole('textbox', { name: /What they are told/ });
  await expect(pack).toBeFocused();
  await expect(pack).toHaveValue(/51\.67020, -0\.04110, within 55 m/);
  await expect(pack).toHaveValue(/He’s got a machete/);
  await picture(desk, 'pass-pack');
  await desk.press('Alt+S', 'Tab', 'Tab');
  await desk.type('Control desk 4');
  await desk.press('Tab');
  await desk.type('CAD 5512');
  await desk.press('Control+Enter');
  await expect(sheet(desk, 'Passed on so far')).toContainText('CAD 5512');
  await expect
    .poll(async () => partOf(queue, id, 'passedOn'))
    .toMatchObject([
      { to: 'Metropolitan Police', takenBy: 'Control desk 4', theirRef: 'CAD 5512', stayedOn: true },
    ]);
  await picture(desk, 'pass-kept');
  expect(await queue.auditFlaw()).toBeNull();
});
