import { describe, expect, it } from 'vitest';
import { channels } from '../channel.ts';
import { closeOutcomes, grades } from '../contact.ts';
import { asContactId } from '../ids.ts';
import type { Category } from '../policy/categories.ts';
import {
  blankClosing,
  CLOSING_LIMITS,
  missingForClosing,
  type ClosingFacts,
  type ClosingRecord,
} from './closing-record.ts';

const category = (code: string, crime: Category['crime'], use: Category['use'] = ['closing']): Category => ({
  code,
  group: 'welfare',
  name: code,
  words: [code],
  use,
  crime,
});
const policy = {
  categories: [
    category('AS-NUI', 'possible'),
    category('CR-THF', 'expected'),
    category('AD-MSG', 'none'),
    category('AD-DUP', 'none'),
    category('PS-VIO', 'expected', ['opening']),
  ],
  qualifiers: [{ code: 'alcohol', name: 'Alcohol', words: [] }],
  notACrime: [{ code: 'no-offence', name: 'No offence' }],
};
const id = asContactId('11111111-1111-4111-8111-111111111111');
const facts: ClosingFacts = {
  id,
  channel: '101-voice',
  channelState: 'ended',
  callBackDue: false,
  attempts: 0,
  grade: null,
  hasTriage: true,
  isPassedOn: true,
  isTellDue: false,
  outcome: 'resolved',
};
const whole: ClosingRecord = {
  category: 'AS-NUI',
  qualifiers: ['alcohol'],
  result: 'Neighbours’ party; given to the council’s night service.',
  crime: { kind: 'not-a-crime', because: 'no-offence', words: 'Music alone' },
  callerTold: { kind: 'yes', words: 'No officer will come; the council’s number given.' },
  parent: null,
};
const lacking = (record: Partial<ClosingRecord>, more: Partial<ClosingFacts> = {}) =>
  missingForClosing({ ...whole, ...record }, { ...facts, ...more }, policy).map(({ field }) => field);
const blank = (more: Partial<ClosingFacts>, code: string | null = null) =>
  missingForClosing({ ...blankClosing, category: code }, { ...facts, hasTriage: false, ...more }, policy).map(
    ({ field }) => field,
  );

describe('closing', () => {
  it('R-06: a record with everything on it is missing nothing, and an empty one says all of it in the order of the form', () => {
    expect(lacking({})).toEqual([]);
    expect(blank({ outcome: null })).toEqual([
      'outcome',
      'category',
      'result',
      'triage',
      'crime',
      'caller-told',
    ]);
  });

  it('R-06: whatever the outcome, nothing closes without a category and a line about how it ended', () => {
    for (const outcome of closeOutcomes)
      expect(blank({ outcome })).toEqual(expect.arrayContaining(['category', 'result']));
  });

  it('R-06: a duplicate needs the contact it belongs to, another than itself, and is answered for there', () => {
    const duplicate = { outcome: 'duplicate' } as const;
    expect(blank(duplicate, 'AD-DUP')).toEqual(['parent', 'result']);
    expect(lacking({ category: 'AD-DUP', parent: id }, duplicate)).toEqual(['parent']);
    const parent = asContactId('22222222-2222-4222-8222-222222222222');
    expect(lacking({ category: 'AD-DUP', parent }, duplicate)).toEqual([]);
    expect(lacking({ category: 'AD-DUP' })).toEqual(['category']);
  });

  it('R-06: who was never reached, and what never was for the police, needs less', () => {
    expect(blank({ outcome: 'no-reply' }, 'AS-NUI')).toEqual(['result']);
    expect(blank({ outcome: 'not-police' }, 'AS-NUI')).toEqual(['result', 'caller-told']);
  });

  it('R-06: but not about somebody who left by the safety exit, nor in a category that is a crime, nor of what was written to us', () => {
    const left = { channelState: 'left-by-exit' } as const;
    expect(blank({ outcome: 'no-reply', ...left }, 'AS-NUI')).toEqual(['result', 'triage', 'crime']);
    expect(blank({ outcome: 'not-police', ...left }, 'AS-NUI')).toContain('triage');
    expect(blank({ outcome: 'no-reply' }, 'CR-THF')).toEqual(['result', 'triage', 'crime']);
    expect(blank({ outcome: 'no-reply', channel: '999-dropped' }, 'AS-NUI')).toEqual(['result']);
    // The account of a report is there although its writer does not answer.
    expect(blank({ outcome: 'no-reply', channel: 'online-report' }, 'AS-NUI')).toEqual([
      'result',
      'triage',
      'crime',
    ]);
    expect(blank({ outcome: 'not-police' }, 'CR-THF')).toContain('crime');
  });

  it('R-06: nobody is said not to have replied on an emergency line that is open and was never rung back', () => {
    const open = { outcome: 'no-reply', channel: '999-voice', channelState: 'connected' } as const;
    const asked = ['result', 'triage', 'crime', 'caller-told'];
    expect(blank(open, 'AS-NUI')).toEqual(asked);
    expect(blank(open, 'AD-MSG')).toEqual(['result', 'triage', 'caller-told']);
    expect(blank({ ...open, channelState: 'ringing' }, 'AS-NUI')).toEqual(asked);
    for (const eased of [
      { channelState: 'dropped' },
      { channelState: 'ended' },
      { attempts: 1 },
      { channel: '101-voice' },
    ] as const)
      expect(blank({ ...open, ...eased }, 'AS-NUI')).toEqual(['result']);
    // Every emergency on which somebody may still be; where the public rang off, C-20 asks for an attempt.
    const looked = channels.filter((channel) =>
      blank({ ...open, channel }, 'AS-NUI').includes('caller-told'),
    );
    expect(looked).toEqual(['999-voice', '999-silent', '999-bsl', 'crash-alert', '999-relay', '999-text']);
  });

  it('R-06: what was graded G1 or G2 is not closed by nobody’s answering alone, however often they were rung', () => {
    const rung = {
      outcome: 'no-reply',
      channel: '999-dropped',
      channelState: 'dropped',
      attempts: 3,
    } as const;
    const asked = grades.filter((grade) => blank({ ...rung, grade }, 'AS-NUI').length > 1);
    expect(asked).toEqual(['G1', 'G2']);
    expect(blank({ ...rung, grade: 'G2' }, 'AS-NUI')).toEqual(['result', 'triage', 'crime', 'caller-told']);
  });

  it('R-06, C-20: who is to be rung back is closed by no outcome but “duplicate” before an attempt stands on record', () => {
    const first = (more: Partial<ClosingFacts>) =>
      missingForClosing(whole, { ...facts, callBackDue: true, ...more }, policy).find(
        ({ field }) => field === 'outcome',
      )?.sentence;
    const asking = closeOutcomes.filter((outcome) => first({ outcome }) !== undefined);
    expect(asking).toEqual(closeOutcomes.filter((outcome) => outcome !== 'duplicate'));
    expect(first({})).toBe(
      'This person is to be rung back. Write down an attempt first, also if it was not safe to ring (Shift+C).',
    );
    expect([first({ attempts: 1 }), first({ callBackDue: false })]).toEqual([undefined, undefined]);
  });

  it('R-11, C-25: who believes an answer that has changed is told, or it is said why not, also when it ends as a duplicate', () => {
    const told = (kind: 'yes' | 'could-not' | 'not-needed', words: string, isTellDue = true) =>
      lacking(
        { callerTold: { kind, words }, category: 'AD-DUP', parent: asContactId('other') },
        { outcome: 'duplicate', isTellDue },
      );
    expect([
      told('yes', 'Nobody comes tonight'),
      told('could-not', 'No answer'),
      told('yes', ''),
      told('not-needed', 'It is a duplicate'),
      told('not-needed', '', false),
    ]).toEqual([[], [], ['caller-told'], ['caller-told'], []]);
    expect(blank({ outcome: 'duplicate', isTellDue: true }, 'AD-DUP')).toEqual([
      'parent',
      'result',
      'caller-told',
    ]);
    expect(lacking({ callerTold: { kind: 'not-needed', words: '' } }, { isTellDue: true })).toEqual([
      'caller-told',
    ]);
  });

  it('R-06, C-28: “passed on” needs somebody whom it was passed on to', () => {
    const nobody = { outcome: 'passed-on', isPassedOn: false } as const;
    expect(lacking({}, nobody)).toEqual(['passed']);
    expect(missingForClosing(whole, { ...facts, ...nobody }, policy)[0]?.sentence).toBe(
      'Pass it on first, until somebody there has taken it (Shift+T).',
    );
    expect([lacking({}, { outcome: 'passed-on' }), lacking({}, { isPassedOn: false })]).toEqual([[], []]);
  });

  it('R-06, T-18: what a partner asks of us is “not police” only after the risk, and with it Right Care, was gone through', () => {
    const partner = { outcome: 'not-police', channel: 'partner-line' } as const;
    expect(blank(partner, 'AS-NUI')).toEqual(['result', 'triage', 'caller-told']);
    expect(blank({ ...partner, hasTriage: true }, 'AS-NUI')).toEqual(['result', 'caller-told']);
  });

  it('R-06: who left by the safety exit or must be rung back is said beside the outcome', () => {
    const sentence = (more: Partial<ClosingFacts>) =>
      missingForClosing(whole, { ...facts, outcome: null, ...more }, policy)[0]?.sentence;
    expect([
      sentence({ channelState: 'left-by-exit', callBackDue: true }),
      sentence({ callBackDue: true }),
      sentence({}),
    ]).toEqual([
      expect.stringContaining('safety exit'),
      expect.stringContaining('rung back'),
      'Choose how it ended.',
    ]);
  });

  it('R-04: “not yet” is no decision about a crime, and a category without crime asks for none', () => {
    const crime = { kind: 'not-yet' } as const;
    expect([lacking({ crime }), lacking({ crime, category: 'AD-MSG' })]).toEqual([['crime'], []]);
    expect(lacking({ crime: { kind: 'elsewhere', force: '', theirRef: null } })).toEqual(['crime']);
  });

  it('R-06: a category that only opens does not close, and one that is not in the list is none', () => {
    expect([lacking({ category: 'PS-VIO' }), lacking({ category: 'PS-XXX' })]).toEqual([
      ['category'],
      ['category'],
    ]);
  });

  it('R-06: telling the caller needs words, also why it could not be done', () => {
    const told = (kind: 'yes' | 'could-not' | 'not-needed') => lacking({ callerTold: { kind, words: ' ' } });
    expect([told('yes'), told('could-not'), told('not-needed'), lacking({ callerTold: null })]).toEqual([
      ['caller-told'],
      ['caller-told'],
      [],
      ['caller-told'],
    ]);
  });

  it('R-06: what does not fit is said, with its length', () => {
    const long = 'x'.repeat(CLOSING_LIMITS.result + 1);
    const many = Array.from({ length: CLOSING_LIMITS.qualifiers + 1 }, () => 'alcohol');
    expect([
      lacking({ result: long }),
      lacking({ qualifiers: ['nonsense'] }),
      lacking({ qualifiers: many }),
    ]).toEqual([['result'], ['qualifiers'], ['qualifiers']]);
    expect(lacking({ callerTold: { kind: 'yes', words: long } })).toEqual(['caller-told']);
  });
});
