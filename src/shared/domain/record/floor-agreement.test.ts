import { describe, expect, it } from 'vitest';
import { historyPolicy as policy } from '../../../../tests/harness/arbitraries.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  aRationale,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import type { Act } from '../command.ts';
import type { Contact, Grade } from '../contact.ts';
import type { MarkerOnRecord } from './parts.ts';
import { asCommandId, asFence } from '../ids.ts';
import { roles } from '../role.ts';
import { later } from '../time.ts';
import type { Answers } from '../triage/answers.ts';
import { emptyEntry } from '../triage/entry.ts';
import { refusalOfAgreeing, undercutFloor } from './floor-agreement.ts';

const mine = anActor({ deskNumber: 1 });
const leader = anActor({ deskNumber: 2 });
const firearm: Answers = { 'weapon-kind': { kind: 'choice', ids: ['firearm'] } };
const vulnerable = { vulnerable: true, repeat: false, lookFirst: false };

let n = 0;
const give = (contact: Contact, act: Act, by = mine): Contact => {
  n += 1;
  const command = aCommand({ on: contact, act, id: asCommandId(anId(0xc0000 + n)) });
  const outcome = carryOut(contact, command, { by, at: later(testStart, 60_000 * n), policy });
  expect(outcome.decision.kind).toBe('accepted');
  return outcome.contact;
};
const start = (over: Partial<Contact> = {}) =>
  aContact({ ownership: { kind: 'owned', by: mine, since: testStart }, fence: asFence(1), ...over });
const look = (contact: Contact, answers: Answers): Contact =>
  give(contact, { kind: 'triage', entry: { ...emptyEntry, answers } });
const lower = (contact: Contact, grade: Grade): Contact =>
  give(contact, { kind: 'grade', grade, reason: 'a toy', rationale: aRationale() });
const agreed = (contact: Contact): Contact => {
  const grading = contact.asked?.id ?? asCommandId('');
  return give(contact, { kind: 'agree', grading, agreed: true, reason: 'seen on camera' }, leader);
};
const floor = { rule: 'firearm-named', grade: 'G1', because: 'A firearm was named.' };

describe('a floor that is undercut', () => {
  it('T-13: a contact stands below it when it has a lower grade, or none', () => {
    const ungraded = look(start(), firearm);
    const low = look(start({ grade: 'G3' }), firearm);
    const high = look(start({ grade: 'G1' }), firearm);
    expect([ungraded, low, high, start()].map((contact) => undercutFloor(contact, policy))).toEqual([
      floor,
      floor,
      null,
      null,
    ]);
  });

  it('T-13: without the policy nobody knows of one', () => {
    expect(undercutFloor(look(start(), firearm), aPolicy())).toBeNull();
  });

  it('T-13: what a team leader agreed to stands, also after another look at the same risk', () => {
    const asked = lower(look(start(), firearm), 'G2');
    expect(undercutFloor(asked, policy)).toEqual(floor);
    const leave = agreed(asked);
    expect([leave.grade, undercutFloor(leave, policy)]).toEqual(['G2', null]);
    expect(undercutFloor(look(leave, firearm), policy)).toBeNull();
  });

  it('T-13: leave given before a marker was known is none to stand below what the marker asks for', () => {
    const marker: MarkerOnRecord = {
      id: 'MK-0001',
      kind: 'treat-as-urgent',
      concerns: 'this number',
      source: 'the abuse unit',
      setAt: '2026-01-01',
      reviewBy: '2027-01-01',
      owner: 'Domestic abuse unit',
      note: '',
      matchedBy: ['same-number'],
    };
    const seen = look(start({ grade: 'G2', flags: vulnerable }), {});
    const leave = agreed(lower(seen, 'G4'));
    expect([leave.grade, undercutFloor(leave, policy)]).toEqual(['G4', null]);
    const found = { ...leave, markers: [marker] };
    const below = { rule: 'treat-as-urgent-marker', grade: 'G1' };
    expect(undercutFloor(found, policy)).toMatchObject(below);
    expect(undercutFloor(look(found, {}), policy)).toMatchObject(below);
  });

  it('T-13: leave to go below one floor is none for another that is as high', () => {
    const leave = agreed(lower(look(start(), firearm), 'G2'));
    const left = { ...leave, flags: vulnerable, channelState: 'left-by-exit' } as const;
    const both = look(left, firearm);
    const domestic = give(both, {
      kind: 'triage',
      entry: { ...emptyEntry, callType: 'domestic', answers: firearm },
    });
    expect([undercutFloor(both, policy), undercutFloor(domestic, policy)?.rule]).toEqual([
      null,
      'domestic-safety-exit',
    ]);
  });

  it('T-13, T-15: a second person’s word for another reason is no leave to undercut a floor that was found later', () => {
    const leave = agreed(lower(start({ grade: 'G1', flags: vulnerable }), 'G3'));
    expect([leave.grade, undercutFloor(leave, policy)]).toEqual(['G3', null]);
    expect(undercutFloor(look(leave, firearm), policy)).toEqual(floor);
  });
});

describe('who may say yes', () => {
  const agree = (contact: Contact, yes = true): Extract<Act, { kind: 'agree' }> => ({
    kind: 'agree',
    grading: contact.asked?.id ?? asCommandId(''),
    agreed: yes,
    reason: 'read it all',
  });
  const below = lower(look(start(), firearm), 'G2');
  const plain = lower(start({ grade: 'G1', flags: vulnerable }), 'G3');
  const withMentors = { ...policy, triage: { ...triagePolicy, secondPersonRoles: ['mentor'] as const } };

  it('T-15: the roles that the policy names, and no others', () => {
    const may = roles.filter((role) => refusalOfAgreeing(plain, agree(plain), role, policy) === null);
    expect(may).toEqual(triagePolicy.secondPersonRoles);
    expect(refusalOfAgreeing(plain, agree(plain), 'handler', policy)).toEqual({
      code: 'role',
      role: 'handler',
      act: 'agree',
      emergency: false,
    });
  });

  it('T-13: below a floor a team leader alone, whatever else the policy names', () => {
    expect([
      refusalOfAgreeing(plain, agree(plain), 'mentor', withMentors),
      refusalOfAgreeing(below, agree(below), 'mentor', withMentors),
    ]).toEqual([null, { code: 'below-floor', floor: 'G1', because: 'A firearm was named.' }]);
  });

  it('C-29: keeping the earlier grade needs no leave, and of nothing asked there is none to give', () => {
    const nothing = start();
    expect([
      refusalOfAgreeing(below, agree(below, false), 'mentor', policy),
      refusalOfAgreeing(nothing, agree(nothing), 'mentor', policy),
    ]).toEqual([null, null]);
  });
});
