import { describe, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../../tests/harness/builders.ts';
import { asCommandId } from '../ids.ts';
import type { MarkerOnRecord, Spot } from '../record/parts.ts';
import { ANSWER_LIMIT } from './answers.ts';
import {
  emptyEntry,
  ENTRY_LIMIT,
  entryOf,
  isSameLook,
  isWeighed,
  pictureOf,
  refusalOfEntry,
  type TriageEntry,
} from './entry.ts';
import { RIGHT_CARE_LIMIT } from './right-care.ts';
import { emptyFacts, emptyThrive, FACT_TEXT_LIMIT, LETTER_LIMIT } from './thrive.ts';

const done = { by: anActor(), at: testStart };
const long = (limit: number) => 'x'.repeat(limit + 1);

describe('one look at the risk', () => {
  it('R-12: weighs something once a letter or a question about danger is answered, and not by blanks or by a place', () => {
    const weighs = (over: Partial<TriageEntry['thrive']>, answers: TriageEntry['answers'] = {}) =>
      isWeighed({ thrive: { ...emptyThrive, ...over }, answers });
    const found = (text: string) => ({ kind: 'found', text, facts: emptyFacts.harm }) as const;
    expect([
      weighs({ threat: { kind: 'none' } }),
      weighs({ harm: found('a broken arm') }),
      weighs({ harm: { ...found(''), facts: { ...emptyFacts.harm, severity: 2 } } }),
      weighs({}, { hurt: { kind: 'no' } }),
      weighs({}, { heard: { kind: 'choice', ids: ['child-playing'] } }),
    ]).toEqual([true, true, true, true, true]);
    expect([
      weighs({}),
      weighs({ harm: found(' ') }),
      weighs({}, { hurt: { kind: 'not-known' } }),
      weighs({}, { where: { kind: 'place', text: 'Ware', readBack: true } }),
    ]).toEqual([false, false, false, false]);
  });

  it('T-08: nothing that is not asked yet keeps it from being kept', () => {
    expect(refusalOfEntry(emptyEntry)).toBeNull();
  });

  it.each<[string, Partial<TriageEntry>, number]>([
    ['an answer', { answers: { where: { kind: 'text', text: long(ANSWER_LIMIT) } } }, ANSWER_LIMIT],
    [
      'a place that was answered',
      { answers: { where: { kind: 'place', text: long(ANSWER_LIMIT), readBack: true } } },
      ANSWER_LIMIT,
    ],
    [
      'a letter of THRIVE',
      {
        thrive: {
          ...emptyThrive,
          harm: { kind: 'found', text: long(LETTER_LIMIT), facts: emptyFacts.harm },
        },
      },
      LETTER_LIMIT,
    ],
    [
      'a pick of a letter',
      {
        thrive: {
          ...emptyThrive,
          risk: {
            kind: 'found',
            text: '',
            facts: { ...emptyFacts.risk, interimPlan: long(FACT_TEXT_LIMIT) },
          },
        },
      },
      FACT_TEXT_LIMIT,
    ],
    [
      'a step of the care path',
      { rightCare: [{ step: 'caller-told', words: long(RIGHT_CARE_LIMIT) }] },
      RIGHT_CARE_LIMIT,
    ],
    ['what is different today', { different: long(ANSWER_LIMIT) }, ANSWER_LIMIT],
  ])('T-08: %s that is too long is refused with its limit, and one shorter is not', (_what, over, limit) => {
    const entry = { ...emptyEntry, ...over };
    expect(refusalOfEntry(entry)).toEqual({ code: 'text-too-long', limit, length: limit + 1 });
    const shorter = JSON.parse(JSON.stringify(entry).replace('xx', 'x')) as TriageEntry;
    expect(refusalOfEntry(shorter)).toBeNull();
  });

  it('L-04: as a whole it fits into a frame, whatever is in it', () => {
    const answers = Object.fromEntries(
      Array.from({ length: 80 }, (_, n) => [
        `q${n}`,
        { kind: 'text', text: 'x'.repeat(ANSWER_LIMIT) } as const,
      ]),
    );
    const refusal = refusalOfEntry({ ...emptyEntry, answers });
    expect(refusal).toMatchObject({ code: 'text-too-long', limit: ENTRY_LIMIT });
  });

  it('C-31: the last one is in force, and a contact nobody has looked at has an empty one', () => {
    const version = (n: number, callType: string) => ({
      id: asCommandId(anId(n)),
      entry: { ...emptyEntry, callType },
      ...done,
    });
    const contact = aContact({ triage: [version(1, 'asb'), version(2, 'domestic')] });
    expect([entryOf(contact).callType, entryOf(aContact())]).toEqual(['domestic', emptyEntry]);
  });
});

describe('what triage looks at', () => {
  const spot = (readBack: boolean): Spot => ({
    id: asCommandId(anId(1)),
    words: 'Bridge Road, Stevenage',
    detail: '',
    point: null,
    readBack,
    ...done,
  });

  it.each([
    [
      'agreed, when it was said back',
      { spots: [spot(true)] },
      { kind: 'agreed', words: 'Bridge Road, Stevenage' },
    ],
    ['told, when it was not', { spots: [spot(false)] }, { kind: 'told', words: 'Bridge Road, Stevenage' }],
    [
      'told, as the source had it',
      { place: 'High Street, Ware' },
      { kind: 'told', words: 'High Street, Ware' },
    ],
    ['unknown', { place: null }, { kind: 'unknown' }],
  ] as const)('T-13: a place is %s', (_what, over, place) => {
    expect(pictureOf(aContact(over), emptyEntry).place).toEqual(place);
  });

  it('T-13: line, channel, flags and markers are the contact’s; answers those that are not kept yet', () => {
    const contact = aContact({ channel: '999-silent', channelState: 'dropped' });
    const answers = { 'safe-now': { kind: 'no' } } as const;
    expect(pictureOf(contact, { ...emptyEntry, callType: 'domestic', answers })).toMatchObject({
      channel: '999-silent',
      line: 'dropped',
      callType: 'domestic',
      answers,
      flags: contact.flags,
      markers: [],
    });
  });

  it('T-03: two looks are the same whatever order answers and picks were made in, and whatever was recommended', () => {
    const yes = { kind: 'yes' } as const;
    const vulnerability = (markers: readonly string[]) =>
      ({ kind: 'found', text: '', facts: { markers, who: null } }) as const;
    const one: TriageEntry = {
      ...emptyEntry,
      answers: { hurt: yes, weapons: yes },
      thrive: { ...emptyThrive, vulnerability: vulnerability(['hate', 'stalking']) },
    };
    const other: TriageEntry = {
      ...one,
      answers: { weapons: yes, hurt: yes },
      thrive: { ...emptyThrive, vulnerability: vulnerability(['stalking', 'hate']) },
      recommended: { grade: 'G1', because: ['There is a weapon.'] },
      policies: { triage: 'triage-2026-11-2' },
    };
    expect(isSameLook(one, other)).toBe(true);
    expect(isSameLook(one, { ...other, answers: { hurt: yes } })).toBe(false);
    expect(isSameLook(one, { ...other, different: 'She is alone today' })).toBe(false);
    expect(isSameLook(one, { ...other, callType: 'hate' })).toBe(false);
  });

  it('AS-20: a marker that matched by a name alone is no part of the picture: names are not unique', () => {
    const marker = (id: string, matchedBy: MarkerOnRecord['matchedBy']): MarkerOnRecord => ({
      id,
      kind: id,
      concerns: 'somebody',
      source: 'intelligence',
      setAt: '2026-01-01',
      reviewBy: '2026-02-01',
      owner: 'Duty inspector',
      note: '',
      matchedBy,
    });
    const markers = [marker('by-name', ['same-name']), marker('by-both', ['same-name', 'same-address'])];
    expect(pictureOf(aContact({ markers }), emptyEntry).markers).toEqual(['by-both']);
  });
});
