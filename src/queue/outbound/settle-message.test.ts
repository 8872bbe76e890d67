import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { aContact, testStart } from '../../../tests/harness/builders.ts';
import { asCommandId } from '../../shared/domain/ids.ts';
import type { SafeReach } from '../../shared/domain/outbound/reach.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { takeMessage, type Taken } from './settle-message.ts';

const chosen: SafeReach = { way: 'e-mail', to: 'ann@example.com', neutral: false };

/** What becomes of a message to the chosen address, ordered when something was on record, of which nothing is by now. */
async function takenWith(reach: SafeReach): Promise<Taken | null> {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  const form = { kind: 'crime', answers: [], reach };
  const contact = aContact({ channel: 'online-report', form });
  const { id, ref } = contact;
  const { way, to, neutral } = chosen;
  const message = { id: asCommandId(randomUUID()), contact: id, ref, way, to, neutral } as const;
  await store.transact(async (tx) => {
    await tx.insertContact(contact);
    await tx.keepMessage({ ...message, way: 'e-mail', subject: 's', text: 't', orderedAt: testStart });
  });
  const taken = await store.transact((tx) =>
    takeMessage(tx, { now: testStart, again: later(testStart, MINUTE) }),
  );
  await store.close();
  return taken;
}

describe('a message whose contact has nothing on record any more', () => {
  it('MX-03: goes where it was promised, and never to an address or in words that are not theirs by now', async () => {
    expect((await takenWith(chosen))?.kind).toBe('carry');
    const others: readonly SafeReach[] = [
      { ...chosen, to: 'ann@work.example' },
      { ...chosen, neutral: true },
      { way: 'text', to: '07700 900123', neutral: false },
      { way: 'nobody', to: '', neutral: true },
    ];
    for (const other of others)
      expect(await takenWith(other)).toMatchObject({
        kind: 'stopped',
        entry: { what: { kind: 'carried', fault: 'other-way' } },
      });
  });
});
