import { describe, expect, it } from 'vitest';
import { later, MINUTE, SECOND } from '../../shared/domain/time.ts';
import { aContact, START } from '../testing/builders.ts';
import { lineStateWords, stateOf } from './contact-words.ts';

const inState = (
  channel: '101-voice' | '999-voice' | 'web-chat' | 'front-counter',
  state: 'ringing' | 'queued',
) => ({
  ...aContact({ n: 1, channel, receivedAt: START }),
  channelState: state,
});

describe('W-31: what a line does is said as it is', () => {
  it.each([
    ['999-voice', 'ringing', 'Ringing'],
    ['101-voice', 'ringing', 'Ringing'],
    ['101-voice', 'queued', 'In the queue'],
    ['web-chat', 'queued', 'In the queue'],
    ['front-counter', 'queued', 'At the counter'],
  ] as const)('on the row of %s, %s: %s', (channel, state, words) => {
    expect(stateOf({ summary: inState(channel, state), pending: [] }, null).words).toBe(words);
  });

  it.each([
    [59 * SECOND, 'in the 101 queue · under 1 min'],
    [4 * MINUTE + 59 * SECOND, 'in the 101 queue · 4 min'],
    [119 * MINUTE, 'in the 101 queue · 119 min'],
    [121 * MINUTE, 'in the 101 queue · 2 h'],
  ])('with how long, to the whole minute: %i ms', (ms, words) => {
    expect(lineStateWords(inState('101-voice', 'queued'), later(START, ms))).toBe(words);
  });

  it('without how long where nobody waits in a queue', () => {
    expect(lineStateWords(inState('999-voice', 'ringing'), later(START, MINUTE))).toBe('ringing');
  });
});
