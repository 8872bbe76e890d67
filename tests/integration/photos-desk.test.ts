import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpPhotos, type PhotoClient } from '../../src/main/workstation/photo-client.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import type { Photo } from '../../src/shared/domain/record/photo.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { aPhoto, attach } from '../harness/photos.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

let queue: TestQueue;
let wire: CutProxy;
let desk: Desk;
/** What was asked of the queue, besides the link. */
let asked: string[];
/** What the queue's bytes become on their way. */
let onTheWay: (bytes: Buffer) => Buffer;

beforeEach(async () => {
  queue = await startTestQueue({ store: 'postgres' });
  wire = await startCutProxy(queue.deskUrl);
  asked = [];
  onTheWay = (bytes) => bytes;
  const connectPhotos = (url: string): PhotoClient => ({
    async read(photo, token) {
      asked.push(photo);
      const bytes = await httpPhotos(url).read(photo, token);
      return bytes === null ? null : onTheWay(bytes);
    },
  });
  desk = startDesk({ queueUrl: wire.deskUrl, surroundings: { connectPhotos } });
  await desk.untilLink('live');
});
afterEach(async () => {
  desk.stop();
  await wire[Symbol.asyncDispose]();
  await queue.stop();
});

const reported = async (): Promise<{ readonly id: ContactId; readonly photo: Photo }> => {
  const { body } = await post(queue, aBody({ channel: 'online-report' }), { key: 'r' });
  const { id } = body as { id: ContactId };
  await attach(queue, 'r', await aPhoto());
  const reading = await desk.until(
    () => desk.request('contact.read', { contact: id }),
    (found) => found.kind === 'here' && found.contact.photos.length === 1,
  );
  const photo = reading.kind === 'here' ? reading.contact.photos[0] : undefined;
  if (photo === undefined) throw new Error('no photo');
  return { id, photo };
};

describe('a photo, from the queue to a desk', () => {
  it('PH-07 PH-09: comes when it is asked for, on a connection of its own, once; then it is there without a link', async () => {
    const { id, photo } = await reported();
    expect(asked).toEqual([]);
    const read = () => desk.request('photo.read', { contact: id, photo: photo.id });
    const both = await Promise.all([read(), read()]);
    expect(both.map(({ kind }) => kind)).toEqual(['here', 'here']);
    expect(asked).toEqual([photo.id]);
    wire.cut();
    expect(await read()).toEqual(both[0]);
    // Behind the lock it is as hidden as the record.
    await desk.request('session.lock', {});
    await expect(read()).rejects.toThrow('Locked');
  });

  it('PH-09: without a link and not kept, the desk says so', async () => {
    const { id, photo } = await reported();
    wire.cut();
    expect(await desk.request('photo.read', { contact: id, photo: photo.id })).toEqual({
      kind: 'not-fetched',
    });
  });

  it('PH-07: bytes that are not those the log told of are neither shown nor kept', async () => {
    const { id, photo } = await reported();
    const read = () => desk.request('photo.read', { contact: id, photo: photo.id });
    onTheWay = (bytes) => Buffer.concat([bytes, Buffer.from('<script>')]);
    expect(await read()).toEqual({ kind: 'not-fetched' });
    onTheWay = (bytes) => bytes;
    expect((await read()).kind).toBe('here');
  });
});
