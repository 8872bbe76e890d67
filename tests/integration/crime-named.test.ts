import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { provisionalRefOf } from '../../src/shared/domain/record/references.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const burglary: Act = {
  kind: 'crime',
  decision: { kind: 'recorded', offence: 'Burglary', offenceClass: 'CR-BDW' },
};

describe.each(['memory', 'postgres'] as const)(
  'a crime recorded without the queue (queue on %s)',
  (store) => {
    let queue: TestQueue;
    let wire: CutProxy;
    let desk: Desk;
    let other: Desk;

    beforeEach(async () => {
      queue = await startTestQueue({ store });
      wire = await startCutProxy(queue.deskUrl);
      desk = startDesk({ queueUrl: wire.deskUrl, handler: '4711' });
      other = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
      await Promise.all([desk, other].map((each) => each.untilLink('live')));
    });
    afterEach(async () => {
      desk.stop();
      other.stop();
      await wire[Symbol.asyncDispose]();
      await queue.stop();
    });

    async function taken(): Promise<ContactId> {
      const { body } = await post(queue, aBody({ title: 'Back door forced overnight' }));
      const { id } = body as { id: ContactId };
      await desk.until(
        () => desk.request('contact.read', { contact: id }),
        ({ kind }) => kind === 'here',
      );
      await desk.submit(id, { kind: 'claim' });
      await desk.untilReceived();
      return id;
    }

    const crimeAt = async (at: Desk, id: ContactId) => {
      const reading = await at.request('contact.read', { contact: id });
      return reading.kind === 'here' ? reading.contact.crime : null;
    };
    const found = async (at: Desk, typed: string) =>
      (await at.request('contact.by-reference', { typed })).contacts.map((contact) => contact.id);

    it('R-26, R-22: goes by its provisional reference until the number comes, and is found by either ever after, at every desk', async () => {
      const id = await taken();
      wire.cut();
      await desk.untilLink('suspect');
      const kept = await desk.submit(id, burglary);
      const prov = provisionalRefOf(kept.kind === 'kept' ? kept.id : '');
      const without = await crimeAt(desk, id);

      wire.mend();
      await desk.untilReceived();
      const after = await crimeAt(desk, id);
      const [truth] = await queue.service.contacts([id]);
      await other.until(
        () => crimeAt(other, id),
        (crime) => crime !== null && crime.ref !== null,
      );
      const number = truth?.crime?.ref ?? 'none';

      expect(without).toMatchObject({ ref: null, provisionalRef: prov });
      expect(truth?.crime).toMatchObject({ provisionalRef: prov });
      expect(number).toMatch(/^41\/1\/\d\d$/);
      expect(after).toEqual(truth?.crime);
      expect(await crimeAt(other, id)).toEqual(truth?.crime);
      for (const at of [desk, other])
        expect([await found(at, prov.toLowerCase()), await found(at, number)]).toEqual([[id], [id]]);
      const asked = await other.request('contact.ask', { kind: 'reference', typed: prov });
      expect([asked.kind, asked.contacts.map((contact) => contact.id)]).toEqual(['found', [id]]);
    });
  },
);
