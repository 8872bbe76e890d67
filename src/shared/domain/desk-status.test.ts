import { describe, expect, it } from 'vitest';
import { testStart } from '../../../tests/harness/builders.ts';
import { deskStatusKinds, deskStatusReasons, isWhole, toldToOthers } from './desk-status.ts';

describe('what a desk says of its person', () => {
  it('A-10: a state takes one of its own reasons, and none where none is asked for', () => {
    const reasons = [null, ...Object.values(deskStatusReasons).flat()];
    for (const kind of deskStatusKinds) {
      const whole = reasons.filter((reason) => isWhole({ kind, reason }));
      const own = deskStatusReasons[kind];
      expect(whole).toEqual(own.length === 0 ? [null] : [...own]);
    }
  });

  it('A-11: that somebody is away for their own sake does not leave the desk', () => {
    const welfare = { kind: 'away', reason: 'welfare', since: testStart } as const;
    expect(toldToOthers(welfare)).toEqual({ kind: 'away', reason: 'other', since: testStart });
    const meal = { kind: 'break', reason: 'meal', since: testStart } as const;
    expect(toldToOthers(meal)).toBe(meal);
  });
});
