import { expect, test } from 'vitest';
import type { Act } from '../../../shared/domain/command.ts';
import { asContactId } from '../../../shared/domain/ids.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { emptyFacts, emptyThrive } from '../../../shared/domain/triage/thrive.ts';
import { aClosing, aClosingRecord, uuid } from '../../testing/builders.ts';
import { wordsOf } from './words-of.ts';

test.each<[string, Act, string]>([
  [
    'an assessment',
    {
      kind: 'triage',
      entry: {
        ...emptyEntry,
        different: 'He has keys now',
        answers: { where: { kind: 'place', text: 'Behind the shop', readBack: true }, hurt: { kind: 'no' } },
        thrive: { ...emptyThrive, harm: { kind: 'found', text: 'A cut hand', facts: emptyFacts.harm } },
        rightCare: [{ step: 'caller-told', words: 'Nobody comes tonight' }],
      },
    },
    'He has keys now\nBehind the shop\nHarm: A cut hand\nNobody comes tonight',
  ],
  [
    'a lower grade',
    {
      kind: 'grade',
      grade: 'G4',
      reason: 'he has left',
      rationale: {
        information: 'seen leaving',
        risk: 'low',
        policy: '',
        options: 'keep it',
        decision: 'diary',
      },
    },
    'he has left\nInformation: seen leaving\nRisk: low\nOptions: keep it\nDecision: diary',
  ],
  [
    'a closing',
    aClosing({
      record: {
        ...aClosingRecord(),
        callerTold: { kind: 'could-not', words: 'No number' },
        crime: { kind: 'recorded', offence: 'Burglary', offenceClass: null },
      },
    }),
    'Nobody answered\nNobody answered\nNo number\nBurglary',
  ],
  [
    'a place',
    {
      kind: 'place',
      spot: { words: 'Bridge Road, Stevenage', detail: 'flat 3', point: null, readBack: true },
    },
    'Bridge Road, Stevenage\nflat 3',
  ],
  ['a link', { kind: 'link', to: asContactId(uuid(7)), as: 'repeat', fact: 'a second car' }, 'a second car'],
  [
    'what was passed on',
    {
      kind: 'pass',
      passed: { to: 'Ambulance', takenBy: 'desk 4', theirRef: null, stayedOn: true, pack: 'man, 60' },
    },
    'Ambulance\ndesk 4\nman, 60',
  ],
  ['an incident', { kind: 'incident', category: 'AS-NUI', provisionalRef: 'PROV-7KQ4TX' }, ''],
])('X-06: nothing that was typed into %s is lost when it is refused', (_what, act, words) => {
  expect(wordsOf(act)).toBe(words);
});
