import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { anyAnswerTo, anyPicture } from '../../../../tests/harness/triage-arbitraries.ts';
import {
  answersFrom,
  aPicture,
  questionPolicy,
  triagePolicy,
} from '../../../../tests/harness/triage-policy.ts';
import { channels } from '../channel.ts';
import { grades, type Grade } from '../contact.ts';
import type { Answer } from './answers.ts';
import type { Picture } from './condition.ts';
import { floorFor, isBelow, rankOf, refusalOfGrade } from './floors.ts';
import { proposedThrive, withProposals } from './proposals.ts';
import { isHighRisk, isOverride, recommendGrade } from './recommend.ts';
import { emptyThrive } from './thrive.ts';

/** As a desk does it: what the answers propose counts too. */
const recommend = (picture: Picture) =>
  recommendGrade(triagePolicy, questionPolicy, {
    ...picture,
    thrive: withProposals(picture.thrive, proposedThrive(questionPolicy, picture.answers)),
  });
const rank = (grade: Grade | null): number => (grade === null ? 9 : rankOf(grade));

const calm = { hurt: 'no', 'safe-now': 'yes' } as const;
const party = {
  ...calm,
  threats: 'no',
  afraid: 'no',
  targeted: 'no',
  frail: 'no',
  'happening-now': 'now',
} as const;

describe('the recommended grade', () => {
  it('T-09: comes with its reasons as sentences, the most urgent first, each with its rule', () => {
    const { reasons } = recommend(
      aPicture({ callType: 'domestic', answers: answersFrom({ strangled: 'yes', hurt: 'yes' }) }),
    );
    expect(reasons[0]).toEqual({
      rule: expect.any(String) as string,
      grade: 'G1',
      sentence: expect.stringMatching(/\.$/) as string,
    });
    expect(reasons.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['strangulation', 'hurt', 'domestic']),
    );
    const ranks = reasons.map((reason) => rankOf(reason.grade));
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
  });

  it('T-10: never drops when one more question is answered, whatever the answer', () => {
    const anyAnswered = fc
      .constantFrom(...questionPolicy.questions)
      .chain((question) => anyAnswerTo(question).map((answer) => [question.id, answer] as const));
    always(
      fc.property(anyPicture, anyAnswered, (picture, [id, answer]) => {
        const { [id]: _before, ...others } = picture.answers;
        const without = recommend({ ...picture, answers: others }).grade;
        const added = recommend({ ...picture, answers: { ...others, [id]: answer } }).grade;
        expect(rank(added)).toBeLessThanOrEqual(rank(without));
      }),
      { runs: 1_500 },
    );
  });

  it('T-10: an answer that means danger, whatever was answered before, is G1 or G2 at once and never lowers', () => {
    const dangers = questionPolicy.questions.flatMap((one) =>
      one.danger.map((token) => [one, token] as const),
    );
    always(
      fc.property(anyPicture, fc.constantFrom(...dangers), (picture, [question, token]) => {
        const answer: Answer =
          token === 'yes' || token === 'no' ? { kind: token } : { kind: 'choice', ids: [token] };
        const { [question.id]: _before, ...others } = picture.answers;
        const without = recommend({ ...picture, answers: others }).grade;
        const added = recommend({ ...picture, answers: { ...others, [question.id]: answer } }).grade;
        expect(rank(added)).toBeLessThanOrEqual(Math.min(rank(without), rankOf('G2')));
      }),
      { runs: 1_500 },
    );
  });

  it('T-10: each answer that means danger is enough alone, whatever the call is taken for', () => {
    const weak = questionPolicy.questions.flatMap((one) =>
      one.danger
        .filter((token) => {
          const answers = answersFrom({ [one.id]: token });
          return rank(recommend(aPicture({ answers })).grade) > rankOf('G2');
        })
        .map((token) => `${one.id}: ${token}`),
    );
    expect(weak).toEqual([]);
  });

  it('T-11: silence recommends nothing and says what to ask; no channel has a grade of its own', () => {
    for (const channel of channels) {
      expect(recommend(aPicture({ channel })), channel).toMatchObject({
        grade: null,
        reasons: [],
        ask: ['safe-now', 'hurt', 'weapons'],
      });
    }
  });

  it('T-11: nothing below G2 is recommended while a question about danger is open', () => {
    always(
      fc.property(anyPicture, (picture) => {
        const { grade, ask } = recommend(picture);
        if (ask.length > 0) expect(rank(grade) <= rankOf('G2') || grade === null).toBe(true);
      }),
      { runs: 500 },
    );
  });

  it('T-11: a burglary whose traces will keep is not put off before somebody asked whether anyone is hurt', () => {
    const asked = { 'anyone-inside': 'no', 'evidence-going': 'no', frail: 'no', distressed: 'no' };
    const of = (answers: Record<string, string>) =>
      recommend(aPicture({ callType: 'burglary-past', answers: answersFrom(answers) }));
    expect(of(asked)).toMatchObject({ grade: null, reasons: [], ask: ['hurt'] });
    expect(of({ ...asked, hurt: 'no' })).toMatchObject({ grade: 'G4', ask: [] });
  });

  it('T-11: not known is not no', () => {
    const answers = answersFrom({ ...party, screams: 'not-known' });
    expect(recommend(aPicture({ callType: 'asb', answers }))).toMatchObject({ grade: null, ask: [] });
  });

  it('T-12: looks at risk alone: nothing about officers goes in', () => {
    const known = [
      'answers',
      'callMarks',
      'callType',
      'channel',
      'flags',
      'line',
      'markers',
      'place',
      'thrive',
    ];
    expect(Object.keys(aPicture()).sort()).toEqual(known);
  });

  it('T-14: any other grade than the recommended one is an override; where none is recommended, none is', () => {
    const g1 = recommend(aPicture({ answers: answersFrom({ weapons: 'yes' }) }));
    expect(grades.filter((grade) => isOverride(g1, grade))).toEqual(['G2', 'G3', 'G4', 'G5']);
    expect(grades.filter((grade) => isOverride(recommend(aPicture()), grade))).toEqual([]);
  });

  it('T-04: a contact is high risk by its grade, its harm or its markers', () => {
    const high = (picture: Picture, grade: Grade | null) => isHighRisk(triagePolicy, picture, grade);
    expect(high(aPicture(), 'G1')).toBe(true);
    expect(high(aPicture({ markers: ['high-risk-domestic-abuse'] }), 'G3')).toBe(true);
    expect(high(aPicture(), 'G2')).toBe(false);
  });
});

describe('a floor', () => {
  it('T-13: holds a silent, dropped or left contact of somebody at high risk at G1', () => {
    const markers = ['high-risk-domestic-abuse'];
    const of = (change: Partial<Picture>) => floorFor(triagePolicy, aPicture({ markers, ...change }))?.grade;
    expect([
      of({ channel: '999-silent' }),
      of({ channel: '999-dropped' }),
      of({ channel: '999-voice', line: 'dropped' }),
      of({ channel: 'web-chat', line: 'left-by-exit' }),
      of({ channel: '999-voice', callMarks: ['no-speech'] }),
      of({ channel: '999-voice', answers: answersFrom({ 'can-talk': 'no' }) }),
      of({ channel: '101-voice', answers: answersFrom({ 'talk-freely': 'no' }) }),
      of({ channel: '101-voice', callMarks: ['relay-user'] }),
    ]).toEqual(['G1', 'G1', 'G1', 'G1', 'G1', 'G1', 'G1', undefined]);
    expect(floorFor(triagePolicy, aPicture({ channel: '999-silent' }))).toBeNull();
  });

  it('T-13: is never undercut, neither by what is recommended nor by what is accepted', () => {
    always(
      fc.property(anyPicture, fc.constantFrom(...grades), (picture, grade) => {
        const floor = floorFor(triagePolicy, picture);
        if (floor === null) {
          expect(refusalOfGrade(triagePolicy, picture, grade)).toBeNull();
          return;
        }
        const { grade: recommended } = recommend(picture);
        expect(rank(recommended)).toBeLessThanOrEqual(rankOf(floor.grade));
        expect(refusalOfGrade(triagePolicy, picture, grade) !== null).toBe(isBelow(grade, floor.grade));
      }),
      { runs: 500 },
    );
  });

  it('T-13: an accident of somebody at high risk is not closed low, however well it is explained', () => {
    const answers = answersFrom({ ...calm, accident: 'explained', 'talk-freely': 'yes' });
    const picture = aPicture({
      channel: '999-dropped',
      callType: 'abandoned',
      answers,
      markers: ['high-risk-domestic-abuse'],
    });
    expect(recommend(picture).grade).toBe('G1');
    expect(refusalOfGrade(triagePolicy, picture, 'G5')).toMatchObject({
      rule: 'high-risk-silent',
      grade: 'G1',
    });
  });

  it('T-13: a marker that was heard counts like one on record', () => {
    const facts = { markers: ['treat-as-urgent'], who: null };
    const thrive = { ...emptyThrive, vulnerability: { kind: 'found', text: '', facts } } as const;
    expect(floorFor(triagePolicy, aPicture({ thrive }))?.rule).toBe('treat-as-urgent-marker');
  });
});
