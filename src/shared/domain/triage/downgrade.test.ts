import { describe, expect, it } from 'vitest';
import { answersFrom, aPicture, triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import { grades, type Grade } from '../contact.ts';
import { asHandlerId } from '../ids.ts';
import type { Picture } from './condition.ts';
import { dutiesOfGradeChange, isDowngrade, mayAgree } from './downgrade.ts';

const lowered = (picture: Picture) => dutiesOfGradeChange(triagePolicy, 'G1', 'G4', picture, null);

describe('a lower grade', () => {
  it('T-15: is one that is less urgent than the one before; a first grade is never lower', () => {
    for (const [a, from] of grades.entries())
      for (const [b, to] of grades.entries()) expect(isDowngrade(from, to), `${from} to ${to}`).toBe(b > a);
    expect(grades.map((to) => isDowngrade(null, to))).toEqual(grades.map(() => false));
  });

  it('T-15, T-16: needs a rationale and opens the duty to tell the caller; a higher one needs neither', () => {
    expect(lowered(aPicture())).toEqual({
      downgrade: true,
      needsRationale: true,
      secondPerson: [],
      opensTellCaller: true,
    });
    expect(dutiesOfGradeChange(triagePolicy, 'G4', 'G1', aPicture({ callType: 'domestic' }), 'G1')).toEqual({
      downgrade: false,
      needsRationale: false,
      secondPerson: [],
      opensTellCaller: false,
    });
  });

  it('T-15: needs a second person for whoever is vulnerable or in danger of their life, by flag, marker, call type or answer', () => {
    const pictures: Partial<Picture>[] = [
      { flags: { vulnerable: true, repeat: false, lookFirst: false } },
      { callType: 'domestic' },
      { callType: 'mental-health' },
      { markers: ['high-risk-domestic-abuse'] },
      { markers: ['child-at-risk'] },
      { markers: ['learning-autism-dementia'] },
      { answers: answersFrom({ children: 'yes' }) },
      { callType: 'missing', answers: answersFrom({ age: 15 }) },
      { callType: 'missing', answers: answersFrom({ age: 82 }) },
      { callType: 'missing', answers: answersFrom({ exposed: 'no' }) },
      { callType: 'missing', answers: answersFrom({ 'self-harm': 'yes' }) },
      { callType: 'concern', answers: answersFrom({ 'means-now': 'yes' }) },
      { callType: 'concern', answers: answersFrom({ 'doing-now': 'yes' }) },
      { callType: 'concern', answers: answersFrom({ 'taken-something': 'yes' }) },
      { callType: 'sexual' },
      { answers: answersFrom({ 'children-safe': 'no' }) },
    ];
    for (const change of pictures)
      expect(lowered(aPicture(change)).secondPerson.length, JSON.stringify(change)).toBeGreaterThan(0);
  });

  it('T-15: of whoever is vulnerable the first grade below the recommended one is agreed as a lower one is; of nobody else, and no grade that is as urgent', () => {
    const vulnerable = aPicture({ flags: { vulnerable: true, repeat: false, lookFirst: false } });
    const first = (to: Grade, picture: Picture, recommended: Grade | null = 'G2') =>
      dutiesOfGradeChange(triagePolicy, null, to, picture, recommended);
    expect(first('G4', vulnerable)).toEqual({
      downgrade: false,
      needsRationale: true,
      secondPerson: [{ rule: 'second-vulnerable', because: 'The person is vulnerable.' }],
      opensTellCaller: false,
    });
    const alone = [
      first('G4', aPicture()),
      first('G2', vulnerable),
      first('G1', vulnerable),
      first('G4', vulnerable, null),
      // What stands is raised at once, though not as far as it should be.
      dutiesOfGradeChange(triagePolicy, 'G4', 'G3', vulnerable, 'G1'),
    ];
    for (const each of alone) expect(each).toMatchObject({ needsRationale: false, secondPerson: [] });
  });

  it('T-15: the second person is somebody else, in a role that the policy names', () => {
    const [asker, other] = [asHandlerId('4417'), asHandlerId('2203')];
    expect(mayAgree(triagePolicy, asker, { handler: other, role: 'team-leader' })).toBe(true);
    expect(mayAgree(triagePolicy, asker, { handler: asker, role: 'team-leader' })).toBe(false);
    expect(mayAgree(triagePolicy, asker, { handler: other, role: 'handler' })).toBe(false);
  });
});
