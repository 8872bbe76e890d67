import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  blankCallBack,
  missingInCallBack,
  whyNot,
  withResult,
  withSafe,
  withWay,
} from './call-back-form.ts';

const plain = { number: '07700 900318', isRelay: false, isLimited: false };
const relay = { ...plain, isRelay: true };
const limited = { ...plain, isLimited: true };

describe('an attempt to ring back', () => {
  it('C-20: whether it is safe is asked before everything else', () => {
    expect(missingInCallBack({ ...blankCallBack, way: 'voice', result: 'answered', words: 'x' })).toMatch(
      /safe to ring/,
    );
  });

  it('C-20: “no” leaves nothing but not ringing, and asks why', () => {
    const voice = withResult(withWay(withSafe(blankCallBack, 'yes', plain), 'voice'), 'no-answer');
    const no = withSafe(voice, 'no', plain);
    expect(no).toMatchObject({ safe: 'no', way: 'none', result: 'not-rung' });
    expect((['voice', 'relay', 'text'] as const).map((way) => whyNot(way, plain, 'no'))).toEqual([
      'not safe',
      'not safe',
      'not safe',
    ]);
    expect(attemptOf(no)).toBeNull();
    expect(attemptOf({ ...no, words: ' Her partner answers it ' })).toEqual({
      safe: 'no',
      way: 'none',
      result: 'not-rung',
      words: 'Her partner answers it',
    });
  });

  it('C-20: a relay user is reached by the relay, and never by a plain ring', () => {
    expect(withSafe(blankCallBack, 'yes', relay).way).toBe('relay');
    expect(whyNot('voice', relay, 'yes')).not.toBeNull();
  });

  it('C-20: a telephone without a number of its own is not rung', () => {
    expect(withSafe(blankCallBack, 'yes', limited)).toMatchObject({ way: 'none', result: 'not-rung' });
    expect(whyNot('voice', limited, 'yes')).toMatch(/no number of its own/);
  });

  it('C-20: an answer is not kept without what was said to “Can you talk freely?”', () => {
    const answered = withResult(withWay(withSafe(blankCallBack, 'yes', plain), 'voice'), 'answered');
    expect(missingInCallBack(answered)).toMatch(/Can you talk freely/);
    const unrung = { ...blankCallBack, safe: 'yes', way: 'none', result: 'not-rung' } as const;
    expect([
      missingInCallBack(unrung),
      missingInCallBack({ ...unrung, words: 'Officers are with her' }),
    ]).toEqual(['Write why nobody rings.', null]);
    expect(attemptOf({ ...answered, words: 'The mother; talks freely, child heard playing' })).not.toBeNull();
  });

  it('C-20: another answer to “is it safe” never leaves a way that is not open any more', () => {
    const no = withSafe(blankCallBack, 'no', plain);
    expect(withSafe(no, 'yes', plain)).toMatchObject({ safe: 'yes', way: null, result: null });
    const voice = withWay(withSafe(blankCallBack, 'yes', plain), 'voice');
    expect(withSafe(voice, 'not-known', plain)).toMatchObject({ safe: 'not-known', way: 'voice' });
  });
});
