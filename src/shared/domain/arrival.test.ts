import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { anArrival } from '../../../tests/harness/arrivals.ts';
import { anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { channels } from './channel.ts';
import { ACCOUNT_TYPED_LIMIT, TITLE_LIMIT, type LoggedContact } from './command.ts';
import { isOpenEmergency } from './contact.ts';
import { asContactId } from './ids.ts';
import { asInstant, later } from './time.ts';
import { arrivedContact, loggedContact, OLDEST_ARRIVAL_MS, refusalOfLog } from './arrival.ts';
import { CALLER_LIMITS, LANGUAGE_LIMIT } from './record/description.ts';

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

describe('a contact that a handler has written down', () => {
  const by = anActor();
  const logged = {
    channel: '101-voice',
    receivedAt: later(testStart, -600_000),
    title: 'Bicycle taken from the station',
    place: 'Station Approach, Hitchin',
    language: null,
    caller: { name: 'Wren Halloway', number: '01632 960455', address: null },
    account: 'Locked at eight, gone at five.',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    paperLog: null,
    provisionalRef: 'PROV-K7M2QX',
  } as const;
  const written = (over: Partial<LoggedContact> = {}) =>
    loggedContact({ ...logged, ...over }, numbers, by, testStart, policy);

  it('P-03, P-04: it is its writer’s from the start, under fence 1, and keeps its provisional reference', () => {
    expect(written()).toMatchObject({
      ref: 'CON-1',
      provisionalRef: 'PROV-K7M2QX',
      rev: 1,
      fence: 1,
      ownership: { kind: 'owned', by, since: testStart },
      channelState: 'connected',
      callBackDue: false,
    });
  });

  it('P-02: it was received when the person says, and written down later', () => {
    expect(written()).toMatchObject({ receivedAt: logged.receivedAt, enteredAt: testStart });
  });

  it('P-01: typed in from paper, its line is over', () => {
    expect(written({ paperLog: 'P12-0007' })).toMatchObject({ paperLog: 'P12-0007', channelState: 'ended' });
  });

  it('O-02, O-03: an emergency written down stands in band A and, being somebody’s, in no strip', () => {
    const emergency = written({ channel: '999-dropped' });
    expect([emergency.band, isOpenEmergency(emergency), emergency.callBackDue]).toEqual(['A', false, false]);
  });

  it('P-04: a title is needed, and what is too long is told with its limit', () => {
    expect(refusalOfLog(logged)).toBeNull();
    expect(refusalOfLog({ ...logged, title: ' \t' })).toEqual({ code: 'text-missing' });
    expect(refusalOfLog({ ...logged, place: 'x'.repeat(TITLE_LIMIT + 1) })).toEqual({
      code: 'text-too-long',
      limit: TITLE_LIMIT,
      length: TITLE_LIMIT + 1,
    });
    expect(refusalOfLog({ ...logged, account: 'x'.repeat(ACCOUNT_TYPED_LIMIT + 1) })).toMatchObject({
      limit: ACCOUNT_TYPED_LIMIT,
    });
  });

  it.each<[string, Partial<LoggedContact>, number]>([
    ['a name', { caller: { name: 'x'.repeat(161), number: null, address: null } }, CALLER_LIMITS.name],
    ['a number', { caller: { name: null, number: '0'.repeat(41), address: null } }, CALLER_LIMITS.number],
    ['an address', { caller: { name: null, number: null, address: 'x'.repeat(301) } }, CALLER_LIMITS.address],
    ['a language', { language: 'x'.repeat(36) }, LANGUAGE_LIMIT],
  ])('P-04 L-04: %s that is too long is told with its limit', (_what, over, limit) => {
    expect(refusalOfLog({ ...logged, ...over })).toEqual({ code: 'text-too-long', limit, length: limit + 1 });
  });
});
