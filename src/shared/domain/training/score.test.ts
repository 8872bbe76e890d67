import { describe, expect, it } from 'vitest';
import type { Deed, DeedKind } from './deed.ts';
import type { Exercise, Expected, MustNot, Sign } from './exercise.ts';
import type { Entry } from './recording.ts';
import { lostIn, scoreOf } from './score.ts';
import { isVerbatim } from './verbatim.ts';

const sign = (deed: DeedKind, fields: Partial<Extract<Sign, { kind: 'deed' }>> = {}): Sign => ({
  kind: 'deed',
  deeds: [deed],
  of: [],
  all: [],
  words: [],
  verbatim: false,
  ...fields,
});
const expected = (id: string, fields: Partial<Expected>): Expected => ({
  id,
  skill: 'grade',
  points: 10,
  contact: 'first',
  from: { kind: 'start' },
  within: null,
  before: null,
  by: [sign('grade')],
  says: `Do ${id}.`,
  because: 'It matters.',
  ...fields,
});
const mustNot = (id: string, fields: Partial<MustNot>): MustNot => ({
  id,
  skill: 'contact-safely',
  points: 20,
  contact: 'first',
  from: { kind: 'start' },
  until: null,
  fails: false,
  by: [sign('ring')],
  says: `Never ${id}.`,
  because: 'It harms.',
  ...fields,
});
const exercise = (points: readonly Expected[], mustNots: readonly MustNot[] = []): Exercise => ({
  brief: 'A call.',
  people: [],
  expected: points,
  mustNots,
  trap: { says: 'Rings.', loses: ['x'] },
  pass: 70,
  mentor: ['Was it kind?'],
});
const did = (
  at: number,
  kind: DeedKind,
  fields: Partial<Deed> = {},
  meanings: readonly string[] = [],
): Entry => ({
  at,
  contact: 'first',
  kind: 'deed',
  deed: { kind, values: [], words: '', by: 'keys', ...fields },
  meanings,
});
const score = (what: Exercise, entries: readonly Entry[]) =>
  scoreOf(what, { scenario: 'E01', seed: 1, entries });
const verdicts = (what: Exercise, entries: readonly Entry[]) =>
  score(what, entries).lines.map(({ verdict, points }) => [verdict, points]);

describe('what was expected', () => {
  const graded = exercise([expected('g1', { within: 10_000, by: [sign('grade', { of: ['G1'] })] })]);

  it.each([
    [10_000, 'met', 10],
    [10_001, 'late', 5],
    [20_000, 'late', 5],
    [20_001, 'missed', 0],
  ])('TR-31: done after %i ms of ten seconds it is %s and has %i points', (at, verdict, points) => {
    expect(verdicts(graded, [did(at, 'grade', { values: ['G1'] })])).toEqual([[verdict, points]]);
  });

  it('TR-31: names the moment and the entry that decided it, with the words of the scenario', () => {
    const [line] = score(graded, [did(1_000, 'note'), did(4_000, 'grade', { values: ['G1'] })]).lines;
    expect(line).toMatchObject({ from: 0, at: 4_000, entry: 1, says: 'Do g1.', because: 'It matters.' });
  });

  it('TR-31: another grade, another contact and an act of before are not it', () => {
    const late = exercise([
      expected('g1', { from: { kind: 'answered' }, by: [sign('grade', { of: ['G1'] })] }),
    ]);
    const g1 = { values: ['G1'] };
    expect(verdicts(late, [did(1, 'claim'), did(5, 'grade', { values: ['G2'] })])).toEqual([['missed', 0]]);
    expect(verdicts(late, [did(1, 'claim'), { ...did(5, 'grade', g1), contact: 'other' }])).toEqual([
      ['missed', 0],
    ]);
    expect(verdicts(late, [did(1, 'grade', g1), did(2, 'claim')])).toEqual([['missed', 0]]);
  });

  it('TR-31: before something means before it', () => {
    const early = exercise([
      expected('ask', {
        before: { kind: 'cue', cue: 'outside' },
        by: [{ kind: 'asked', meanings: ['safe-contact'] }],
      }),
    ]);
    const cue: Entry = { at: 5_000, contact: 'first', kind: 'step', what: 'cue', cue: 'outside', words: '' };
    const asked = (at: number) => did(at, 'say', {}, ['safe-contact']);
    expect(verdicts(early, [asked(4_000), cue])).toEqual([['met', 10]]);
    expect(verdicts(early, [cue, asked(6_000)])).toEqual([['missed', 0]]);
  });

  it('TR-31: what waits for a cue that never came counts neither way; what waits for something left out is left out with it', () => {
    const waiting = exercise([
      expected('after-cue', { from: { kind: 'cue', cue: 'never' } }),
      expected('second', { from: { kind: 'done', id: 'first' } }),
      expected('first', { by: [sign('ring')] }),
    ]);
    expect(score(waiting, [did(1, 'grade')])).toMatchObject({ of: 20, points: 0 });
    expect(verdicts(waiting, [did(1, 'ring'), did(3, 'grade')])).toEqual([
      ['not-reached', 0],
      ['met', 10],
      ['met', 10],
    ]);
  });

  it('TR-32: words must name what matters, each group of them, and a quotation must be one', () => {
    const noted = exercise([
      expected('n', { by: [sign('note', { words: [['silent', 'quiet'], ['door']] })] }),
    ]);
    expect(verdicts(noted, [did(1, 'note', { words: 'Quiet, to the back DOOR' })])).toEqual([['met', 10]]);
    expect(verdicts(noted, [did(1, 'note', { words: 'Quiet, please' })])).toEqual([['missed', 0]]);
    expect(isVerbatim('She says "hands on my throat", twice', ['he had his hands on my throat'])).toBe(true);
    expect(isVerbatim('He strangled her', ['he had his hands on my throat'])).toBe(false);
  });
});

describe('what must not be', () => {
  const never = exercise(
    [expected('grade', {})],
    [mustNot('ring', { from: { kind: 'done', id: 'grade' }, fails: true })],
  );

  it('TR-31: costs its points and the pass; kept, it costs nothing', () => {
    expect(score(never, [did(1, 'grade'), did(2, 'ring')])).toMatchObject({ percent: 0, passed: false });
    expect(score(never, [did(1, 'grade')])).toMatchObject({ percent: 100, passed: true });
    expect(lostIn(score(never, [did(1, 'grade'), did(2, 'ring')]))).toEqual(['ring']);
  });

  it('TR-31: holds from its moment and until its end only', () => {
    expect(verdicts(never, [did(1, 'ring'), did(2, 'grade')])[1]).toEqual(['kept', 0]);
    const until = exercise(
      [expected('grade', {})],
      [mustNot('ring', { until: { kind: 'done', id: 'grade' } })],
    );
    expect(verdicts(until, [did(1, 'grade'), did(2, 'ring')])[1]).toEqual(['kept', 0]);
  });
});

describe('a score', () => {
  it('TR-33: shows the times whether or not they have points, and says what it cannot judge', () => {
    const { measures, notJudged } = score(exercise([expected('x', {})]), [
      { at: 1_000, contact: 'first', kind: 'arrived', words: '' },
      did(4_000, 'claim'),
      did(9_000, 'say', { by: 'mouse' }, ['where']),
      did(12_000, 'say', {}, ['weapons']),
      did(20_000, 'incident'),
    ]);
    expect(measures).toEqual({
      toAnswer: 3_000,
      toPlace: 5_000,
      toSafety: 8_000,
      toLog: 16_000,
      byKeys: 3,
      byMouse: 1,
    });
    expect(notJudged).toContain('Was it kind?');
    expect(notJudged[0]).toMatch(/tone/i);
  });
});
