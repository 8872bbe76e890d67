import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { anyPicture } from '../../../../tests/harness/triage-arbitraries.ts';
import {
  answersFrom,
  aPicture,
  questionPolicy,
  triagePolicy,
} from '../../../../tests/harness/triage-policy.ts';
import { must } from '../../lib/assert.ts';
import { channelFacts } from '../channel.ts';
import { ANSWER_LIMIT, isAnswered } from './answers.ts';
import { placeNow, type Picture } from './condition.ts';
import { nextQuestions, refusalOfAnswer, setOf } from './questions.ts';
import { recommendGrade } from './recommend.ts';

const next = (picture: Picture, limit = 4): string[] =>
  nextQuestions(questionPolicy, picture, limit).map(({ question }) => question.id);
const question = (id: string) =>
  must(
    questionPolicy.questions.find((one) => one.id === id),
    id,
  );

describe('the next best question', () => {
  it('T-07: is where, as long as nobody has read a place back, and never one that was answered', () => {
    always(
      fc.property(anyPicture, (picture) => {
        const ids = next(picture, 200);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => id !== 'where' && isAnswered(picture.answers, id))).toEqual([]);
        const isAgreed = placeNow(picture).kind === 'agreed';
        if (isAgreed) expect(ids).not.toContain('where');
        else if (channelFacts[picture.channel].live) expect(ids[0]).toBe('where');
      }),
      { runs: 500 },
    );
  });

  it('T-07: a place that a machine told is read back; one that is not known is asked for by what can be seen', () => {
    const say = (picture: Picture) => nextQuestions(questionPolicy, picture, 1)[0]?.say;
    expect(say(aPicture())).toBe('Where exactly are you?');
    expect(say(aPicture({ place: { kind: 'told', words: 'Mill Lane, Ware' } }))).toBe(
      'I have Mill Lane, Ware. Is that exactly right?',
    );
    expect(say(aPicture({ answers: answersFrom({ where: 'not-known' }) }))).toBe(
      'What can you see? A road sign, a shop, a junction?',
    );
    expect(say(aPicture({ callType: 'concern' }))).toBe('Where exactly are they?');
    expect(next(aPicture({ answers: answersFrom({ where: '@3 Mill Lane, Ware' }) }))[0]).toBe(
      'happening-now',
    );
  });

  it('T-07: what was written on a form is not read back to anybody', () => {
    const place = { kind: 'told', words: 'Mill Lane, Ware' } as const;
    expect(next(aPicture({ channel: 'online-report', place }))).not.toContain('where');
    expect(next(aPicture({ channel: '999-dropped', place }))[0]).toBe('where');
  });

  it('T-05: the call type decides what comes after where', () => {
    const agreed = { place: { kind: 'agreed', words: 'Mill Lane' } } as const;
    const first = (callType: string) => next(aPicture({ ...agreed, callType }), 3);
    expect(next(aPicture({ ...agreed, callType: 'domestic' }), 7)).toEqual([
      'suspect-where',
      'hurt',
      'weapons',
      'children',
      'can-get-safe',
      'strangled',
      'threat-to-kill',
    ]);
    expect(first('assault')).toEqual(['still-going', 'weapons', 'hurt']);
    expect(first('collision')).toEqual(['road-direction', 'marker-post', 'trapped']);
    expect(first('fraud')).toEqual(['courier', 'still-in-touch', 'frail']);
    expect(new Set(questionPolicy.callTypes.map(({ id }) => first(id)[0])).size).toBeGreaterThan(12);
  });

  it('T-24: each kind of call that the room knows has a set of its own, which asks about danger before anything else counts', () => {
    const kinds = [
      ...[
        'domestic',
        'assault',
        'burglary-now',
        'burglary-past',
        'collision',
        'missing',
        'concern',
        'mental-health',
      ],
      ...['suspicious', 'asb', 'theft', 'vehicle-theft', 'sexual', 'weapons', 'fraud', 'stalking'],
      ...['hate', 'modern-slavery', 'intelligence', 'abandoned'],
    ];
    const { callTypes } = questionPolicy;
    expect(callTypes.map(({ id }) => id)).toEqual(kinds);
    const isDanger = (id: string): boolean => question(id).danger.length > 0;
    expect(callTypes.filter(({ beforeLow }) => !beforeLow.some(isDanger)).map(({ id }) => id)).toEqual([]);
    expect(callTypes.filter(({ asks }) => asks.length < 7).map(({ id }) => id)).toEqual([]);
  });

  it('T-24: of whoever is held nobody there learns, and who gives information is asked who else could know it', () => {
    const asked = (callType: string) =>
      nextQuestions(questionPolicy, aPicture({ callType, place: { kind: 'agreed', words: 'A yard' } }), 99);
    const ids = (callType: string) => asked(callType).map((one) => one.question.id);
    expect(ids('modern-slavery').slice(0, 3)).toEqual(['locked-in', 'suspect-where', 'free-to-leave']);
    expect(ids('modern-slavery')).toEqual(
      expect.arrayContaining(['warn-nobody', 'own-interpreter', 'how-many']),
    );
    expect(asked('modern-slavery').find((one) => one.question.id === 'how-many')?.say).toBe(
      'How many people are kept there?',
    );
    expect(ids('intelligence').slice(0, 2)).toEqual(['intel-live', 'intel-harm']);
    expect(ids('intelligence')).toEqual(expect.arrayContaining(['intel-circle', 'intel-apart']));
    expect(ids('hate')).toEqual(expect.arrayContaining(['hate-about', 'leave-marks', 'happened-before']));
  });

  it('T-05, T-11: what a low grade waits for comes first, danger before the rest: a noise is G5 after seven questions', () => {
    const agreed = { place: { kind: 'agreed', words: 'Marlpit Road' } } as const;
    const asked = next(aPicture({ ...agreed, callType: 'asb' }), 7);
    expect(asked.slice(0, 5)).toEqual(['what-happens', 'screams', 'threats', 'afraid', 'hurt']);
    const needed = must(
      questionPolicy.callTypes.find(({ id }) => id === 'asb'),
      'asb',
    ).beforeLow;
    expect(needed.filter((id) => !asked.includes(id))).toEqual([]);
    const said = Object.fromEntries(needed.map((id) => [id, 'no']));
    const quiet = aPicture({
      ...agreed,
      callType: 'asb',
      answers: answersFrom({ ...said, 'what-happens': '=loud music' }),
    });
    expect(recommendGrade(triagePolicy, questionPolicy, quiet)).toMatchObject({ grade: 'G5', ask: [] });
  });

  it('T-11: of no call type does anything that a low grade can do without stand before what it waits for, but what leads up to it', () => {
    for (const { id, asks, beforeLow } of questionPolicy.callTypes) {
      const order = setOf(questionPolicy, aPicture({ callType: id }));
      const dangers = questionPolicy.questions.filter(({ danger }) => danger.length > 0).map((one) => one.id);
      const isUrgent = (one: string) => beforeLow.includes(one) || dangers.includes(one);
      const last = Math.max(...beforeLow.map((one) => order.indexOf(one)));
      const lead = asks.slice(
        0,
        asks.findIndex((one) => one !== 'where' && isUrgent(one)),
      );
      expect([id, order.slice(0, last).filter((one) => !isUrgent(one) && !lead.includes(one))]).toEqual([
        id,
        [],
      ]);
    }
  });

  it('T-05: an answer brings its follow-up to the front, with the reason', () => {
    const answers = answersFrom({ where: '@Mill Lane', weapons: 'yes' });
    const picture = aPicture({ callType: 'assault', answers });
    expect(next(picture, 3)).toEqual(['weapon-kind', 'weapon-used', 'still-going']);
    const gun = { ...picture, answers: { ...answers, ...answersFrom({ 'weapon-kind': 'firearm' }) } };
    expect(next(gun, 3)).toEqual(['weapon-used', 'firearm-type', 'take-cover']);
    expect(nextQuestions(questionPolicy, gun, 3)[1]?.because).toMatch(/gun/);
    expect(next(aPicture({ callType: 'assault' }), 200)).not.toContain('weapon-kind');
  });

  it('T-17: whoever says not to come is asked next whether they talk freely', () => {
    const answers = answersFrom({ where: '@Mill Lane', 'do-not-come': 'yes' });
    const [first] = nextQuestions(questionPolicy, aPicture({ callType: 'domestic', answers }), 1);
    expect([first?.question.id, first?.because]).toEqual([
      'talk-freely',
      'They say not to come; somebody may be making them say it.',
    ]);
  });

  it('T-05: where nobody speaks, questions are put for one tap or two, those that can be first', () => {
    const asked = nextQuestions(questionPolicy, aPicture({ channel: '999-silent' }), 5);
    expect(asked.map((one) => one.question.id)).toEqual([
      'where',
      'can-hear',
      'in-danger',
      'heard',
      'person-there',
    ]);
    expect(asked[0]?.say).toBe('I am finding out where you are. Stay on the line if that is safe.');
    expect(asked[2]?.say).toBe('Are you in danger? Once for yes, twice for no.');
    // The same call under another name: an ordinary emergency line on which the exchange hears nobody.
    const unheard = aPicture({ channel: '999-voice', callMarks: ['no-speech'] });
    expect(nextQuestions(questionPolicy, unheard, 5).map(({ say }) => say)).toEqual(
      asked.map(({ say }) => say),
    );
    const cannot = aPicture({
      callType: 'domestic',
      answers: answersFrom({ 'can-talk': 'no', where: '@A' }),
    });
    const says = nextQuestions(questionPolicy, cannot, 6).filter((one) => one.question.askOf === 'caller');
    expect(says.every(({ say }) => /Once for yes|once/i.test(say))).toBe(true);
  });

  it('T-05: on a chat, how they may safely be reached is asked before they may have to leave', () => {
    const place = { kind: 'agreed', words: 'Mill Lane' } as const;
    expect(next(aPicture({ channel: 'web-chat', callType: 'domestic', place }), 1)).toEqual(['safe-contact']);
  });

  it('T-05: after a dropped call, whether it is safe to ring comes before everything that needs ringing', () => {
    expect(next(aPicture({ channel: '999-dropped' }), 2)).toEqual(['where', 'safe-to-ring']);
    expect(next(aPicture({ line: 'left-by-exit', callType: 'domestic' }), 3)).toContain('safe-to-ring');
  });

  it('T-08: there is always a list to choose from, and never more than was asked for', () => {
    always(
      fc.property(anyPicture, fc.nat({ max: 9 }), (picture, limit) => {
        const asked = nextQuestions(questionPolicy, picture, limit);
        expect(asked.length).toBeLessThanOrEqual(limit);
        expect(asked.every(({ say, because }) => say.length > 2 && because.length > 4)).toBe(true);
        expect(asked.every(({ say }) => !say.includes('{'))).toBe(true);
      }),
    );
  });
});

describe('an answer', () => {
  it('T-05: must be of its question’s kind; "not known" always is', () => {
    const refusals = [
      refusalOfAnswer(question('hurt'), { kind: 'text', text: 'yes' }),
      refusalOfAnswer(question('weapon-kind'), { kind: 'choice', ids: ['spoon'] }),
      refusalOfAnswer(question('weapon-kind'), { kind: 'choice', ids: ['knife', 'acid'] }),
      refusalOfAnswer(question('who'), { kind: 'text', text: 'x'.repeat(ANSWER_LIMIT + 1) }),
      refusalOfAnswer(question('age'), { kind: 'number', number: Number.NaN }),
    ];
    expect(refusals.map((refusal) => refusal?.kind)).toEqual([
      'other-kind',
      'unknown-choice',
      'other-kind',
      'text-too-long',
      'other-kind',
    ]);
    expect(questionPolicy.questions.map((one) => refusalOfAnswer(one, { kind: 'not-known' }))).toEqual(
      questionPolicy.questions.map(() => null),
    );
    expect(refusalOfAnswer(question('heard'), { kind: 'choice', ids: ['voices', 'traffic'] })).toBeNull();
  });
});
