import {
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { E2eQueue } from '../harness/e2e-queue.ts';
import { newDataFolder, runDesk } from '../harness/desk-window.ts';
import { expect, test, type OpenDesk } from './fixtures.ts';
import type { DeskHandler } from './handler.ts';

/** A desk that has worked and has one draft on disk; closed in good order. Returns where its profile is. */
async function aProfile(openDesk: OpenDesk, queue: E2eQueue): Promise<{ data: string; call: string }> {
  const desk = await openDesk();
  const call = await queue.arrive({ title: 'Known before the bad start' });
  await desk.openAndClaim(call.id);
  await desk.press('n');
  await desk.type('A draft from before');
  await expect(desk.work.draft).toHaveText(/draft saved/);
  await desk.window.close();
  return { data: desk.window.start.data, call: call.id };
}

const fileOf = (data: string, name: string): string => join(data, 'desk', name);

const keyOf = (data: string): string =>
  (JSON.parse(readFileSync(fileOf(data, 'desk.key'), 'utf8')) as { readonly key: string }).key;

function openDatabase(data: string): Database {
  const db = new Database(fileOf(data, 'desk.db'));
  db.pragma("cipher = 'sqlcipher'");
  db.pragma('legacy = 4');
  db.pragma(`key = "x'${keyOf(data)}'"`);
  return db;
}

/** The one sentence is on screen with what to do, and the desk still works: an emergency can be taken. */
async function saysAndWorks(desk: DeskHandler, queue: E2eQueue, sentence: string): Promise<void> {
  await expect(desk.status.notices).toContainText(sentence);
  const call = await queue.emergency();
  await expect(desk.strip.card(call.id)).toBeVisible();
  await desk.press('F2');
  await expect(desk.work.contact).toContainText('Yours since');
}

test('S-06: a damaged desk file is set aside whole, said, and the desk goes on', async ({
  queue,
  openDesk,
}) => {
  const { data, call } = await aProfile(openDesk, queue);
  const file = openSync(fileOf(data, 'desk.db'), 'r+');
  writeSync(file, randomBytes(512), 0, 512, 0);
  closeSync(file);
  const damaged = readFileSync(fileOf(data, 'desk.db'));

  const desk = await openDesk({ data });
  await expect(desk.inbox.row(call)).toBeVisible();
  await saysAndWorks(desk, queue, 'This desk’s own copy was damaged and has been set aside.');
  await desk.page.screenshot({ path: 'test-results/pictures/bad-start-damaged.png' });
  const [aside] = readdirSync(fileOf(data, 'set-aside'));
  const kept = readFileSync(join(fileOf(data, 'set-aside'), aside ?? '', 'desk.db'));
  expect(kept.equals(damaged)).toBe(true);
});

test('S-06: a page damaged in the middle of the file is found, and the draft is carried over', async ({
  queue,
  openDesk,
}) => {
  const { data, call } = await aProfile(openDesk, queue);
  // The root page of the contacts is damaged; drafts and outbox lie elsewhere.
  const db = openDatabase(data);
  const size = db.pragma('page_size', { simple: true }) as number;
  const [table] = db
    .prepare("select rootpage from sqlite_schema where name like '%contact%' and type = 'table'")
    .all() as {
    readonly rootpage: number;
  }[];
  db.close();
  const file = openSync(fileOf(data, 'desk.db'), 'r+');
  writeSync(file, randomBytes(256), 0, 256, ((table?.rootpage ?? 2) - 1) * size + 64);
  closeSync(file);

  const desk = await openDesk({ data });
  await expect(desk.status.notices).toContainText('own copy was damaged');
  await desk.select(call);
  await desk.press('Enter');
  await expect(desk.work.note).toHaveValue('A draft from before');
});

test('S-05: a file of a newer program is left untouched and named', async ({ queue, openDesk }) => {
  const { data, call } = await aProfile(openDesk, queue);
  const db = openDatabase(data);
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(fileOf(data, 'desk.db'));

  const desk = await openDesk({ data });
  await expect(desk.inbox.row(call)).toBeVisible();
  await saysAndWorks(desk, queue, 'This desk’s own copy was written by a newer program.');
  await expect(desk.status.line).toContainText('Memory only');
  await desk.window.close();
  expect(readFileSync(fileOf(data, 'desk.db')).equals(before)).toBe(true);
});

test('S-07: a file that does not open with this desk’s key is left untouched; with the key back everything is there', async ({
  queue,
  openDesk,
}) => {
  const { data, call } = await aProfile(openDesk, queue);
  const before = readFileSync(fileOf(data, 'desk.db'));
  const key = fileOf(data, 'desk.key');
  copyFileSync(key, `${key}.kept`);
  writeFileSync(key, JSON.stringify({ kind: 'plain', key: randomBytes(32).toString('hex') }));

  const desk = await openDesk({ data });
  await saysAndWorks(desk, queue, 'own copy belongs to another key and cannot be opened.');
  await expect(desk.status.line).toContainText('Memory only');
  await desk.window.close();
  expect(readFileSync(fileOf(data, 'desk.db')).equals(before)).toBe(true);

  copyFileSync(`${key}.kept`, key);
  const again = await openDesk({ data });
  await again.select(call);
  await again.press('Enter');
  await expect(again.work.note).toHaveValue('A draft from before');
});

test('S-07: a key file that cannot be read is not made anew, and the database stays', async ({
  queue,
  openDesk,
}) => {
  const { data } = await aProfile(openDesk, queue);
  const before = readFileSync(fileOf(data, 'desk.db'));
  writeFileSync(fileOf(data, 'desk.key'), '{"kind":"pla');
  const desk = await openDesk({ data });
  await saysAndWorks(desk, queue, 'belongs to another key');
  await desk.window.close();
  expect(readFileSync(fileOf(data, 'desk.key'), 'utf8')).toBe('{"kind":"pla');
  expect(readFileSync(fileOf(data, 'desk.db')).equals(before)).toBe(true);
});

test('S-04: a desk opens no file of another realm', async ({ queue, openDesk }) => {
  const { data } = await aProfile(openDesk, queue);
  const db = openDatabase(data);
  // The live realm's mark.
  db.pragma('application_id = 0x46435231');
  db.close();
  const before = readFileSync(fileOf(data, 'desk.db'));
  const desk = await openDesk({ data });
  await saysAndWorks(desk, queue, 'own copy belongs to another world');
  await desk.window.close();
  expect(readFileSync(fileOf(data, 'desk.db')).equals(before)).toBe(true);
});

test('L-19: an address that is none is said, and the desk’s own copy is shown', async ({
  queue,
  openDesk,
}) => {
  const { data, call } = await aProfile(openDesk, queue);
  const desk = await openDesk({ data, queue: 'the queue downstairs' });
  await expect(desk.status.notices).toContainText('The queue’s address is not an address');
  await expect(desk.inbox.row(call)).toBeVisible();
  await desk.toList();
  await desk.press('Home', 'Enter');
  await expect(desk.work.note).toHaveValue('A draft from before');
  await desk.page.screenshot({ path: 'test-results/pictures/bad-start-address.png' });
});

test('W-12: nobody at the queue’s address: the desk keeps trying and says since when nothing is confirmed', async ({
  queue,
  openDesk,
}) => {
  const { data, call } = await aProfile(openDesk, queue);
  await queue.kill();
  const desk = await openDesk({ data, queue: queue.deskUrl });
  await expect(desk.status.link).toContainText(/nothing confirmed yet|Not confirmed yet/);
  await expect(desk.inbox.row(call)).toBeVisible();
  await queue.start();
  await desk.isLive();
});

test('L-03: at the queue of another realm nobody can sign in, and the desk says what to do', async ({
  cluster,
  openDesk,
}) => {
  await using other = await E2eQueue.start(cluster, { realm: 'training' });
  const desk = await openDesk({ queue: other.deskUrl, who: null });
  await desk.signIn();
  await expect(desk.session.refusal).toContainText(
    'The queue there belongs to training, this desk to the demo, and they never meet. Tell IT support.',
  );
  await expect(desk.session.number).toHaveValue('1001');
});

test('S-08: a second program on one profile ends with a sentence, and the first goes on', async ({
  queue,
  openDesk,
}) => {
  const desk = await openDesk();
  const { data } = desk.window.start;
  const second = await runDesk({ queue: queue.deskUrl, data });
  expect(second.code).toBe(0);
  expect(second.said).toContain('The desk "desk" is already open');
  await saysAndWorks(desk, queue, '');
});

test('S-08: two profiles in one folder are two desks', async ({ queue, openDesk }) => {
  const data = newDataFolder();
  const one = await openDesk({ data, profile: 'one' });
  const two = await openDesk({ data, profile: 'two' });
  await expect(one.status.line).toContainText('Desk 1');
  await expect(two.status.line).toContainText('Desk 2');
  await queue.arrive({ title: 'Seen by both' });
  for (const desk of [one, two]) await expect(desk.inbox.rows).toHaveCount(1);
});

for (const [words, args] of [
  ['Name the central queue: --queue', { queue: null }],
  ['The profile’s name may have letters', { profile: '../other' }],
  ['The realm is live or demo.', { realm: 'training' }],
] as const) {
  test(`a start that cannot be followed is refused in a sentence, and makes no profile: ${words}`, async () => {
    const data = newDataFolder();
    const { code, said } = await runDesk({ queue: 'ws://127.0.0.1:9', data, ...args });
    expect(code).toBe(2);
    expect(said.replaceAll("'", '’')).toContain(words);
    expect(readdirSync(data)).toEqual([]);
    rmSync(data, { recursive: true });
  });
}

test('S-09: a profile’s folder that cannot be written is named in a sentence, and the program ends', async () => {
  const data = newDataFolder();
  const file = join(data, 'a-file-where-a-folder-should-be');
  writeFileSync(file, '');
  const { code, said } = await runDesk({ queue: 'ws://127.0.0.1:9', data: file });
  expect([code, said.includes('cannot be written')]).toEqual([1, true]);
  rmSync(data, { recursive: true });
});
