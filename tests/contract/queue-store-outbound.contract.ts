import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../src/queue/store/outbound-store.ts';
import type { QueueStore } from '../../src/queue/store/queue-store.ts';
import { asCommandId, type ContactId } from '../../src/shared/domain/ids.ts';
import { later, MINUTE, type Instant } from '../../src/shared/domain/time.ts';
import { aContact, testStart } from '../harness/builders.ts';
import type { StoreUnderTest } from './queue-store.contract.ts';

/** What goes out to the public, until it is known how it ended (rules MX-06, MX-07). */
export function queueStoreOutboundContract(name: string, openEmpty: () => Promise<StoreUnderTest>): void {
  describe(`what goes out, in the queue's ${name} store`, () => {
    let underTest: StoreUnderTest;
    let store: QueueStore;
    const contact = aContact({ seq: 1 });
    beforeEach(async () => {
      underTest = await openEmpty();
      ({ store } = underTest);
      await store.transact((tx) => tx.insertContact(contact));
    });
    afterEach(() => underTest.dispose());

    const aMessage = (orderedAt: Instant, of: ContactId = contact.id): OutboundMessage => ({
      id: asCommandId(randomUUID()),
      contact: of,
      ref: contact.ref,
      way: 'e-mail',
      to: 'ann@example.com',
      neutral: true,
      subject: 'Your reference',
      text: 'Reference: CON-20261122-000001',
      orderedAt,
    });
    const keep = (message: OutboundMessage) => store.transact((tx) => tx.keepMessage(message));
    const take = (now: Instant) => store.transact((tx) => tx.takeDueMessage(now, later(now, MINUTE)));
    const due = () => store.transact((tx) => tx.nextMessageDue());

    it('MX-06 gives each message to one who tries it, the longest due first, and counts the tries', async () => {
      const [second, first] = [aMessage(later(testStart, 5)), aMessage(testStart)];
      for (const message of [second, first]) await keep(message);
      const now = later(testStart, 10);
      const taken = await Promise.all([take(now), take(now), take(now)]);
      expect(taken.filter((one) => one !== null).toSorted((a, b) => a.orderedAt - b.orderedAt)).toEqual([
        { ...first, tries: 1 },
        { ...second, tries: 1 },
      ]);
      expect(await due()).toBe(later(now, MINUTE));
    });

    it('MX-06 gives it again to another when whoever took it does not come back', async () => {
      const message = aMessage(testStart);
      await keep(message);
      await take(testStart);
      expect(await take(later(testStart, MINUTE - 1))).toBeNull();
      expect(await take(later(testStart, MINUTE))).toEqual({ ...message, tries: 2 });
    });

    it('MX-06 puts off, and ends once', async () => {
      const message = aMessage(testStart);
      await keep(message);
      await take(testStart);
      await store.transact((tx) => tx.putOffMessage(message.id, later(testStart, 3 * MINUTE)));
      expect([await take(later(testStart, 2 * MINUTE)), await due()]).toEqual([
        null,
        later(testStart, 3 * MINUTE),
      ]);
      const end = () => store.transact((tx) => tx.endMessage(message.id));
      expect([await end(), await end(), await due()]).toEqual([true, false, null]);
    });

    it('S-10 keeps nothing of an order whose transaction failed', async () => {
      await expect(
        store.transact(async (tx) => {
          await tx.keepMessage(aMessage(testStart));
          throw new Error('the plug was pulled');
        }),
      ).rejects.toThrow('the plug was pulled');
      expect(await due()).toBeNull();
    });
  });
}
