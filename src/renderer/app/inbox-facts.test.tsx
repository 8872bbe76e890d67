import { expect, test } from 'vitest';
import type { Contact } from '../../shared/domain/contact.ts';
import { rowOf, view, type InboxRow } from '../../shared/domain/view.ts';
import { aContact, anActor, testPolicy } from '../testing/builders.ts';
import { anEmergency } from '../testing/hands.ts';
import { FactKeeper } from './inbox-facts.ts';
import { isSameRow } from './same-row.ts';

const row = (contact: Contact): InboxRow => rowOf(view(contact, [], anActor(14), testPolicy));
const change = (now: InboxRow) => ({ id: now.summary.id, row: now });

test('O-04: an open emergency is painted at once, and what is no emergency when nobody is kept waiting by it', () => {
  const keeper = new FactKeeper();
  const call = row(aContact({ n: 1, channel: '101-voice' }));
  const emergency = row(anEmergency(2));
  const pending = [
    { id: call.summary.id as never, kind: 'claim', keptAt: call.summary.receivedAt, doubt: null },
  ] as const;
  expect([
    keeper.take([change(call)]),
    keeper.take([change(call), change(emergency)]),
    keeper.take([change(emergency)]),
    keeper.take([change({ ...call, pending })]),
    keeper.take([change({ ...call })]),
    keeper.take([{ id: emergency.summary.id, row: null }]),
  ]).toEqual(['calm', 'at-once', 'calm', 'soon', 'soon', 'calm']);
});

test('W-02: facts that say the same are the same, so that nothing is painted for them', () => {
  const keeper = new FactKeeper();
  const call = row(aContact({ n: 1, channel: '101-voice' }));
  keeper.take([change(call), change(row(anEmergency(2)))]);
  const before = keeper.facts(null);
  keeper.take([change({ ...call, summary: { ...call.summary, title: 'Other words' } })]);
  expect(keeper.facts(null)).toBe(before);
  keeper.take([change(row(anEmergency(3)))]);
  const now = keeper.facts(null);
  expect([now === before, now.emergencyCount, now.waiting]).toEqual([
    false,
    2,
    { ...before.waiting, '999': 2 },
  ]);
});

test('L-09: a row told twice, by a flash and by its event, is the same row; any difference makes it another', () => {
  const flash = row(anEmergency(1));
  const event: InboxRow = structuredClone(flash);
  expect(isSameRow(flash, event)).toBe(true);
  expect(isSameRow(flash, { ...event, summary: { ...event.summary, place: 'Elsewhere' } })).toBe(false);
  expect(isSameRow(flash, { ...event, summary: { ...event.summary, rev: event.summary.rev + 1 } })).toBe(
    false,
  );
});
