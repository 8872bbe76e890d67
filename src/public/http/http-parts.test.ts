import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../shared/domain/time.ts';
import { cookieOf } from './exchange.ts';
import { Rates } from './rates.ts';
import { FormTokens, isFromHere } from './security.ts';
import { Sessions } from './sessions.ts';

const asked = (headers: Record<string, string>): IncomingMessage =>
  ({ headers }) as unknown as IncomingMessage;
const here = 'https://contact.example';

describe('who a form is taken from', () => {
  it.each([
    [{ origin: here }, true],
    [{ origin: here, 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: `${here}:8443` }, false],
    [{ origin: 'https://contact.example.evil.test' }, false],
    [{ origin: 'null' }, false],
    [{}, false],
    [{ origin: here, 'sec-fetch-site': 'cross-site' }, false],
  ])('WP-02: %j is from a page of ours: %s', (headers, expected) => {
    expect(isFromHere(asked(headers as Record<string, string>), here)).toBe(expected);
  });

  it('WP-02: a token is of one visit of one process, and nobody else’s will do', () => {
    const [tokens, after] = [new FormTokens(randomBytes(32)), new FormTokens(randomBytes(32))];
    expect(tokens.isOf('visit-1', tokens.of('visit-1'))).toBe(true);
    for (const wrong of [tokens.of('visit-2'), tokens.fresh(5), after.of('visit-1'), '', 'x'.repeat(43)])
      expect(tokens.isOf('visit-1', wrong)).toBe(false);
  });

  it('WP-05: a cookie that cannot be one of ours is none', () => {
    const id = 'a'.repeat(43);
    expect(cookieOf(asked({ cookie: `x=1; visit=${id}` }), 'visit')).toBe(id);
    for (const cookie of ['', 'visit=short', `visit=${'a'.repeat(43)}<script>`, `other=${id}`])
      expect(cookieOf(asked({ cookie }), 'visit')).toBe(null);
  });
});

describe('how much one address may ask for', () => {
  it('WP-04: whoever asks for too much may go on after a moment, and others never notice', () => {
    let now = 0;
    const rates = new Rates({ atOnce: 3, perSecond: 0.5 }, () => now);
    expect([1, 2, 3].map(() => rates.take('a'))).toEqual([0, 0, 0]);
    expect(rates.take('a')).toBe(2);
    expect(rates.take('b')).toBe(0);
    now += 1_999;
    expect(rates.take('a')).toBe(1);
    now += 1_001;
    expect(rates.take('a')).toBe(0);
  });
});

describe('what somebody is in the middle of', () => {
  it('WP-05: it is forgotten an hour after the last step, and after eight hours in any case', () => {
    let now = 0;
    let n = 0;
    const sessions = new Sessions<string>({ newId: () => `id-${(n += 1)}`, monotonic: () => now });
    const id = sessions.begin('answers');
    now += 59 * MINUTE;
    expect(sessions.find(id)).toBe('answers');
    now += 61 * MINUTE;
    expect(sessions.find(id)).toBe(null);
    const busy = sessions.begin('more');
    for (const end = now + 8 * HOUR; now < end; now += 30 * MINUTE) sessions.find(busy);
    expect(sessions.find(busy)).toBe('more');
    now += 1;
    expect(sessions.find(busy)).toBe(null);
    sessions.begin('left alone');
    now += 2 * HOUR;
    sessions.sweep();
    expect(sessions.size).toBe(0);
  });
});
