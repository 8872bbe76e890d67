import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { anyPicture } from '../../../../tests/harness/triage-arbitraries.ts';
import { answersFrom, aPicture, questionPolicy } from '../../../../tests/harness/triage-policy.ts';
import { must } from '../../lib/assert.ts';
import { channelFacts } from '../channel.ts';
import { ANSWER_LIMIT, isAnswered } from './answers.ts';
import { placeNow, type Picture } from './condition.ts';
import { nextQuestions, refusalOfAnswer } from './questions.ts';

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
    expect(first('assault')).toEqual(['still-going', 'how-many', 'weapons']);
    expect(first('collision')).toEqual(['road-direction', 'marker-post', 'trapped']);
    expect(first('fraud')).toEqual(['courier', 'still-in-touch', 'money-gone']);
    expect(new Set(questionPolicy.callTypes.map(({ id }) => first(id)[0])).size).toBeGreaterThan(12);
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
