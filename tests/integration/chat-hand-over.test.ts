import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { ownerOf, type Actor } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { chatPolicySchema } from '../../src/shared/contract/policy/chat.ts';
import { fixedPolicies } from '../harness/fixed-policies.ts';
import { startCutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { beginChat, type PublicPage } from '../harness/public-page.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

/** As it comes with the program. */
const chatPolicy = chatPolicySchema.parse(parse(readFileSync('resources/policy/chat.yaml', 'utf8')));

const reply = (text: string): Act => ({ kind: 'reply', text, canned: null });

describe.each(['memory', 'postgres'] as const)(
  'a chat handed on between two desks, with the %s store',
  (store) => {
    let queue: TestQueue;
    let giver: Desk;
    let taker: Desk;

    beforeEach(async () => {
      const fixed = fixedPolicies();
      const policies = { ...fixed, decisionPolicy: { ...fixed.decisionPolicy, chat: chatPolicy } };
      queue = await startTestQueue({ store, policies });
      giver = startDesk({ queueUrl: queue.deskUrl, handler: '4711' });
      taker = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
      await Promise.all([giver.untilLink('live'), taker.untilLink('live')]);
    });
    afterEach(async () => {
      giver.stop();
      taker.stop();
      await queue.stop();
    });

    const record = async (id: ContactId) => {
      const [contact] = await queue.service.contacts([id]);
      if (contact === undefined) throw new Error(`no contact ${id}`);
      return contact;
    };
    const meOf = async (desk: Desk): Promise<Actor> => {
      const { me } = await desk.until(
        () => desk.request('desk.read', {}),
        (state) => state.me !== null,
      );
      if (me === null) throw new Error('nobody there');
      return me;
    };
    const does = async (desk: Desk, id: ContactId, ...acts: readonly Act[]): Promise<void> => {
      for (const act of acts) {
        await desk.until(
          () => desk.request('contact.read', { contact: id }),
          (reading) => reading.kind === 'here',
        );
        expect([act.kind, (await desk.submit(id, act)).kind]).toEqual([act.kind, 'kept']);
        await desk.untilReceived();
      }
    };
    const refusals = async (desk: Desk, id: ContactId) =>
      (await desk.request('outbox.read', {})).items.flatMap(({ contact, refusal }) =>
        contact === id && refusal !== null ? [refusal] : [],
      );
    /** The chat of a handler, who has written to its person. */
    const inHand = async (): Promise<PublicPage> => {
      const page = await beginChat(() => queue);
      await does(giver, page.id, { kind: 'claim' }, reply('Where are you?'));
      await page.asks();
      return page;
    };
    const offerTo = async (id: ContactId, to: Actor) => {
      await does(giver, id, { kind: 'offer-chat', to, words: 'Alone with two children' });
      const told = await taker.until(
        () => taker.request('contact.read', { contact: id }),
        (reading) => reading.kind === 'here' && reading.contact.marks.offer !== undefined,
      );
      if (told.kind !== 'here' || told.contact.marks.offer === undefined) throw new Error('no offer');
      return told.contact.marks.offer.id;
    };

    it('CH-16, CH-17: stays with who offers it until the other desk says yes; the page is told then, and not before; nothing of the former owner goes out', async () => {
      const page = await inHand();
      const [one, other] = [await meOf(giver), await meOf(taker)];
      const there = await giver.until(
        () => giver.request('colleagues.read', {}),
        ({ colleagues }) => (colleagues?.length ?? 0) === 2,
      );
      expect(there.colleagues?.map(({ actor, chats, status }) => [actor.desk, chats, status])).toEqual(
        expect.arrayContaining([
          [one.desk, 1, 'available'],
          [other.desk, 0, 'available'],
        ]),
      );
      const offer = await offerTo(page.id, other);
      expect(ownerOf(await record(page.id))).toEqual(one);
      expect(await page.asks()).toMatchObject({ state: 'live', handler: 'here' });
      // Meanwhile it goes on as ever.
      await does(giver, page.id, reply('I am here.'));
      expect(await page.asks()).toMatchObject({ lines: [{ text: 'I am here.' }] });
      const waits = page.asks({ wait: 20_000 });
      await does(taker, page.id, { kind: 'answer-offer', offer, accepted: true, words: '' });
      expect(await waits).toMatchObject({ state: 'live', handler: 'colleague', lines: [] });
      expect(ownerOf(await record(page.id))).toEqual(other);
      await giver.until(
        () => giver.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here' && ownerOf(reading.contact)?.desk === other.desk,
      );
      expect(await giver.submit(page.id, reply('One thing more'))).toMatchObject({ kind: 'refused' });
      await does(taker, page.id, reply('Hello, I have read it all.'));
      expect(await page.asks()).toMatchObject({
        handler: 'here',
        lines: [{ n: 3, text: 'Hello, I have read it all.' }],
      });
      expect((await record(page.id)).chat?.handOvers).toMatchObject([
        { words: 'Alone with two children', by: one, to: other, ended: { how: 'taken', by: other } },
      ]);
      expect(await checkAudit(queue.store)).toMatchObject({ flaw: null });
    });

    it('CH-16: of a yes and a taking back at the same moment exactly one counts, and the chat has one owner', async () => {
      const page = await inHand();
      const other = await meOf(taker);
      const offer = await offerTo(page.id, other);
      await Promise.all([
        giver.submit(page.id, { kind: 'withdraw-offer', offer }),
        taker.submit(page.id, { kind: 'answer-offer', offer, accepted: true, words: '' }),
      ]);
      await Promise.all([giver.untilReceived(), taker.untilReceived()]);
      const [byGiver, byTaker] = [await refusals(giver, page.id), await refusals(taker, page.id)];
      const contact = await record(page.id);
      const isTaken = ownerOf(contact)?.desk === other.desk;
      expect(contact.chat?.handOvers?.at(-1)?.ended?.how).toBe(isTaken ? 'taken' : 'withdrawn');
      expect([byGiver.length, byTaker.length]).toEqual(isTaken ? [1, 0] : [0, 1]);
    });

    it('CH-16: a no leaves it where it is, with the reason on the record', async () => {
      const page = await inHand();
      const offer = await offerTo(page.id, await meOf(taker));
      await does(taker, page.id, { kind: 'answer-offer', offer, accepted: false, words: 'I have a 999' });
      const contact = await record(page.id);
      expect(ownerOf(contact)).toEqual(await meOf(giver));
      expect(contact.chat?.handOvers?.at(-1)?.ended).toMatchObject({
        how: 'declined',
        words: 'I have a 999',
      });
      expect(await page.asks()).toMatchObject({ handler: 'here' });
    });

    it('CH-14, CH-16: is not offered to who is not available, has as many as they take, or is not there; the chat stays', async () => {
      const page = await inHand();
      const other = await meOf(taker);
      const offer = { kind: 'offer-chat', to: other, words: 'for you' } as const;
      const untilStatus = (kind: string) =>
        giver.until(
          () => giver.request('colleagues.read', {}),
          ({ colleagues }) =>
            colleagues?.some(({ actor, status }) => actor.desk === other.desk && status === kind) === true,
        );
      await taker.request('desk.set-status', { kind: 'break', reason: 'meal' });
      await untilStatus('break');
      await does(giver, page.id, offer);
      await taker.request('desk.set-status', { kind: 'available', reason: null });
      await untilStatus('available');
      for (let n = 0; n < 2; n += 1) {
        const theirs = await beginChat(() => queue);
        await does(taker, theirs.id, { kind: 'claim' });
      }
      await does(giver, page.id, offer);
      await does(giver, page.id, { ...offer, to: { ...other, handler: (await meOf(giver)).handler } });
      expect(await refusals(giver, page.id)).toMatchObject([
        { code: 'cannot-take', because: 'not-available' },
        { code: 'cannot-take', because: 'limit', n: 2 },
        { code: 'cannot-take', because: 'gone' },
      ]);
      const contact = await record(page.id);
      expect([ownerOf(contact), contact.chat?.handOvers]).toEqual([await meOf(giver), undefined]);
    });

    it('CH-14, CH-16: of two that were offered to somebody with room for one, the second yes is refused, and that chat stays', async () => {
      const other = await meOf(taker);
      const theirs = await beginChat(() => queue);
      await does(taker, theirs.id, { kind: 'claim' });
      const pages = [await inHand(), await inHand()] as const;
      const [first, second] = [await offerTo(pages[0].id, other), await offerTo(pages[1].id, other)];
      const yes = { kind: 'answer-offer', accepted: true, words: '' } as const;
      await does(taker, pages[0].id, { ...yes, offer: first });
      await does(taker, pages[1].id, { ...yes, offer: second });
      expect(await refusals(taker, pages[1].id)).toMatchObject([
        { code: 'cannot-take', because: 'limit', n: 2 },
      ]);
      const owners = await Promise.all(pages.map(async ({ id }) => ownerOf(await record(id))?.desk));
      expect(owners).toEqual([other.desk, (await meOf(giver)).desk]);
    });

    it('CH-16, X-08: with the link down nobody is offered anything, and nobody takes anything: it stays where it is', async () => {
      await using wire = await startCutProxy(queue.deskUrl);
      using far = startDesk({ queueUrl: wire.deskUrl, handler: '4713' });
      await far.untilLink('live');
      const page = await beginChat(() => queue);
      await does(far, page.id, { kind: 'claim' });
      const other = await meOf(taker);
      wire.cut();
      await far.untilLink('down');
      expect(await far.submit(page.id, { kind: 'offer-chat', to: other, words: 'for you' })).toEqual({
        kind: 'refused',
        refusal: { code: 'link-down' },
      });
      expect(await far.request('colleagues.read', {})).toEqual({ colleagues: null });
      expect(ownerOf(await record(page.id))).toMatchObject({ handler: '4713' });
    });

    it('CH-17: back to everybody with a word: the page waits again, and whoever takes it next reads the word', async () => {
      const page = await inHand();
      const waits = page.asks({ wait: 20_000 });
      await does(giver, page.id, { kind: 'release', reason: 'needs somebody with Polish' });
      expect(await waits).toMatchObject({ state: 'waiting', handler: 'waiting', position: 1 });
      await taker.until(
        () => taker.request('contact.read', { contact: page.id }),
        (reading) => reading.kind === 'here' && reading.contact.ownership.kind === 'waiting',
      );
      await does(taker, page.id, { kind: 'claim' });
      expect(await page.asks()).toMatchObject({ state: 'live', handler: 'here' });
      expect((await record(page.id)).chat?.handOvers).toMatchObject([
        { to: null, words: 'needs somebody with Polish' },
      ]);
    });
  },
);
