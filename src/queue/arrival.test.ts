import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../tests/harness/arbitraries.ts';
import { anArrival } from '../../tests/harness/arrivals.ts';
import { anId, aPolicy, testStart } from '../../tests/harness/builders.ts';
import { channels } from '../shared/domain/channel.ts';
import { asContactId } from '../shared/domain/ids.ts';
import { asInstant, later } from '../shared/domain/time.ts';
import { arrivedContact, OLDEST_ARRIVAL_MS } from './arrival.ts';

const numbers = { id: asContactId(anId(1)), ref: 'CON-1', seq: 1, source: 'telephony' };
const policy = aPolicy();
const arrived = (over: Parameters<typeof anArrival>[0]) =>
  arrivedContact(anArrival(over), numbers, testStart, policy);

/** Every instant of a contact that has just arrived. */
function instantsOf({ contact }: ReturnType<typeof arrived>): readonly number[] {
  const { receivedAt, enteredAt, claimedReceivedAt, bandSince, due, ownership } = contact;
  const all = [receivedAt, enteredAt, claimedReceivedAt, bandSince, due.at, ownership.since];
  return all.filter((at) => at !== null);
}

describe('the time of an arrival', () => {
  it('C-03 takes a time of more than ten years ago at the queue’s time, keeps the claim and warns', () => {
    const oldest = later(testStart, -OLDEST_ARRIVAL_MS);
    expect(arrived({ receivedAt: oldest })).toMatchObject({
      contact: { receivedAt: oldest, claimedReceivedAt: null },
      warnings: [],
    });
    const before = later(oldest, -1);
    expect(arrived({ receivedAt: before })).toMatchObject({
      contact: { receivedAt: testStart, bandSince: testStart, claimedReceivedAt: before },
      warnings: [
        'receivedAt was more than ten years ago; the queue’s time was used and yours is kept beside it',
      ],
    });
  });

  it('C-03 drops a claimed time that is no date, and says so', () => {
    expect(arrived({ receivedAt: asInstant(-8.64e15) })).toMatchObject({
      contact: { receivedAt: testStart, claimedReceivedAt: null },
      warnings: [
        'receivedAt was more than ten years ago; the queue’s time was used and yours is no time that can be kept',
      ],
    });
  });

  it('C-03 keeps no instant outside 1970 to 2199, whatever a source claims', () => {
    const claims = fc.oneof(
      fc.integer({ min: -8.64e15, max: 8.64e15 }),
      fc.integer({ min: testStart - 2 * OLDEST_ARRIVAL_MS, max: testStart + 2 * OLDEST_ARRIVAL_MS }),
    );
    const property = fc.property(
      claims,
      fc.constantFrom(...channels),
      fc.boolean(),
      (claimed, channel, lookFirst) => {
        const flags = { vulnerable: false, repeat: false, lookFirst };
        for (const at of instantsOf(arrived({ channel, receivedAt: asInstant(claimed), flags }))) {
          const year = new Date(at).getUTCFullYear();
          expect(year).toBeGreaterThanOrEqual(1970);
          expect(year).toBeLessThan(2200);
        }
      },
    );
    always(property);
  });
});
