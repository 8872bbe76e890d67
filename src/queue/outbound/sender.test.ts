import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { aContact, testStart } from '../../../tests/harness/builders.ts';
import { systemTimers } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { asCommandId } from '../../shared/domain/ids.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import type { QueueService } from '../service.ts';
import type { DueMessage } from '../store/outbound-store.ts';
import type { CommittedEntry } from '../store/queue-store.ts';
import type { Carrier } from './carrier.ts';
import { PAUSES_MS, Sender } from './sender.ts';

it('MX-06: a message whose end could never be written down is not sent for ever', async () => {
  const { id: contact, ref } = aContact();
  const words = { subject: 's', text: 't', way: 'text', to: '+447700900123', neutral: true } as const;
  const due: DueMessage[] = [PAUSES_MS.length + 1, PAUSES_MS.length + 2].map((tries) => {
    const id = asCommandId(randomUUID());
    return { ...words, id, contact, ref, orderedAt: testStart, tries };
  });
  const [last, over] = due.map(({ id }) => id);
  const ended: (readonly [string, string | null])[] = [];
  const service = {
    now: () => testStart,
    takeMessage: async () => {
      const message = due.shift();
      return message === undefined ? null : ({ kind: 'carry', message } as const);
    },
    nextMessageDue: async () => null,
    settleMessage: async ({ id }: DueMessage, { fault }: { readonly fault: string | null }) =>
      void ended.push([id, fault]),
  } as unknown as QueueService;
  const carry = vi.fn<Carrier['carry']>(async () => ({ kind: 'taken', detail: '' }));
  const tail = { entries: new Emitter<CommittedEntry>() };
  const carriers = { text: { carry } };
  using sender = new Sender({ service, tail, carriers, timers: systemTimers, log: silentLogger });
  sender.start();
  await vi.waitFor(() =>
    expect(ended).toEqual([
      [last, null],
      [over, 'gave-up'],
    ]),
  );
  expect(carry.mock.calls.map(([{ id }]) => id)).toEqual([last]);
});
