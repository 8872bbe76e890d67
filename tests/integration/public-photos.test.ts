import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PHOTO_BYTES_LIMIT } from '../../src/shared/domain/record/photo.ts';
import { startDesk } from '../harness/desk.ts';
import { aPhoto } from '../harness/photos.ts';
import { fillCollision, startTestPages, Visitor, type TestPages } from '../harness/public-pages.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

let queue: TestQueue;
let pages: TestPages;
let visitor: Visitor;

const addressOf = ({ port, intakeKey }: TestQueue) => ({
  address: `http://127.0.0.1:${port}`,
  key: intakeKey,
});

beforeEach(async () => {
  queue = await startTestQueue({ store: 'postgres' });
  pages = await startTestPages({ queue: addressOf(queue) });
  visitor = new Visitor(pages.origin);
});
afterEach(async () => {
  await pages[Symbol.asyncDispose]();
  await queue.stop();
});

/** Chooses files and presses "add". */
async function choose(...files: readonly (Buffer | string)[]): Promise<string> {
  const { text } = await visitor.open('/report/collision/photos');
  const token = /name="token" value="([^"]*)"/.exec(text)?.[1] ?? '';
  const form = new FormData();
  form.append('token', token);
  for (const [n, bytes] of files.entries())
    form.append('photo', new Blob([new Uint8Array(Buffer.from(bytes))]), `at home ${n}.jpg`);
  return (await visitor.postFiles('/report/collision/photos', form)).text;
}
const kept = (): readonly string[] => readdirSync(join(pages.dataDir, 'photos'));

describe('photos with a report', () => {
  it('WP-55 WP-56 PH-01 PH-07: what somebody adds without a script comes to a desk with the report, and nothing of it stays here', async () => {
    await fillCollision(visitor);
    const bytes = await aPhoto({ width: 90 });
    const other = await aPhoto({ width: 70 });
    const page = await choose(bytes, other);
    expect([page.includes('Photo 1, '), page.includes('Photo 2, '), page.includes('at home')]).toEqual([
      true,
      true,
      false,
    ]);
    // Sealed, and not under a name of theirs.
    expect(kept()).toHaveLength(2);
    for (const name of kept())
      expect(readFileSync(join(pages.dataDir, 'photos', name)).includes(bytes.subarray(20, 60))).toBe(false);
    await visitor.send('/photos/remove');
    expect(kept()).toHaveLength(1);
    await visitor.open('/report/collision/check');
    expect(visitor.page.text).toContain('1 photo');
    await visitor.send('/send');
    expect(visitor.page.path).toBe('/report/collision/sent');
    const desk = startDesk({ queueUrl: queue.deskUrl });
    try {
      const contact = await desk.until(
        async () => {
          const [row] = await desk.inbox();
          const reading = row && (await desk.request('contact.read', { contact: row.summary.id }));
          return reading?.kind === 'here' ? reading.contact : null;
        },
        (found) => found?.photos.length === 1,
      );
      const [photo] = contact?.photos ?? [];
      expect(photo).toMatchObject({
        kind: 'jpeg',
        bytes: other.length,
        seen: { kind: 'picture', width: 70 },
      });
      const read =
        contact !== null && photo !== undefined
          ? await desk.request('photo.read', { contact: contact.id, photo: photo.id })
          : null;
      expect(read?.kind).toBe('here');
    } finally {
      desk.stop();
    }
    await expect.poll(kept).toEqual([]);
    await visitor.open('/report/collision/sent');
    expect(visitor.page.text).toContain('The control room has your photo too.');
    const audit = await queue.store.auditAfter(0, 50);
    expect(audit.find(({ act }) => act === 'attach')?.digest).toBe(
      createHash('sha256').update(other).digest('hex'),
    );
  });

  it('WP-55: too large, not a photo, none chosen, too many: each is said in plain words, and the good ones stay', async () => {
    await fillCollision(visitor);
    const bytes = await aPhoto();
    const large = Buffer.concat([bytes, Buffer.alloc(PHOTO_BYTES_LIMIT + 1 - bytes.length)]);
    expect(await choose(large, bytes)).toContain('larger than 10 MB');
    expect(await choose('<html><script>1</script></html>')).toContain('not a photo that we can take');
    expect(await choose('')).toContain('Choose a photo first');
    expect(await choose(bytes, bytes, bytes, bytes, bytes)).toContain('up to 5 photos');
    expect(visitor.page.text).toContain('as many photos as we can take');
    expect(kept()).toHaveLength(5);
  });

  it('WP-55: leaving in a hurry, and a form that is not of this visit, leave nothing here', async () => {
    await fillCollision(visitor);
    const form = new FormData();
    form.append('token', 'another');
    form.append('photo', new Blob([new Uint8Array(await aPhoto())]), 'a.jpg');
    expect((await visitor.postFiles('/report/collision/photos', form)).status).toBe(403);
    expect(kept()).toEqual([]);
    await choose(await aPhoto());
    expect(kept()).toHaveLength(1);
    await visitor.post('/leave', new URLSearchParams());
    await expect.poll(kept, { timeout: 15_000 }).toEqual([]);
  });

  it('WP-55, WP-66: forms with photos that never end keep nobody from adding theirs, and are cut off', async () => {
    const head = `POST /report/collision/photos HTTP/1.1\r\nHost: here\r\nOrigin: ${pages.origin}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n`;
    const start = `--b\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n`;
    const sockets = Array.from({ length: 40 }, () => {
      const socket = connect(pages.pages.server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`${head}\r\n${start}`);
      return socket;
    });
    const health = async () =>
      ((await (await fetch(`${pages.origin}/health`)).json()) as { floods: { dropped: number } }).floods;
    await expect.poll(health).toMatchObject({ dropped: 40 - 12 });
    await fillCollision(visitor);
    expect(await choose(await aPhoto())).toContain('Photo 1, ');
    for (const socket of sockets) socket.destroy();
  });

  it('WP-56: with the queue away they are kept with their report, and come there after a restart of these pages', async () => {
    await fillCollision(visitor);
    await choose(await aPhoto());
    await visitor.open('/report/collision/check');
    const { port, connectionString = '' } = queue;
    expect(connectionString).not.toBe('');
    await queue.stop();
    await visitor.send('/send');
    expect(visitor.page.text).toContain('has not reached the control room yet');
    const { dataDir } = pages;
    await pages.pages[Symbol.asyncDispose]();
    expect(kept()).toHaveLength(1);
    queue = await startTestQueue({ store: 'memory', port });
    await using again = await startTestPages({ queue: addressOf(queue), dataDir });
    expect(again.dataDir).toBe(dataDir);
    const photos = async () => (await queue.service.openContacts())[0]?.photos.length ?? 0;
    await expect.poll(photos, { timeout: 20_000 }).toBe(1);
    await expect.poll(kept).toEqual([]);
  });
});
