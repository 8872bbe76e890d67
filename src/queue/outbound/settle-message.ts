import type { ContactEvent } from '../../shared/domain/event.ts';
import { isOpenEmergency, summaryOf } from '../../shared/domain/contact.ts';
import { apply } from '../../shared/domain/lifecycle.ts';
import {
  DETAIL_LIMIT,
  notThatWay,
  whyNotSent,
  type Carried,
  type SendingFault,
} from '../../shared/domain/outbound/sending.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import { appendEvent } from '../append-event.ts';
import { digestOf } from '../store/canonical-json.ts';
import type { DueMessage } from '../store/outbound-store.ts';
import type { CommittedEntry, StoreTransaction } from '../store/queue-store.ts';

/** Whose fact it is, in the audit. */
const SOURCE = 'outbound';

/** A message that is to be tried now, or one that must not go any more. */
export type Taken =
  | { readonly kind: 'carry'; readonly message: DueMessage }
  | { readonly kind: 'stopped'; readonly entry: CommittedEntry | null };

/**
 * Takes the message that has been due longest, unless what has happened since the order forbids it: then it ends here and now (rule MX-03). `null`:
 * nothing is due.
 */
export async function takeMessage(
  tx: StoreTransaction,
  { now, again }: { readonly now: Instant; readonly again: Instant },
): Promise<Taken | null> {
  const message = await tx.takeDueMessage(now, again);
  if (message === null) return null;
  const contact = must(await tx.contact(message.contact), `contact ${message.contact} of a message`);
  const general = whyNotSent(contact);
  // That its incident was taken back is no reason, for they were promised word; and it opens no other way to them.
  const stops = general?.code === 'not-recorded' ? null : general;
  const refusal = stops ?? notThatWay(contact, message);
  if (refusal === null) return { kind: 'carry', message };
  const fault: SendingFault = refusal.code === 'left-by-exit' ? 'left-by-exit' : 'other-way';
  return { kind: 'stopped', entry: await settleMessage(tx, message, { fault, detail: '' }, now) };
}

/**
 * How a message ended: the row gone and the event on its contact, in one transaction (rules MX-06, MX-07, S-10). `null`: it was known already,
 * because two had tried it.
 */
export async function settleMessage(
  tx: StoreTransaction,
  message: DueMessage,
  { fault, detail }: Carried,
  now: Instant,
): Promise<CommittedEntry | null> {
  const before = must(await tx.lockContact(message.contact), `contact ${message.contact} of a message`);
  if (!(await tx.endMessage(message.id))) return null;
  const what = {
    kind: 'carried',
    sending: message.id,
    fault,
    detail: detail.slice(0, DETAIL_LIMIT),
  } as const;
  const event: ContactEvent = { contact: before.id, rev: before.rev + 1, at: now, by: null, what };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  const flash = isOpenEmergency(after) ? summaryOf(after) : null;
  const lsn = await appendEvent(tx, event, flash, {
    at: now,
    contact: before.id,
    desk: null,
    deskNumber: null,
    handler: null,
    source: SOURCE,
    act: 'carry',
    outcome: 'applied',
    command: null,
    actDigest: digestOf(what),
  });
  return { ...event, lsn: must(lsn, `position of the end of message ${message.id}`), flash };
}
