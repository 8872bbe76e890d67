import { describe, expect, it } from 'vitest';
import {
  aClosing,
  aClosingRecord,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { aLook, recordActs } from '../../../../tests/harness/record-acts.ts';
import { shippedCategories } from '../../../../tests/harness/record-policy.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import type { Act } from '../command.ts';
import type { Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { must } from '../../lib/assert.ts';
import { asCommandId, asFence } from '../ids.ts';
import { later } from '../time.ts';
import { emptyEntry } from '../triage/entry.ts';
import type { Duty, PlanOnRecord } from './parts.ts';

const mine = anActor();
const at = later(testStart, 90_000);
const whole: DecisionPolicy = { ...aPolicy(), categories: shippedCategories() };
const unseen = aContact({
  ownership: { kind: 'owned', by: mine, since: testStart },
  fence: asFence(1),
  channelState: 'ended',
});
/** Its risk was assessed. */
const owned: Contact = {
  ...unseen,
  triage: [{ id: asCommandId(anId(0xc4)), entry: aLook, by: mine, at: testStart }],
};
const give = (contact: Contact, act: Act, policy: DecisionPolicy = whole) =>
  carryOut(contact, aCommand({ on: contact, act }), { by: mine, at, policy });
const answer = (contact: Contact, act: Act, policy?: DecisionPolicy) => {
  const { decision } = give(contact, act, policy);
  return decision.kind === 'refused' ? decision.refusal : (decision.what?.kind ?? null);
};
const withDuty = (kind: Duty['kind']): Contact => ({
  ...owned,
  duties: [{ id: `${kind}@6`, kind, because: 'downgrade', since: testStart, done: null }],
});
const aPlanOnRecord: PlanOnRecord = {
  ref: 'PL-0417',
  concerns: 'Rings when alone',
  wording: 'What is different today?',
  allowedActions: [],
  limits: [],
  owner: 'Neighbourhood team',
  setAt: '2026-10-01',
  reviewBy: '2027-04-01',
  whatIsDifferent: 'What is different today?',
  matchedBy: ['same-number'],
};
const tried: Act = {
  kind: 'attempt',
  attempt: { safe: 'no', way: 'none', result: 'not-rung', words: 'He answers her telephone' },
};
const wholeRecord = aClosingRecord({
  category: 'AS-NUI',
  crime: { kind: 'recorded', offence: 'Criminal damage', offenceClass: 'CR-DMG' },
  callerTold: { kind: 'yes', words: 'An officer rings tomorrow' },
});
const resolved = aClosing({
  outcome: 'resolved',
  reason: 'Taken home by a friend',
  record: wholeRecord,
});

describe('closing', () => {
  it('R-06: is refused without a record, and with half of one, naming each field once', () => {
    expect([
      answer(unseen, aClosing({ record: null })),
      answer(
        unseen,
        aClosing({ outcome: 'resolved', record: aClosingRecord({ category: null, result: '' }) }),
      ),
    ]).toEqual([
      { code: 'record-incomplete', missing: ['record'] },
      {
        code: 'record-incomplete',
        missing: ['category', 'result', 'triage', 'crime', 'caller-told'],
      },
    ]);
  });

  it('R-06: with everything that is asked it is done, and the record stands on the contact', () => {
    const looked = give(owned, recordActs.triage).contact;
    const { contact } = give(looked, resolved);
    expect(contact.closing).toMatchObject({
      outcome: 'resolved',
      reason: 'Taken home by a friend',
      record: { category: 'AS-NUI' },
      by: mine,
    });
  });

  it('R-04: what closes as a crime is recorded in its class; any other category waits for one', () => {
    const looked = give(owned, recordActs.triage).contact;
    const closing = (category: string) =>
      aClosing({
        outcome: 'resolved',
        record: {
          ...wholeRecord,
          category,
          crime: { kind: 'recorded', offence: 'Punched in the face', offenceClass: null },
        },
      });
    expect(answer(looked, closing('PS-DOM'))).toEqual({ code: 'record-incomplete', missing: ['crime'] });
    const { contact } = give(looked, closing('CR-VIO'));
    expect([contact.closing?.record?.crime, contact.crime?.decision]).toMatchObject([
      { offenceClass: 'CR-VIO' },
      { offenceClass: 'CR-VIO' },
    ]);
  });

  it('R-06, C-20: who is to be rung back stays open until an attempt stands on it, also one not rung for a reason', () => {
    const gone: Contact = { ...owned, channel: '999-dropped', channelState: 'dropped', callBackDue: true };
    const after = give(gone, tried).contact;
    expect([answer(gone, aClosing()), after.callBackDue, answer(after, aClosing())]).toEqual([
      { code: 'record-incomplete', missing: ['outcome'] },
      true,
      'closed',
    ]);
  });

  it('R-06: a 999 call nobody has left, and a G2, are not closed as “no reply” without the risk and a word to the caller', () => {
    const missing = (...fields: string[]) => ({ code: 'record-incomplete', missing: fields });
    const call: Contact = { ...unseen, channel: '999-voice', channelState: 'connected' };
    const graded: Contact = { ...unseen, grade: 'G2' };
    expect([
      answer(call, aClosing()),
      answer(graded, aClosing()),
      answer({ ...owned, channel: '999-voice' }, aClosing()),
    ]).toEqual([missing('triage', 'caller-told'), missing('triage', 'incident', 'caller-told'), 'closed']);
  });

  it('R-12: a look in which nothing was weighed is no risk assessment', () => {
    const empty = give(unseen, { kind: 'triage', entry: emptyEntry }).contact;
    const looked = give(empty, recordActs.triage).contact;
    const due = withDuty('re-thrive');
    const again = [{ kind: 'triage', entry: emptyEntry } as const, recordActs.triage].map(
      (act) => give(due, act).contact.marks.duties,
    );
    expect([answer(empty, resolved), answer(looked, resolved), ...again]).toEqual([
      { code: 'record-incomplete', missing: ['triage'] },
      'closed',
      ['re-thrive'],
      [],
    ]);
  });

  it('R-06, C-28: nothing is closed as passed on that nobody was given', () => {
    const looked = give(owned, recordActs.triage).contact;
    const away = aClosing({ outcome: 'passed-on', record: wholeRecord });
    const given = give(looked, recordActs.pass).contact;
    expect([answer(looked, away), answer(given, away)]).toEqual([
      { code: 'record-incomplete', missing: ['passed'] },
      'closed',
    ]);
  });

  it('R-06: without the categories a desk asks only for a record, and the queue looks at it again', () => {
    const half = aClosing({ outcome: 'resolved', record: aClosingRecord({ category: null }) });
    expect([answer(owned, half, aPolicy()), answer(owned, aClosing({ record: null }), aPolicy())]).toEqual([
      'closed',
      { code: 'record-incomplete', missing: ['record'] },
    ]);
  });

  it('T-13: below a floor that nobody agreed to go below it stays open', () => {
    const entry = {
      ...emptyEntry,
      answers: { 'weapon-kind': { kind: 'choice', ids: ['firearm'] } },
    } as const;
    const looked = give(owned, { kind: 'triage', entry }).contact;
    const policy = { ...aPolicy(), triage: triagePolicy };
    const graded = give(looked, { kind: 'grade', grade: 'G1', reason: 'a firearm' }).contact;
    expect([answer(looked, aClosing(), policy), answer(graded, aClosing(), policy)]).toEqual([
      { code: 'below-floor', floor: 'G1', because: 'A firearm was named.' },
      'closed',
    ]);
  });

  it('C-25: a changed risk nobody has looked at, and a second person who is asked, keep it open', () => {
    expect([answer(withDuty('re-thrive'), aClosing()), answer(withDuty('agree'), aClosing())]).toEqual([
      { code: 'record-incomplete', missing: ['re-thrive'] },
      { code: 'record-incomplete', missing: ['agree'] },
    ]);
  });

  it('C-25, R-17: only that the caller was told, or could not be, in words, is what the duty to tell them asks for', () => {
    const due = withDuty('tell-caller');
    const told = (kind: 'yes' | 'could-not' | 'not-needed', words: string) =>
      aClosing({ record: aClosingRecord({ callerTold: { kind, words } }) });
    const missing = { code: 'record-incomplete', missing: ['caller-told'] };
    expect([
      answer(due, aClosing()),
      answer(due, told('not-needed', 'She rang off')),
      answer(due, told('could-not', ' ')),
    ]).toEqual([missing, missing, missing]);
    const { contact } = give(due, told('could-not', 'Rang out three times'));
    expect([contact.marks.duties, contact.duties[0]?.done]).toEqual([
      [],
      { by: mine, at, words: 'Rang out three times' },
    ]);
  });

  it('R-17: taking the closing back brings back the duty that it alone had settled, and none that was done before', () => {
    const due = withDuty('tell-caller');
    const before = { by: mine, at: testStart, words: 'told her at once' };
    const both: Contact = {
      ...due,
      duties: [...due.duties.map((duty) => ({ ...duty, id: 'tell-caller@1', done: before })), ...due.duties],
    };
    const told = { kind: 'yes', words: 'Nobody comes tonight' } as const;
    const closed = give(both, aClosing({ record: aClosingRecord({ callerTold: told }) })).contact;
    const open = give(closed, { kind: 'reopen', reason: 'Taken back by the handler' }).contact;
    expect([
      closed.duties.map(({ done }) => done?.words),
      open.duties.map(({ done }) => done?.words),
    ]).toEqual([
      ['told her at once', 'Nobody comes tonight'],
      ['told her at once', undefined],
    ]);
  });

  it('R-19: a contact on which a major incident is on stays open until that is stood down', () => {
    const on = give(owned, recordActs.major).contact;
    const down = give(on, {
      kind: 'stand-down',
      reason: 'all accounted for',
      major: must(on.major, 'a declaration').id,
    }).contact;
    expect([answer(on, aClosing()), answer(down, aClosing())]).toEqual([
      { code: 'record-incomplete', missing: ['major'] },
      'closed',
    ]);
  });

  it('R-20: who has an agreed plan is asked what is different today before it closes', () => {
    const planned: Contact = { ...owned, plan: aPlanOnRecord };
    const asked = give(planned, {
      kind: 'triage',
      entry: { ...aLook, different: 'Her sister has moved out' },
    });
    expect([answer(planned, aClosing()), answer(asked.contact, aClosing())]).toEqual([
      { code: 'record-incomplete', missing: ['different'] },
      'closed',
    ]);
  });

  it('C-27: the crime that it records stands on the contact, its number left to the queue', () => {
    const { contact } = give(give(owned, recordActs.triage).contact, resolved);
    expect(contact.crime).toMatchObject({
      decision: { kind: 'recorded', offence: 'Criminal damage' },
      ref: null,
      by: mine,
    });
  });

  it('C-27: a crime that was recorded before is not undone by a closing that had no need to ask', () => {
    const recorded = give(owned, recordActs.crime).contact;
    const numbered = { ...recorded, crime: recorded.crime && { ...recorded.crime, ref: '41/895/26' } };
    expect(give(numbered, aClosing()).contact.crime).toEqual(numbered.crime);
  });

  it('C-06, C-13: its reason comes first, then whose contact it is, then the record', () => {
    const other = carryOut(owned, aCommand({ on: owned, act: aClosing({ record: null }) }), {
      by: anActor({ deskNumber: 2 }),
      policy: whole,
    }).decision;
    expect([answer(owned, aClosing({ reason: ' ', record: null })), other]).toEqual([
      { code: 'text-missing' },
      { kind: 'refused', refusal: { code: 'not-yours' } },
    ]);
  });
});
