import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { testStart } from '../../../../tests/harness/builders.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import { grades } from '../contact.ts';
import { HOUR, later, MINUTE } from '../time.ts';
import { nextReThriveAt, reThriveKinds, reThriveSentence, targetMissedAt } from './re-thrive.ts';

const town = { rural: false };

describe('looking at the risk again', () => {
  it('T-17: the targets are fifteen minutes, twenty in the country, an hour, eight hours and two days', () => {
    const after = (area: { rural: boolean | null }) =>
      grades.map((grade) => targetMissedAt(triagePolicy, grade, testStart, area) - testStart);
    expect(after(town)).toEqual([15 * MINUTE, HOUR, 8 * HOUR, 48 * HOUR, 48 * HOUR]);
    expect(after({ rural: true })[0]).toBe(20 * MINUTE);
  });

  it('T-25: where nobody knows whether it is in town or country, the sooner target counts, whichever that is', () => {
    const g1 = (urban: number, rural: number) => {
      const grade = { ...triagePolicy.grades.G1, attendMs: { urban, rural } };
      const policy = { ...triagePolicy, grades: { ...triagePolicy.grades, G1: grade } };
      return targetMissedAt(policy, 'G1', testStart, { rural: null }) - testStart;
    };
    expect([g1(15 * MINUTE, 20 * MINUTE), g1(30 * MINUTE, 20 * MINUTE)]).toEqual([15 * MINUTE, 20 * MINUTE]);
  });

  it('T-17: comes before the target passes, and again and again after it, counted from the last look', () => {
    const at = (assessedAfter: number) =>
      nextReThriveAt(
        triagePolicy,
        { grade: 'G2', gradedAt: testStart, assessedAt: later(testStart, assessedAfter) },
        town,
      ) - testStart;
    expect([at(0), at(20 * MINUTE), at(45 * MINUTE), at(2 * HOUR)]).toEqual([
      45 * MINUTE,
      45 * MINUTE,
      75 * MINUTE,
      150 * MINUTE,
    ]);
  });

  it('T-17: is always due some time after the last look, and the first time before the target', () => {
    always(
      fc.property(
        fc.constantFrom(...grades),
        fc.boolean(),
        fc.nat({ max: 5_000 }),
        (grade, rural, minutes) => {
          const contact = { grade, gradedAt: testStart, assessedAt: later(testStart, minutes * MINUTE) };
          expect(nextReThriveAt(triagePolicy, contact, { rural })).toBeGreaterThan(contact.assessedAt);
          const first = nextReThriveAt(triagePolicy, { ...contact, assessedAt: testStart }, { rural });
          expect(first).toBeLessThan(targetMissedAt(triagePolicy, grade, testStart, { rural }));
        },
      ),
    );
  });

  it('T-17: each reason has a sentence of its own', () => {
    const sentences = reThriveKinds.map((kind) => reThriveSentence(triagePolicy, kind));
    expect(new Set(sentences).size).toBe(reThriveKinds.length);
  });
});
