import { describe, expect, it } from 'vitest';
import {
  emptyRationale,
  missingOfRationale,
  RATIONALE_PART_LIMIT,
  rationaleParts,
  rationaleUses,
  rationaleWords,
  refusalOfRationale,
} from './rationale.ts';

describe('a rationale', () => {
  it('T-19: what must be written grows with what is decided', () => {
    expect(rationaleUses.map((use) => [use, missingOfRationale(emptyRationale, use)])).toEqual([
      ['override', ['information', 'risk', 'decision']],
      ['downgrade', ['information', 'risk', 'options', 'decision']],
      ['no-attendance', [...rationaleParts]],
      ['no-crime', [...rationaleParts]],
    ]);
  });

  it('T-19: blanks are not words, and a part that is too long is named', () => {
    expect(missingOfRationale({ ...emptyRationale, information: ' \n' }, 'override')).toContain(
      'information',
    );
    const options = 'x'.repeat(RATIONALE_PART_LIMIT + 1);
    expect(refusalOfRationale({ ...emptyRationale, options })).toEqual({
      part: 'options',
      limit: RATIONALE_PART_LIMIT,
      length: RATIONALE_PART_LIMIT + 1,
    });
    expect(refusalOfRationale({ ...emptyRationale, options: options.slice(1) })).toBeNull();
  });

  it('T-19: the record reads it part by part, without those nobody wrote', () => {
    const rationale = { ...emptyRationale, decision: 'G2: he has left ', information: 'She rang from work' };
    expect(rationaleWords(rationale)).toBe('Information: She rang from work\nDecision: G2: he has left');
  });
});
