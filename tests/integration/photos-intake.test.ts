import { createHash, randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { photoKeys } from '../../src/queue/photos/photo-keys.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import type { PhotoOpener } from '../../src/queue/photos/photo-opener.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { PHOTO_BYTES_LIMIT, type Photo } from '../../src/shared/domain/record/photo.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosing, anId } from '../harness/builders.ts';
import { aPhoto, attach } from '../harness/photos.ts';
import { signIn, startTestQueue, type TestQueue } from '../harness/queue.ts';

const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

describe.each(['memory', 'postgres'] as const)('photos at the queue, with the %s store', (store) => {
  let queue: TestQueue;
  beforeEach(async () => {
    queue = await startTestQueue({ store });
  });
  afterEach(() => queue.stop());

  const arrive = async (key: string): Promise<ContactId> =>
    ((await post(queue, aBody({ channel: 'online-report' }), { key })).body as { id: ContactId }).id;
  const photosOf = async (id: ContactId): Promise<readonly Photo[]> =>
    (await queue.service.contacts([id]))[0]?.photos ?? [];
  const lookedAt = (id: ContactId, count: number): Promise<readonly Photo[]> =>
    vi.waitFor(async () => {
      const photos = await photosOf(id);
      expect(photos).toHaveLength(count);
      return photos;
    }, 20_000);
  const fetchPhoto = (photo: string, token: string | null, over: Readonly<Record<string, string>> = {}) =>
    fetch(`http://127.0.0.1:${queue.port}/photos/${photo}`, {
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...over },
    });

  it('PH-01 PH-03 PH-06 PH-07: one photo, however often it comes, is told to desks and handed to whoever is signed in, and to nobody else', async () => {
    const id = await arrive('report 1/a');
    const bytes = await aPhoto();
    const first = await attach(queue, 'report 1/a', bytes, { key: 'photo-1' });
    expect(first).toMatchObject({ status: 201, body: { id, warnings: [] } });
    expect(await attach(queue, 'report 1/a', bytes, { key: 'photo-1' })).toEqual({ ...first, status: 200 });
    expect(await attach(queue, 'report 1/a', await aPhoto({ width: 9 }), { key: 'photo-1' })).toMatchObject({
      status: 409,
      body: { error: { field: 'Idempotency-Key' } },
    });
    const [photo] = await lookedAt(id, 1);
    expect(photo).toMatchObject({
      n: 1,
      kind: 'jpeg',
      bytes: bytes.length,
      seen: { kind: 'picture', width: 40, height: 30 },
    });
    const token = await signIn(queue, { desk: anId(0xd1) });
    const served = await fetchPhoto(photo?.id ?? '', token);
    const jpeg = Buffer.from(await served.arrayBuffer());
    expect([served.status, served.headers.get('content-type'), served.headers.get('cache-control')]).toEqual([
      200,
      'image/jpeg',
      'no-store',
    ]);
    expect(createHash('sha256').update(jpeg).digest('hex')).toBe(
      photo?.seen.kind === 'picture' ? photo.seen.digest : '',
    );
    expect((await sharp(jpeg).metadata()).width).toBe(40);
    const others = [
      await fetchPhoto(photo?.id ?? '', null),
      await fetchPhoto(photo?.id ?? '', 'another'),
      await fetchPhoto(photo?.id ?? '', token, { origin: 'https://example.org' }),
      await fetchPhoto(anId(0xff), token),
    ];
    expect(others.map(({ status }) => status)).toEqual([401, 401, 403, 404]);
    const audit = await queue.store.auditAfter(0, 100);
    const ofPhoto = audit.filter(({ act }) => /photo|attach/.test(act));
    expect(ofPhoto.map(({ act, source, handler, contact }) => [act, source, handler, contact])).toEqual([
      ['attach', 'telephony', null, id],
      ['look-at-photo', 'photos', null, id],
      ['see-photo', null, '4711', id],
    ]);
    // By which the original can be shown to be the one that came.
    expect(ofPhoto[0]?.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await checkAudit(queue.store)).flaw).toBe(null);
  });

  it('PH-01: five photos and no more, each up to 10 MB; what is larger is not read to its end', async () => {
    const id = await arrive('r');
    const bytes = await aPhoto();
    for (const key of ['1', '2', '3', '4', '5'])
      expect((await attach(queue, 'r', bytes, { key })).status).toBe(201);
    expect(await attach(queue, 'r', bytes, { key: '6' })).toMatchObject({ status: 413 });
    // Known ones are answered all the same.
    expect((await attach(queue, 'r', bytes, { key: '5' })).status).toBe(200);
    expect((await lookedAt(id, 5)).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    await arrive('large');
    const limit = Buffer.concat([jpegHead, randomBytes(PHOTO_BYTES_LIMIT - jpegHead.length)]);
    expect((await attach(queue, 'large', limit)).status).toBe(201);
    expect(await attach(queue, 'large', Buffer.concat([limit, Buffer.from([0])]))).toMatchObject({
      status: 413,
      body: { error: { field: 'body' } },
    });
  });

  it('PH-02: what is no photo by its content is refused, whatever it is called, and so is a photo of nobody', async () => {
    await arrive('r');
    const bytes = await aPhoto();
    const answers = [
      await attach(queue, 'r', Buffer.from('<html><script>alert(1)</script></html>')),
      await attach(queue, 'r', Buffer.from('short')),
      await attach(queue, 'r', Buffer.alloc(0)),
      await attach(queue, 'r', bytes, { type: 'text/html' }),
      await attach(queue, 'other', bytes),
      await attach(queue, 'r', bytes, { bearer: 'nobody at all' }),
      await attach(queue, 'r', bytes, { method: 'GET' }),
      await attach(queue, 'r', bytes, { key: '\u00e9' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 415, 404, 401, 405, 400]);
  });

  it('PH-04: a photo that cannot be read is told, and nothing is handed to anybody', async () => {
    const id = await arrive('r');
    const whole = await aPhoto({ width: 600, height: 400 });
    await attach(queue, 'r', whole.subarray(0, whole.length / 2));
    const [photo] = await lookedAt(id, 1);
    expect(photo?.seen).toEqual({ kind: 'unreadable', trouble: 'damaged' });
    const token = await signIn(queue, { desk: anId(0xd1) });
    expect((await fetchPhoto(photo?.id ?? '', token)).status).toBe(404);
  });

  it('PH-01: a contact that was closed meanwhile takes its photo, and stays closed', async () => {
    const id = await arrive('r');
    const by = await queue.service.actorAt(anId(0xd1) as never, '4711' as never);
    const numbered = (cmdSeq: number, act: object, fence: number) =>
      ({
        incarnation: anId(0xa1),
        cmdSeq,
        deskTime: { mono: 0, wall: queue.service.now(), offset: 0, err: 0 },
        command: { id: anId(0xc0 + cmdSeq), contact: id, fence, baseRev: 1, by: by.handler, act },
      }) as never;
    await queue.service.execute(by, numbered(1, { kind: 'claim' }, 0));
    await queue.service.execute(by, numbered(2, aClosing(), 1));
    expect((await queue.service.contacts([id]))[0]?.ownership.kind).toBe('closed');
    expect((await attach(queue, 'r', await aPhoto())).status).toBe(201);
    await lookedAt(id, 1);
    expect((await queue.service.contacts([id]))[0]?.ownership.kind).toBe('closed');
  });
});

describe('photos in the database', () => {
  it('PH-05 PH-08: are sealed, cannot be changed, and are looked at by the next start; one that breaks the program each time is told', async () => {
    const keys = photoKeys([randomBytes(32)]);
    const bytes = await aPhoto({ width: 300, height: 200 });
    let release: () => void = () => undefined;
    const end = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Never comes to an end while the first queue runs.
    const broken: PhotoOpener = {
      open: () => end.then(() => ({ kind: 'broke', why: 'time' })),
    };
    const first = await startTestQueue({ store: 'postgres', photoKeys: keys, opener: broken });
    const { connectionString = '', sql } = first;
    try {
      const { body } = await post(first, aBody({ channel: 'online-report' }), { key: 'r' });
      await attach(first, 'r', bytes, { key: 'a' });
      const rows = () => sql?.query('select state, tries, original, digest from photo order by n');
      await vi.waitFor(async () =>
        expect((await rows())?.rows[0]).toMatchObject({ state: 'received', tries: 1 }),
      );
      const original = (await rows())?.rows[0]?.original as Buffer;
      expect([original.length > bytes.length, original.includes(bytes.subarray(20, 60))]).toEqual([
        true,
        false,
      ]);
      for (const change of [`digest = repeat('0', 64)`, `original = ''`, 'n = 9'])
        await expect(sql?.query(`update photo set ${change}`)).rejects.toThrow('cannot be changed');
      // One that took the program down with it so often is not tried once more; one that was under way when the queue was ended a few times is.
      await attach(first, 'r', bytes, { key: 'b' });
      await attach(first, 'r', bytes, { key: 'c' });
      await sql?.query('update photo set tries = 10 where n = 2');
      await sql?.query('update photo set tries = 4 where n = 3');
      // Another node, or the next start, with the program in order.
      await using second = await startTestQueue({ store: 'postgres', connectionString, photoKeys: keys });
      const id = (body as { id: ContactId }).id;
      const photos = async () => (await second.service.contacts([id]))[0]?.photos;
      await vi.waitFor(async () => expect((await photos())?.[0]?.seen.kind).toBe('picture'), 20_000);
      await vi.waitFor(async () =>
        expect((await photos())?.[1]?.seen).toEqual({ kind: 'unreadable', trouble: 'failed' }),
      );
      await vi.waitFor(async () => expect((await photos())?.[2]?.seen.kind).toBe('picture'), 20_000);
      await expect(sql?.query(`update photo set picture = ''`)).rejects.toThrow('cannot be changed');
    } finally {
      release();
      await first.stop();
    }
  });
});
