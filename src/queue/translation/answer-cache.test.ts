import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { AnswerCache } from './answer-cache.ts';

const made = (text: string) => ({ text, version: '1', leftWords: [] });

describe('what is kept of translations', () => {
  it('LG-10: few, and the oldest goes first', () => {
    const cache = new AnswerCache(new TestClock());
    for (let n = 0; n < 700; n += 1) cache.keep('es', 'en', `line ${n}`, made(`${n}`));
    expect([
      cache.size,
      cache.find('es', 'en', 'line 199'),
      cache.find('es', 'en', 'line 200')?.text,
    ]).toEqual([500, null, '200']);
  });

  it('LG-10: for ten minutes, and nothing long', () => {
    const clock = new TestClock();
    const cache = new AnswerCache(clock);
    cache.keep('es', 'en', 'x'.repeat(501), made('long'));
    cache.keep('es', 'en', 'a', made('a'));
    clock.advance(6 * 60_000);
    cache.keep('es', 'en', 'b', made('b'));
    clock.advance(5 * 60_000);
    expect([cache.find('es', 'en', 'a'), cache.find('es', 'en', 'b')?.text, cache.size]).toEqual([
      null,
      'b',
      1,
    ]);
    cache.clear();
    expect(cache.size).toBe(0);
  });
});
