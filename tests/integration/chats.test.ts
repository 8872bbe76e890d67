import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { asCommandId, type ContactId } from '../../src/shared/domain/ids.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import { MINUTE } from '../../src/shared/domain/time.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosing } from '../harness/builders.ts';
import { startCutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { beginChat, getIntake, type PublicPage } from '../harness/public-page.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const reply = (text: string): Act => ({ kind: 'reply', text, canned: null });

describe.each(['memory', 'postgres'] as const)(
  'a chat between a browser and a desk, with the %s store',
  (store) => {
    let queue: TestQueue;
    let desk: Desk;
    let broken = false;

    beforeEach(async () => {
      broken = false;
      queue = await startTestQueue({
        store,
        wrapStore: (opened) => ({
          ...opened,
          contacts: (ids) => (broken ? Promise.reject(new StoreUnavailable('away')) : opened.contacts(ids)),
        }),
      });
      desk = startDesk({ queueUrl: queue.deskUrl });
      await desk.untilLink('live');
    });
    afterEach(async () => {
      desk.stop();
      await queue.stop();
    });

    const begin = (over: Readonly<Record<string, unknown>> = {}): Promise<PublicPage> =>
      beginChat(() => queue, over);
    const record = async (id: ContactId) => (await queue.service.contacts([id]))[0];
    const does = async (id: ContactId, ...acts: readonly Act[]): Promise<void> => {
      for (const act of acts) {
        await desk.until(
          () => desk.request('contact.read', { contact: id }),
          (reading) => reading.kind === 'here',
        );
        const kept = await desk.submit(id, act);
        expect([act.kind, kept.kind]).toEqual([act.kind, 'kept']);
        await desk.untilReceived();
      }
    };
    const refusals = async (id: ContactId) =>
      (await desk.request('outbox.read', {})).items.flatMap(({ contact, refusal }) =>
        contact === id && refusal ? [refusal.code] : [],
      );

    it('CH-02: says where it stands in the line and that somebody has come; a line is there as soon as it is kept', async () => {
      const [first, second] = [await begin(), await begin()];
      expect(await first.asks()).toMatchObject({
        state: 'waiting',
        handler: 'waiting',
        position: 1,
        lines: [],
        ended: null,
      });
      expect(await second.asks()).toMatchObject({ position: 2 });
      const waits = first.asks({ wait: 20_000 });
      await does(first.id, { kind: 'claim' });
      expect(await waits).toMatchObject({ state: 'live', handler: 'here', position: null });
      const line = first.asks({ wait: 20_000 });
      await does(first.id, reply('Where are you?'));
      expect(await line).toMatchObject({
        lines: [{ n: 1, from: 'handler', text: 'Where are you?', lang: null }],
      });
      expect((await record(first.id))?.channelState).toBe('active');
      const { body } = await getIntake(queue, '/status');
      expect(body).toMatchObject({
        waiting: { chat: 1, longestMs: expect.any(Number) },
        openDesks: 1,
        emergencyLoad: false,
      });
    });

    it('CH-02, WP-14: says how many reports nobody has looked at, how long the oldest waits, and how long the last ones waited, once enough were looked at', async () => {
      const reports = async () =>
        ((await getIntake(queue, '/status')).body as Readonly<Record<string, unknown>>)['reports'];
      expect(await reports()).toEqual({ waiting: 0, longestMs: 0, lookedAtMs: null });
      const receivedAt = queue.service.now() - 7 * MINUTE;
      for (let n = 0; n < 4; n += 1) await post(queue, aBody({ channel: 'online-report', receivedAt }));
      const { contacts } = await queue.service.snapshot();
      const [last, ...ids] = contacts.map(({ id }) => id);
      expect(await reports()).toMatchObject({ waiting: 4, lookedAtMs: null });
      for (const id of ids) await does(id, { kind: 'claim' }, { kind: 'release' });
      await expect.poll(reports).toMatchObject({ waiting: 4, lookedAtMs: 8 * MINUTE });
      await does(must(last, 'a fourth report'), { kind: 'claim' });
      const status = (await reports()) as { readonly waiting: number; readonly longestMs: number };
      expect([status.waiting, status.longestMs >= 7 * MINUTE]).toEqual([3, true]);
    });

    it('CH-03: what the browser has and what the person has seen are facts of the record, told once each', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' }, reply('one'), reply('two'));
      await page.asks();
      expect((await page.tells({ kind: 'seen', upTo: 2, how: 'delivered' })).status).toBe(201);
      expect((await page.tells({ kind: 'seen', upTo: 1 })).status).toBe(201);
      expect((await page.tells({ kind: 'seen', upTo: 1 })).status).toBe(200);
      expect((await record(page.id))?.chat).toMatchObject({ delivered: { n: 2 }, seen: { n: 1 } });
      const seen = await desk.until(
        () => desk.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here' && reading.contact.chat?.seen.n === 1,
      );
      expect(seen.kind).toBe('here');
      expect(await page.asks({ after: 0 })).toMatchObject({ seenUpTo: 1 });
      expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
    });

    it('CH-02: no line is lost or doubled, wherever the asking is cut: before the answer, in it, after it, or by the queue’s own trouble', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' });
      // The page asks on and on, and every second asking is cut at another moment of its life.
      const stop = new AbortController();
      let asked = 0;
      const asking = (async () => {
        while (!stop.signal.aborted) {
          asked += 1;
          const cut = new AbortController();
          if (asked % 2 === 0) setTimeout(() => cut.abort(), asked % 7);
          await page.asks({ wait: 400, signal: cut.signal }).catch((error: unknown) => {
            if (!/abort|503|fetch failed/i.test(String(error))) throw error;
          });
        }
      })();
      const texts = Array.from({ length: 40 }, (_, n) => `line ${n + 1}`);
      for (const [n, text] of texts.entries()) {
        broken = n % 9 === 8;
        const id = asCommandId(randomUUID());
        const act = reply(text);
        // The window asks twice under one id: the answer to the first was lost.
        await desk.request('command.submit', { id, contact: page.id, act });
        await desk.request('command.submit', { id, contact: page.id, act });
        await desk.untilReceived();
      }
      broken = false;
      stop.abort();
      await asking;
      await page.asks();
      expect(page.lines).toEqual(texts);
      // Whoever lost everything is told everything again.
      expect((await page.asks({ after: 0 })).lines.map(({ text }) => text)).toEqual(texts);
    });

    it('CH-01, X-02: what is written while the handler’s network is gone is kept, and goes out once, in order, when it is back', async () => {
      await using wire = await startCutProxy(queue.deskUrl);
      using far = startDesk({ queueUrl: wire.deskUrl, handler: '4712' });
      await far.untilLink('live');
      const page = await begin();
      await far.until(
        () => far.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here',
      );
      await far.submit(page.id, { kind: 'claim' });
      await far.untilReceived();
      await far.submit(page.id, reply('one'));
      await far.untilReceived();
      const cut = wire.cutBefore('down', (frame) => frame.t === 'RES');
      // The queue has this one; its word on it is lost with the wire.
      await far.submit(page.id, reply('two'));
      await cut;
      wire.cut();
      await far.submit(page.id, reply('three'));
      const reading = await far.request('contact.read', { contact: page.id });
      expect(reading.kind === 'here' && reading.keptHere.length).toBeGreaterThan(0);
      wire.mend();
      await far.untilReceived();
      await page.until(({ lines }) => lines.length >= 0 && page.lines.length === 3);
      expect(page.lines).toEqual(['one', 'two', 'three']);
    });

    it('CH-07: after the safety exit nothing goes out, not even what was on its way; the page that asks again is shown nothing', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' }, reply('Are you safe?'));
      await page.asks();
      expect((await page.tells({ kind: 'left', reason: 'quick-exit' })).status).toBe(201);
      // The connection closes behind it: that outweighs nothing.
      expect((await page.tells({ kind: 'left', reason: 'connection-lost' })).status).toBe(200);
      await desk.until(
        () => desk.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here' && reading.contact.channelState === 'left-by-exit',
      );
      expect(await desk.submit(page.id, reply('hello?'))).toEqual({
        kind: 'refused',
        refusal: { code: 'left-by-exit' },
      });
      expect(await page.asks({ after: 0 })).toMatchObject({
        state: 'left-by-exit',
        lines: [],
        ended: { reason: 'quick-exit' },
      });
      expect((await page.tells({ kind: 'back' })).status).toBe(409);
      expect((await record(page.id))?.chat).toMatchObject({ exit: { checked: null } });
      await does(page.id, { kind: 'check-exit', words: 'a crew has seen her' });
      expect(await desk.submit(page.id, reply('hello?'))).toMatchObject({ refusal: { code: 'chat-over' } });
    });

    it('CH-07: a line that the desk sent before it heard of the exit is refused by the queue, and its words stay', async () => {
      await using wire = await startCutProxy(queue.deskUrl);
      using far = startDesk({ queueUrl: wire.deskUrl, handler: '4712' });
      await far.untilLink('live');
      const page = await begin();
      await far.until(
        () => far.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here',
      );
      await far.submit(page.id, { kind: 'claim' });
      await far.untilReceived();
      wire.cut();
      await page.tells({ kind: 'left', reason: 'quick-exit' });
      expect(await far.submit(page.id, reply('Are you there?'))).toMatchObject({ kind: 'kept' });
      wire.mend();
      await far.untilReceived();
      const { items } = await far.request('outbox.read', {});
      expect(items).toMatchObject([
        { state: 'refused', refusal: { code: 'left-by-exit' }, act: { text: 'Are you there?' } },
      ]);
      expect((await record(page.id))?.chat?.replies).toEqual([]);
    });

    it('CH-09: a lost line comes back and goes on; what was written meanwhile waits for it', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' }, reply('one'));
      await page.asks();
      await page.tells({ kind: 'left', reason: 'connection-lost' });
      await does(page.id, reply('two'));
      expect(await page.asks()).toMatchObject({ state: 'dropped', lines: [{ n: 2 }], ended: null });
      expect((await page.tells({ kind: 'back' })).status).toBe(201);
      expect((await page.tells({ kind: 'back' })).status).toBe(200);
      expect(await page.asks()).toMatchObject({ state: 'live' });
      expect((await page.says('I am back')).status).toBe(201);
    });

    it('CH-09: a closing is told to the page only when it can no longer be a slip', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' }, reply('Good-bye'));
      await does(page.id, aClosing());
      expect(await page.asks()).toMatchObject({ state: 'live', ended: null });
      await does(page.id, { kind: 'reopen', reason: 'slip' });
      expect((await record(page.id))?.chat).toMatchObject({ end: null });
      await does(page.id, { kind: 'end-chat', reason: 'moved-to-999' });
      expect(await page.asks()).toMatchObject({ state: 'ended', ended: { reason: 'moved-to-999' } });
      expect(await desk.submit(page.id, reply('one more'))).toMatchObject({ refusal: { code: 'chat-over' } });
      expect(await refusals(page.id)).toEqual([]);
    });

    it('CH-05: typing is told to the other side at once, both ways, to the owner alone, and is kept nowhere', async () => {
      using other = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
      await other.untilLink('live');
      const page = await begin();
      await does(page.id, { kind: 'claim' });
      const before = (await record(page.id))?.rev;
      expect((await page.tells({ kind: 'typing' })).status).toBe(202);
      await desk.until(
        () =>
          desk.pushes.some(
            ({ name, payload }) => name === 'chat.public-typing' && payload.contact === page.id,
          ),
        (isTold) => isTold,
      );
      await page.asks();
      const typing = page.asks({ wait: 20_000 });
      await other.request('chat.typing', { contact: page.id });
      await desk.request('chat.typing', { contact: page.id });
      expect(await typing).toMatchObject({ typing: true });
      await does(page.id, reply('There you are'));
      expect(await page.asks()).toMatchObject({ typing: false, lines: [{ n: 1 }] });
      expect(other.pushes.some(({ name }) => name === 'chat.public-typing')).toBe(false);
      expect((await record(page.id))?.rev).toBe((before ?? 0) + 1);
    });

    it('CH-06: a chat that is put aside for an emergency says so to the page, until the handler writes again', async () => {
      const page = await begin();
      await does(page.id, { kind: 'claim' }, { kind: 'park', because: 'emergency' });
      expect(await page.asks()).toMatchObject({ state: 'live', handler: 'away' });
      await does(page.id, reply('Here I am again'));
      expect(await page.asks()).toMatchObject({ handler: 'here' });
    });

    it('CH-12: who comes back from the same browser is offered to the same handler as possibly the same; the old chat is shown to no page', async () => {
      const browser = 'k'.repeat(43);
      const page = await begin({ browser });
      await does(page.id, { kind: 'claim' }, reply('Code word?'));
      await page.tells({ kind: 'left', reason: 'quick-exit' });
      const again = await begin({ browser });
      const { marks, chat } = (await record(again.id)) ?? {};
      expect(marks?.backTo).toBe('4711');
      expect(chat?.earlier).toMatchObject({ contact: page.id, ref: page.ref, owner: { handler: '4711' } });
      expect(await again.asks()).toMatchObject({ lines: [], seenUpTo: 0 });
      expect((await record((await begin({ browser: 'x'.repeat(43) })).id))?.chat).toBeNull();
    });
  },
);
