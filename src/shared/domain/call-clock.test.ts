import { describe, expect, it } from 'vitest';
import { aCall, testStart } from '../../../tests/harness/builders.ts';
import { AHEAD_LIMIT_MS, callOnTime, callToldAt } from './call-clock.ts';
import { nothingTold, type CallEvent } from './call-events.ts';
import { asInstant, later, SECOND } from './time.ts';

const now = later(testStart, 10 * SECOND);
const event = (kind: 'answer' | 'drop', at: number): CallEvent => ({
  kind,
  at: asInstant(at),
  told: nothingTold,
});

describe('TE-03: a clock of the exchange that is ahead', () => {
  const farAhead = asInstant(Date.UTC(2199, 1, 1));
  const rung = aCall({ offeredAt: farAhead, asOf: farAhead });

  it('is replaced by the queue’s, and what it claimed is kept beside', () => {
    expect(callOnTime(rung, now)).toEqual({ ...rung, offeredAt: now, asOf: now, claimedAt: farAhead });
  });

  it('stops no later event of the call: it is answered, lost and rung back', () => {
    const answered = callToldAt(
      callOnTime(rung, now),
      event('answer', now + SECOND),
      'c',
      later(now, SECOND),
    );
    expect(answered).toMatchObject({ handOver: 'connected', answeredAt: now + SECOND });
    const dropped = callToldAt(answered, event('drop', farAhead + SECOND), 'c', later(now, 2 * SECOND));
    expect(dropped).toMatchObject({
      handOver: 'caller-dropped',
      endedAt: now + 2 * SECOND,
      asOf: now + 2 * SECOND,
      claimedAt: farAhead + SECOND,
    });
  });

  it('frees a call that was kept with such a time', () => {
    expect(callToldAt(rung, event('answer', now), 'c', now)).toMatchObject({ handOver: 'connected' });
  });

  it('keeps the order in which things are told when one is believed and the next is not', () => {
    const answered = callToldAt(aCall(), event('answer', now + 50 * SECOND), 'c', now);
    const dropped = callToldAt(answered, event('drop', now + 90 * SECOND), 'c', later(now, SECOND));
    expect(dropped).toMatchObject({ handOver: 'caller-dropped', endedAt: now + 50 * SECOND });
  });

  it('is believed up to a minute', () => {
    const call = aCall();
    const at = later(now, AHEAD_LIMIT_MS);
    expect(callToldAt(call, event('answer', at), 'c', now)).toMatchObject({
      answeredAt: at,
      claimedAt: null,
    });
    expect(callToldAt(call, event('answer', at + 1), 'c', now)).toMatchObject({
      answeredAt: now,
      claimedAt: at + 1,
    });
    expect(callOnTime(call, now)).toBe(call);
  });
});
