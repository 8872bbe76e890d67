import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClosing, anActor, anId } from '../../../tests/harness/builders.ts';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { asIncarnation, type ContactId } from '../../shared/domain/ids.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { SearchIndexing } from './search.ts';

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

const idsFound = async (text: string, limit = 10): Promise<string[]> =>
  (await desk.request('search.read', { text, limit })).hits.map(({ summary }) => summary.id);
const earlier = async (contact: ContactId) =>
  (await desk.request('history.read', { contact })).items.map(({ summary, because }) => [
    summary.id,
    because,
  ]);

describe('search', () => {
  it('W-20: open and closed contacts are found, and the inbox stays as it is', async () => {
    const closed = desk.log.arrives({ account: 'A heron' }).contact;
    desk.log.happens(closed, { kind: 'claim' }, { by: anActor({ deskNumber: 2 }) });
    const close = aClosing({ reason: 'The heron flew away' });
    desk.log.happens(closed, close, { by: anActor({ deskNumber: 2 }) });
    const open = await desk.live({ account: 'Two herons' });
    const before = await desk.rows();
    expect([await idsFound('heron'), await desk.rows()]).toEqual([[open, closed], before]);
  });

  it('W-20, X-04: a note is found as soon as it is kept here, although the queue has not received it', async () => {
    const contact = await desk.live();
    await desk.submit(contact, { kind: 'note', text: 'Zebra seen', happenedAt: null });
    const { hits } = await desk.request('search.read', { text: 'zeb noise', limit: 10 });
    expect(hits.map(({ summary, in: place, excerpt }) => [summary.id, place, excerpt.text])).toEqual([
      [contact, 'title', 'Noise from the flat above'],
    ]);
    expect((await desk.request('search.read', { text: 'zeb', limit: 10 })).hits[0]?.in).toBe('note');
  });

  it('W-20: what is kept here takes its place by time like everything else, and no more are told than were asked for', async () => {
    const old = desk.log.arrives().contact;
    const contacts = [desk.log.arrives().contact, desk.log.arrives().contact];
    await desk.live();
    await desk.submit(old, { kind: 'note', text: 'Noise again', happenedAt: null });
    const all = await idsFound('noise');
    const some = await desk.request('search.read', { text: 'noise', limit: 3 });
    expect([all.slice(1), some.hits.map(({ summary }) => summary.id), some.complete, some.searched]).toEqual([
      [...contacts.toReversed(), old],
      all.slice(0, 3),
      false,
      4,
    ]);
  });

  it('W-20: an index is written in slices, later, and not again while nothing has changed', () => {
    const clock = new TestClock();
    let left = 3;
    const sizes: number[] = [];
    const store = {
      ...memoryStore(asIncarnation(anId(1))),
      kind: 'file' as const,
      indexSome(limit: number): boolean {
        sizes.push(limit);
        left = Math.max(0, left - 1);
        return left > 0;
      },
    };
    const indexing = new SearchIndexing({ store, timers: clock, guard: (work) => work() });
    const atOnce = sizes.length;
    clock.advance(2_160);
    const soon = sizes.length;
    clock.advance(4_000);
    indexing[Symbol.dispose]();
    expect([atOnce, soon, sizes.length, clock.pending]).toEqual([0, 3, 5, 0]);
  });
});

describe('earlier contacts', () => {
  it('W-21: beside a contact stand the others of the same caller, newest first, each with its reasons, and not itself', async () => {
    const caller = { name: 'Robin Marsh', number: '07700 900114', address: '12 Fretherne Road' };
    const first = desk.log.arrives({ caller: { ...caller, name: null, address: '1 Mill Lane' } }).contact;
    const second = desk.log.arrives({ caller: { ...caller, number: 'withheld' } }).contact;
    desk.log.arrives({ caller: { name: 'Somebody Else', number: '07700 900115', address: '2 Mill Lane' } });
    const contact = await desk.live({ caller });
    expect(await earlier(contact)).toEqual([
      [second, ['same-address', 'same-name']],
      [first, ['same-number']],
    ]);
  });

  it('W-21: at most fifty are told, the newest', async () => {
    const all = Array.from({ length: 60 }, () => desk.log.arrives().contact);
    const contact = await desk.live();
    expect((await earlier(contact)).map(([id]) => id)).toEqual(all.slice(10).toReversed());
  });

  it('W-21: a contact that is not here, or only flashed, has no earlier ones', async () => {
    await desk.live();
    const { contact, lsn } = desk.log.arrives({ channel: '999-voice' });
    desk.network.last.says({ t: 'FLASH', lsn, summary: desk.log.summary(contact) });
    const unknown = desk.log.arrives().contact;
    expect([await earlier(contact), await earlier(unknown)]).toEqual([[], []]);
  });
});
