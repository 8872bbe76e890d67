import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { beginChat, getIntake, type PublicPage } from '../harness/public-page.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

describe.each(['memory', 'postgres'] as const)(
  'the door of the public’s pages, with the %s store',
  (store) => {
    let queue: TestQueue;
    beforeEach(async () => {
      queue = await startTestQueue({ store });
    });
    afterEach(() => queue.stop());

    const begin = (over: Readonly<Record<string, unknown>> = {}): Promise<PublicPage> =>
      beginChat(() => queue, over);
    const record = async (id: ContactId) => (await queue.service.contacts([id]))[0];

    it('CH-13: a public form stands on the contact as it was filled in; one that is too long is refused, and so is a browser that is no digest', async () => {
      const form = {
        kind: 'crime',
        answers: [{ id: 'what', question: 'What happened?', answer: 'Somebody keyed my car.' }],
      };
      const { body, status } = await post(queue, aBody({ channel: 'online-report', form }));
      expect(status).toBe(201);
      expect((await record((body as { id: ContactId }).id))?.form).toEqual(form);
      const broad = {
        kind: 'crime',
        answers: [{ id: 'what', question: 'What?', answer: 'x'.repeat(4_001) }],
      };
      expect(await post(queue, aBody({ channel: 'online-report', form: broad }))).toMatchObject({
        status: 422,
      });
      expect((await post(queue, aBody({ browser: 'a name' }))).status).toBe(422);
    });

    it('CH-02: refuses who has no key, what is no chat, and too much at once', async () => {
      const page = await begin();
      const path = `/chats/${encodeURIComponent(page.key)}`;
      expect((await getIntake({ ...queue, intakeKey: 'nobody-has-this-key' }, path)).status).toBe(401);
      expect((await getIntake(queue, '/chats/none')).status).toBe(404);
      expect((await getIntake(queue, `${path}?after=-1`)).status).toBe(400);
      await post(queue, aBody(), { key: 'a call' });
      expect((await getIntake(queue, '/chats/a%20call')).status).toBe(404);
      await page.asks();
      const stop = new AbortController();
      const held = Array.from({ length: 4 }, () =>
        page.asks({ wait: 20_000, signal: stop.signal }).catch(() => null),
      );
      await expect
        .poll(async () => (await getIntake(queue, `${path}?after=0&wait=20000&since=none`)).status)
        .toBe(429);
      stop.abort();
      await Promise.all(held);
      // What was given up makes room again.
      await expect.poll(async () => (await getIntake(queue, path)).status).toBe(200);
    });
  },
);
