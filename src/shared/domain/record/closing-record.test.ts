import { describe, expect, it } from 'vitest';
import { aContact, anActor, testStart } from '../../../../tests/harness/builders.ts';
import { channels } from '../channel.ts';
import { closeOutcomes, grades } from '../contact.ts';
import { asCommandId, asContactId } from '../ids.ts';
import type { Category } from '../policy/categories.ts';
import { countAttempts, type ClosingFacts } from './closing-asks.ts';
import { blankClosing, CLOSING_LIMITS, missingForClosing, type ClosingRecord } from './closing-record.ts';
import { missingInCrimeDecision } from './whole-decision.ts';
import { emptyRationale } from '../triage/rationale.ts';
import type { TriedCallBack } from './parts.ts';

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
  callTypes: [
    { id: 'domestic', crime: 'expected' },
    { id: 'concern', crime: 'possible' },
  ] as const,
};
const id = asContactId('11111111-1111-4111-8111-111111111111');
const facts: ClosingFacts = {
  id,
  channel: '101-voice',
  channelState: 'ended',
  band: 'B',
  callBackDue: false,
  attempts: 0,
  tried: 0,
  grade: null,
  isAssessed: true,
  callType: null,
  hasIncident: false,
  openingCategory: null,
  isPassedOn: true,
  isTellDue: false,
  isMajorOn: false,
  isPlanUnasked: false,
  isCareDue: false,
  lookOwed: { kind: 'nothing' },
  outcome: 'resolved',
};
const whole: ClosingRecord = {
  category: 'AS-NUI',
  qualifiers: ['alcohol'],
  result: 'Neighbours’ party; given to the council’s night service.',
  crime: { kind: 'not-a-crime', because: 'no-offence', words: 'Music alone' },
  callerTold: { kind: 'yes', words: 'No officer will come; the council’s number given.' },
  parent: null,
  withoutIncident: '',
};
const lacking = (record: Partial<ClosingRecord>, more: Partial<ClosingFacts> = {}) =>
  missingForClosing({ ...whole, ...record }, { ...facts, ...more }, policy).map(({ field }) => field);
const blank = (more: Partial<ClosingFacts>, code: string | null = null) =>
  missingForClosing(
    { ...blankClosing, category: code },
    { ...facts, isAssessed: false, ...more },
    policy,
  ).map(({ field }) => field);

it('T-19, R-04: no crime may have its rationale in five parts; none is asked for, and one that is too long is said', () => {
  const short = { categories: [], notACrime: [{ code: 'no-offence', name: 'No offence' }] };
  const decision = { kind: 'not-a-crime', because: 'no-offence', words: 'Music alone' } as const;
  const why = { ...emptyRationale, risk: 'x'.repeat(801) };
  expect([
    missingInCrimeDecision(decision, short),
    missingInCrimeDecision({ ...decision, rationale: emptyRationale }, short),
    missingInCrimeDecision({ ...decision, rationale: why }, short),
  ]).toEqual([[], [], ['Risk has 801 characters; 800 fit.']]);
});

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

  it('R-06: who was never reached, and what never was for the police, needs less once the risk was assessed', () => {
    expect(blank({ outcome: 'no-reply' }, 'AS-NUI')).toEqual(['result', 'triage']);
    expect(blank({ outcome: 'not-police' }, 'AS-NUI')).toEqual(['result', 'triage', 'caller-told']);
    for (const grade of [null, 'G4', 'G5'] as const) {
      const seen = { isAssessed: true, grade };
      expect(blank({ outcome: 'no-reply', ...seen }, 'AS-NUI')).toEqual(['result']);
      expect(blank({ outcome: 'not-police', ...seen }, 'AS-NUI')).toEqual(['result', 'caller-told']);
    }
  });

  it('R-06: but not about somebody who left by the safety exit, nor in a category that is a crime, nor of what was written to us', () => {
    const left = { channelState: 'left-by-exit' } as const;
    expect(blank({ outcome: 'no-reply', ...left }, 'AS-NUI')).toEqual(['result', 'triage', 'crime']);
    expect(blank({ outcome: 'no-reply' }, 'CR-THF')).toEqual(['result', 'triage', 'crime']);
    expect(blank({ outcome: 'no-reply', channel: '999-dropped' }, 'AS-NUI')).toEqual(['result', 'triage']);
    // The account of a report is there although its writer does not answer.
    expect(blank({ outcome: 'no-reply', channel: 'online-report' }, 'AS-NUI')).toEqual([
      'result',
      'triage',
      'crime',
    ]);
    expect(blank({ outcome: 'not-police' }, 'CR-THF')).toContain('crime');
  });

  it('R-06: nor about what is urgent or has an incident, nor about an emergency that somebody answered', () => {
    const seen = { isAssessed: true } as const;
    const notPolice = (more: Partial<ClosingFacts>) =>
      blank({ outcome: 'not-police', ...seen, ...more }, 'AS-NUI').includes('crime');
    const noReply = (more: Partial<ClosingFacts>) =>
      blank({ outcome: 'no-reply', ...seen, ...more }, 'AS-NUI');
    for (const urgent of [{ hasIncident: true }, { grade: 'G3', hasIncident: true }] as const) {
      expect([notPolice(urgent), noReply(urgent)]).toEqual([true, ['result', 'crime', 'caller-told']]);
    }
    expect(grades.filter((grade) => notPolice({ grade }))).toEqual(['G1', 'G2', 'G3']);
    expect([notPolice({ band: 'A' }), notPolice({ channel: '999-voice' }), notPolice({})]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('R-13: an administrative category does not make less of what the call was about, or was opened as', () => {
    const light = { outcome: 'not-police', isAssessed: true } as const;
    const full = { outcome: 'advice', isAssessed: true } as const;
    const asks = (more: Partial<ClosingFacts>) => blank(more, 'AD-MSG').includes('crime');
    expect([
      asks(light),
      asks(full),
      asks({ ...light, callType: 'domestic' }),
      asks({ ...light, openingCategory: 'PS-VIO' }),
      asks({ ...full, callType: 'domestic' }),
      asks({ ...full, callType: 'concern' }),
      asks({ ...full, openingCategory: 'AS-NUI' }),
      asks({ ...light, callType: 'concern' }),
    ]).toEqual([false, false, true, true, true, true, true, false]);
  });

  it('R-14: what was graded G1 or G2 needs an incident, or words why none was opened', () => {
    const asking = (more: Partial<ClosingFacts>, withoutIncident = '') =>
      lacking({ withoutIncident }, more).includes('incident');
    expect(grades.filter((grade) => asking({ grade }))).toEqual(['G1', 'G2']);
    const outcomes = closeOutcomes.filter((outcome) => asking({ grade: 'G1', outcome }));
    expect(outcomes).toEqual(['resolved', 'advice', 'no-reply', 'not-police']);
    expect([
      asking({ grade: 'G1', hasIncident: true }),
      asking({ grade: 'G1' }, 'The fire service has it, nothing for us'),
      asking({ grade: 'G1' }, ' '),
      asking({ grade: 'G4' }, 'x'.repeat(CLOSING_LIMITS.withoutIncident + 1)),
    ]).toEqual([false, false, true, true]);
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
      { attempts: 1, tried: 1 },
      { channel: '101-voice' },
    ] as const)
      expect(blank({ ...open, ...eased }, 'AS-NUI')).toEqual(['result', 'triage']);
    // Every emergency on which somebody may still be; where the public rang off, C-20 asks for an attempt.
    const looked = channels.filter((channel) =>
      blank({ ...open, channel }, 'AS-NUI').includes('caller-told'),
    );
    expect(looked).toEqual(['999-voice', '999-silent', '999-bsl', 'crash-alert', '999-relay', '999-text']);
  });

  it('R-06: what was graded G1 to G3 is not closed by nobody’s answering alone, however often they were rung', () => {
    const rung = {
      outcome: 'no-reply',
      channel: '999-dropped',
      channelState: 'dropped',
      attempts: 3,
      tried: 3,
    } as const;
    const asked = grades.filter((grade) => blank({ ...rung, grade }, 'AS-NUI').includes('caller-told'));
    expect(asked).toEqual(['G1', 'G2', 'G3']);
    expect(blank({ ...rung, grade: 'G2' }, 'AS-NUI')).toEqual([
      'result',
      'triage',
      'incident',
      'crime',
      'caller-told',
    ]);
  });

  it('R-06, C-20: who is to be rung back is closed by no outcome before an attempt stands on record', () => {
    const first = (more: Partial<ClosingFacts>) =>
      missingForClosing(whole, { ...facts, callBackDue: true, ...more }, policy).find(
        ({ field }) => field === 'outcome',
      )?.sentence;
    const asking = closeOutcomes.filter((outcome) => first({ outcome }) !== undefined);
    expect(asking).toEqual(closeOutcomes);
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

  it.each(['isMajorOn', 'isPlanUnasked'] as const)(
    'R-19, R-20: with %s nothing closes, however it ended',
    (fact) => {
      const field = fact === 'isMajorOn' ? 'major' : 'different';
      expect(
        closeOutcomes.filter((outcome) => !lacking({}, { outcome, [fact]: true }).includes(field)),
      ).toEqual([]);
    },
  );

  it('R-18: whom nobody really rang did not fail to reply, however often that was written down', () => {
    const due = { callBackDue: true, attempts: 2 } as const;
    const asking = closeOutcomes.filter((outcome) => lacking({}, { ...due, outcome }).includes('outcome'));
    expect([asking, lacking({}, { ...due, outcome: 'no-reply', tried: 1 }).includes('outcome')]).toEqual([
      ['no-reply'],
      false,
    ]);
  });

  it('R-18: rung, not safe to ring, or no number to ring is an attempt; “busy” is words and none', () => {
    const count = (over: Partial<TriedCallBack>, number: string | null = '07700 900123') => {
      const attempt = { safe: 'not-known', way: 'none', result: 'not-rung', words: 'busy', ...over } as const;
      const done = { id: asCommandId('a'), by: anActor(), at: testStart };
      const contact = aContact({ attempts: [{ ...attempt, ...done }] });
      return countAttempts({ ...contact, caller: { ...contact.caller, number } });
    };
    expect([
      count({ way: 'voice', result: 'no-answer' }),
      count({ way: 'voice', result: 'answered', words: '' }),
      count({ safe: 'no', words: 'He answers her telephone' }),
      count({ words: 'Number withheld' }, null),
      count({}),
      count({ safe: 'no', words: ' ' }),
    ]).toEqual([
      { attempts: 1, tried: 1 },
      { attempts: 1, tried: 1 },
      { attempts: 1, tried: 1 },
      { attempts: 1, tried: 1 },
      { attempts: 1, tried: 0 },
      { attempts: 0, tried: 0 },
    ]);
  });

  it('T-18, R-06: nobody is left unsent while it is open whether police are the ones to go; who goes, or has taken it, is another matter', () => {
    const asked = (over: Partial<ClosingFacts>) =>
      missingForClosing(whole, { ...facts, isCareDue: true, ...over }, policy).map(({ field }) => field);
    expect([
      asked({ outcome: 'advice', grade: 'G5' }),
      asked({ outcome: 'advice', grade: null }),
      asked({ outcome: 'not-police', grade: 'G5' }),
      asked({ outcome: 'advice', grade: 'G5', isCareDue: false }),
      asked({ outcome: 'advice', grade: 'G4' }),
      asked({ outcome: 'advice', grade: 'G5', hasIncident: true }),
      asked({ outcome: 'resolved', grade: 'G5' }),
      asked({ outcome: 'passed-on', grade: 'G5' }),
    ]).toEqual([['care'], ['care'], ['care'], [], [], [], [], []]);
  });

  it('R-17: whoever believes an earlier answer is asked about with every outcome', () => {
    const asking = closeOutcomes.filter((outcome) =>
      lacking({ callerTold: null }, { outcome, isTellDue: true }).includes('caller-told'),
    );
    expect(asking).toEqual(closeOutcomes);
  });

  it('R-06, C-28: “passed on” needs somebody whom it was passed on to', () => {
    const nobody = { outcome: 'passed-on', isPassedOn: false } as const;
    expect(lacking({}, nobody)).toEqual(['passed']);
    expect(missingForClosing(whole, { ...facts, ...nobody }, policy)[0]?.sentence).toBe(
      'Pass it on first, until somebody there has taken it (Shift+T).',
    );
    expect([lacking({}, { outcome: 'passed-on' }), lacking({}, { isPassedOn: false })]).toEqual([[], []]);
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

  it('R-06: telling the caller needs words, also why it could not or need not be done', () => {
    const told = (kind: 'yes' | 'could-not' | 'not-needed') => lacking({ callerTold: { kind, words: ' ' } });
    expect([told('yes'), told('could-not'), told('not-needed'), lacking({ callerTold: null })]).toEqual([
      ['caller-told'],
      ['caller-told'],
      ['caller-told'],
      ['caller-told'],
    ]);
    const needless = { kind: 'not-needed', words: 'The partner who told us knows' } as const;
    expect(lacking({ callerTold: needless })).toEqual([]);
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

describe('a contact that would end with nobody sent and nobody having said what it is about', () => {
  const letters = { kind: 'letters', letters: ['threat', 'harm'] } as const;
  const second = { kind: 'second', letters: ['threat'] } as const;
  const sentence = (more: Partial<ClosingFacts>) =>
    missingForClosing(whole, { ...facts, ...more }, policy).find(({ field }) => field === 'look')?.sentence;

  it('R-27: says which letters are open, or what was found and who is asked then', () => {
    expect([sentence({ lookOwed: letters }), sentence({ lookOwed: second })]).toEqual([
      'Nobody would be sent, and nobody has said what it is about: choose the call type, or answer threat and harm in THRIVE, be it none identified.',
      'Nobody would be sent, and THRIVE has found threat: choose the call type and ask its questions, or have a second person agree to its grade (Shift+F3).',
    ]);
  });

  it('R-27: holds for every ending that sends nobody, whatever the grade, and for no other', () => {
    const asked = closeOutcomes.filter((outcome) => sentence({ outcome, lookOwed: letters }) !== undefined);
    expect(asked.toSorted()).toEqual(['advice', 'not-police', 'resolved']);
    expect(grades.every((grade) => sentence({ grade, lookOwed: letters }) !== undefined)).toBe(true);
    expect(sentence({ hasIncident: true, lookOwed: second })).toBeUndefined();
    // One sentence at a time: the assessment comes first.
    expect(sentence({ isAssessed: false, lookOwed: letters })).toBeUndefined();
  });
});
