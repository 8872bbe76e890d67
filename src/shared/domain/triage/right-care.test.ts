import { describe, expect, it } from 'vitest';
import { testStart } from '../../../../tests/harness/builders.ts';
import { aPicture, triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import {
  answeredWith,
  inForce,
  isRightCareDue,
  rightCareOutcome,
  rightCareSteps,
  thresholdSteps,
  type RightCare,
  type RightCareAnswer,
} from './right-care.ts';

const no = (step: (typeof thresholdSteps)[number], words = ''): RightCareAnswer => ({
  step,
  answer: 'no',
  words,
});

/** Card E19: a care team asks for a knock after a missed appointment. */
const finished: RightCare = [
  no('crime'),
  no('child'),
  no('real-and-immediate', 'No means, no message, nothing said today; last seen well on Monday'),
  no('duty-assumed'),
  { step: 'duty-holder', agency: 'Community mental health team', done: 'Rang twice, went once' },
  { step: 'agency-told', person: 'Duty nurse', at: testStart, theirRef: null },
  { step: 'caller-told', words: 'Police are not attending' },
  { step: 're-contact', when: 'He says that he will harm himself, or is not found by six' },
];

describe('Right Care Right Person', () => {
  it('T-18: a path that was not begun asks for every step, in order', () => {
    expect(rightCareOutcome([])).toEqual({ kind: 'not-finished', missing: rightCareSteps });
  });

  it('T-18: the threshold is not met when every question is a clear no and everybody was told', () => {
    expect(rightCareOutcome(finished)).toEqual({ kind: 'threshold-not-met' });
  });

  it('T-18: without any one step it is not finished, and that step is named', () => {
    for (const step of rightCareSteps) {
      const path = finished.filter((answer) => answer.step !== step);
      expect(rightCareOutcome(path)).toEqual({ kind: 'not-finished', missing: [step] });
    }
  });

  it.each(thresholdSteps)(
    'T-18: one yes, to %s, means that police attend, whatever else was said',
    (step) => {
      const yes: RightCareAnswer = { step, answer: 'yes', words: 'She has the tablets in her hand' };
      expect(rightCareOutcome([...finished, yes])).toEqual({ kind: 'attend', because: step });
      expect(rightCareOutcome([yes])).toEqual({ kind: 'attend', because: step });
    },
  );

  it.each(thresholdSteps)('T-18: not known, to %s, is not a no', (step) => {
    const path: RightCare = [...finished, { step, answer: 'not-known', words: 'Nobody could say' }];
    expect(rightCareOutcome(path)).toEqual({ kind: 'not-finished', missing: [step] });
  });

  it('T-18: no risk to life needs its grounds, and blanks are nobody told', () => {
    const blanks: RightCare = [
      ...finished,
      no('real-and-immediate', '  '),
      { step: 'caller-told', words: ' ' },
      { step: 'agency-told', person: '', at: testStart, theirRef: 'P-3391' },
    ];
    expect(rightCareOutcome(blanks)).toEqual({
      kind: 'not-finished',
      missing: ['real-and-immediate', 'agency-told', 'caller-told'],
    });
  });

  it('T-18: every answer is kept; the last of a step is in force', () => {
    const changed = answeredWith(finished, { step: 'crime', answer: 'yes', words: 'The door was forced' });
    expect(changed.slice(0, -1)).toEqual(finished);
    expect(inForce(changed, 'crime')).toMatchObject({ answer: 'yes' });
    expect(inForce([], 'crime')).toBeNull();
  });
});

describe('for whom the path is settled first', () => {
  it('T-18: health, welfare and a partner’s line, until the path has an end', () => {
    const due = (over: Parameters<typeof aPicture>[0], path: RightCare = []) =>
      isRightCareDue(triagePolicy, aPicture(over), path);
    expect(['concern', 'mental-health', 'missing', 'asb'].map((callType) => due({ callType }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(due({ channel: 'partner-line' })).toBe(true);
    expect(due({ callType: 'concern' }, [{ step: 'crime', answer: 'yes', words: '' }])).toBe(false);
    expect(due({ callType: 'concern' }, [{ step: 'crime', answer: 'no', words: '' }])).toBe(true);
  });
});
