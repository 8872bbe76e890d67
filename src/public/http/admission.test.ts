import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Admission, PATIENT_MS, usualLimits, type Sending } from './admission.ts';
import { crowdWords } from './crowd-words.ts';

let now = 0;
const admission = (): Admission => new Admission(usualLimits, () => now);
const aSending = (over: Partial<Sending> = {}): Sending => ({
  address: 'shared',
  openMs: null,
  words: null,
  isRisk: false,
  ...over,
});
/** Everything that the address may send, and as much again. */
const flood = (one: Admission, over: Partial<Sending> = {}): void => {
  for (let n = 0; n < 2 * usualLimits.sending.atOnce; n += 1) one.sending(aSending(over));
};

describe('where very much comes from one address', () => {
  it('WP-60: what is over its allowance waits, and others never notice', () => {
    const one = admission();
    flood(one);
    expect(one.sending(aSending())).toEqual({ kind: 'wait', seconds: 5 });
    expect(one.sending(aSending({ address: 'another' }))).toEqual({ kind: 'taken', of: null, same: null });
    expect(one.counts.waited).toBe(usualLimits.sending.atOnce + 1);
  });

  it('WP-61: whoever had the form open as long as a person has is let through, and told apart at the desk', () => {
    const one = admission();
    flood(one);
    const early = one.sending(aSending({ openMs: 12_000 }));
    expect(early).toEqual({ kind: 'wait', seconds: 3 });
    const taken = one.sending(aSending({ openMs: PATIENT_MS }));
    expect(taken).toEqual({ kind: 'taken', of: 21, same: null });
    expect(one.counts).toMatchObject({ marked: 1, forRisk: 0 });
  });

  it('WP-62: a risk word, or somebody who is not safe, is taken at once, however much came', () => {
    const one = admission();
    flood(one);
    expect(one.sending(aSending({ isRisk: true, words: 'help' })).kind).toBe('taken');
    expect(one.counts).toMatchObject({ marked: 1, forRisk: 1 });
  });

  it('WP-63: the very same words again and again do not become a person by waiting; with a risk word they are taken all the same', () => {
    const one = admission();
    for (let n = 0; n < 3; n += 1)
      expect(one.sending(aSending({ words: 'buy gold' }))).toMatchObject({ kind: 'taken', same: null });
    expect(one.sending(aSending({ words: 'buy gold' }))).toEqual({ kind: 'taken', of: null, same: 4 });
    flood(one, { words: 'buy gold' });
    const spam = aSending({ words: 'buy gold', openMs: 10 * PATIENT_MS });
    expect(one.sending(spam).kind).toBe('wait');
    expect(one.sending({ ...spam, words: 'my bicycle is gone' }).kind).toBe('taken');
    expect(one.sending({ ...spam, isRisk: true }).kind).toBe('taken');
  });

  it('WP-64: the row says so, before its title, and nothing that the person wrote', () => {
    expect(crowdWords({ kind: 'taken', of: null, same: null })).toBe(null);
    expect(crowdWords({ kind: 'taken', of: 43, same: null })).toBe(
      'One of 43 from one network within minutes: ',
    );
    expect(crowdWords({ kind: 'taken', of: 43, same: 7 })).toBe(
      'One of 43 from one network within minutes, These words 7 times within minutes: ',
    );
  });

  it('WP-65: whoever is in the middle of something has an allowance of their own; another browser at the address still gets in', () => {
    const one = admission();
    const many = { address: 'shared', browser: 'flood', visit: null };
    const most = usualLimits.pages.atOnce + usualLimits.newcomers.atOnce;
    expect(Array.from({ length: most }, () => one.page(many)).every((wait) => wait === 0)).toBe(true);
    expect(one.page(many)).toBeGreaterThan(0);
    expect(one.page({ ...many, browser: 'a person’s' })).toBe(0);
    expect(one.page({ ...many, visit: 'begun' })).toBe(0);
  });

  it('WP-61: whatever a flood does from the same address, a person who takes a person’s time begins and sends, and one with a risk word at once', () => {
    const floods = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 400 }),
        openMs: fc.option(fc.integer({ min: 0, max: 3_600_000 })),
        words: fc.option(fc.constantFrom('spam', 'more spam', 'x')),
        isRisk: fc.boolean(),
        browser: fc.constantFrom('curl', 'tool', 'another'),
      }),
      { minLength: 50, maxLength: 300 },
    );
    fc.assert(
      fc.property(floods, fc.boolean(), (acts, isRisk) => {
        now = 0;
        const one = admission();
        for (const { afterMs, browser, ...sending } of acts) {
          now += afterMs;
          one.page({ address: 'shared', browser, visit: null });
          one.sending({ ...sending, address: 'shared' });
        }
        const person = { address: 'shared', browser: 'a person’s', visit: null };
        expect(one.page(person)).toBe(0);
        expect(one.page({ ...person, visit: 'theirs' })).toBe(0);
        const words = 'somebody took my bicycle from the station';
        const first = one.sending({ address: 'shared', openMs: 4_000, words, isRisk });
        if (isRisk) expect(first.kind).toBe('taken');
        // At the worst one wait, as long as the page says.
        if (first.kind === 'taken') return;
        expect(first.seconds * 1_000).toBeLessThanOrEqual(PATIENT_MS);
        const waited = first.seconds * 1_000;
        now += waited;
        expect(one.sending({ address: 'shared', openMs: 4_000 + waited, words, isRisk }).kind).toBe('taken');
      }),
    );
  });
});
