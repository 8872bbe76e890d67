import { expect, it } from 'vitest';
import type { CommittedEntry } from '../../src/queue/store/queue-store.ts';
import { UNREAD_TITLE } from '../../src/shared/contract/salvage.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { InboxRow } from '../../src/shared/domain/view.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { startDesk } from '../harness/desk.ts';
import { startTestQueue } from '../harness/queue.ts';

const isPoisoned = ({ account }: Contact): boolean => account === 'poison';
/** A contact as a queue that is newer, or broken, might tell it. */
const poisoned = (contact: Contact): Contact =>
  isPoisoned(contact) ? { ...contact, due: 'soon' as unknown as Contact['due'] } : contact;
const told = (entry: CommittedEntry): CommittedEntry =>
  entry.what.kind === 'arrived'
    ? { ...entry, what: { ...entry.what, contact: poisoned(entry.what.contact) } }
    : entry;

const titleOf = ({ summary }: InboxRow): string => summary.title;

it('L-23: one contact that no desk can read stops no desk: it is shown, taken, and everything behind it comes', async () => {
  await using queue = await startTestQueue({
    store: 'memory',
    wrapStore: (store) => ({
      ...store,
      entriesAfter: async (after, limit) => (await store.entriesAfter(after, limit)).map(told),
      snapshot: async (since) => {
        const { asOf, contacts } = await store.snapshot(since);
        return { asOf, contacts: contacts.map(poisoned) };
      },
    }),
  });
  using desk = startDesk({ queueUrl: queue.deskUrl, handler: '1001' });
  await desk.untilLink('live');
  await post(queue, aBody({ channel: '999-voice', title: 'Screams', account: 'poison' }), { key: 'bad' });
  await post(queue, aBody({ channel: '999-voice', title: 'Next', account: 'well' }), { key: 'good' });
  const isWhole = (rows: readonly InboxRow[]): boolean =>
    rows.map(titleOf).join() === `${UNREAD_TITLE} · Screams,Next`;
  const [first] = await desk.until(() => desk.inbox(), isWhole);
  // It is taken like any other.
  await desk.submit(must(first, 'row').summary.id, { kind: 'claim' });
  await desk.untilReceived();
  const rows = await desk.until(
    () => desk.inbox(),
    (all) => all.some(({ summary }) => summary.ownership.kind === 'owned'),
  );
  expect(rows.map(titleOf).toSorted()).toEqual([`${UNREAD_TITLE} · Screams`, 'Next'].toSorted());
  // A desk that begins now gets it in its copy.
  using fresh = startDesk({ queueUrl: queue.deskUrl, handler: '1002' });
  await fresh.untilLink('live');
  await fresh.until(
    () => fresh.inbox(),
    (all) => all.map(titleOf).toSorted().join() === `${UNREAD_TITLE} · Screams,Next`,
  );
});
