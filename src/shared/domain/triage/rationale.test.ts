import { describe, expect, it } from 'vitest';
import {
  emptyRationale,
  leastOfRationale,
  missingOfRationale,
  RATIONALE_PART_LIMIT,
  rationaleParts,
  rationaleWords,
  refusalOfRationale,
} from './rationale.ts';

describe('a rationale', () => {
  it('T-19: what is asked for and not written is missing, in the order of the form', () => {
    const begun = { ...emptyRationale, risk: 'He may come back' };
    expect([
      missingOfRationale(begun, leastOfRationale),
      missingOfRationale(begun, rationaleParts),
      missingOfRationale(begun, ['decision', 'information', 'risk']),
    ]).toEqual([
      ['information', 'options', 'decision'],
      ['information', 'policy', 'options', 'decision'],
      ['information', 'decision'],
    ]);
  });

  it('T-19: blanks are not words, and a part that is too long is named', () => {
    expect(missingOfRationale({ ...emptyRationale, information: ' \n' }, leastOfRationale)).toContain(
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
