import type { Act } from '../../src/shared/domain/command.ts';
import { asCommandId, asContactId } from '../../src/shared/domain/ids.ts';
import type { RecordAct } from '../../src/shared/domain/record/decide-record.ts';
import { emptyEntry, type TriageEntry } from '../../src/shared/domain/triage/entry.ts';
import { emptyMethane } from '../../src/shared/domain/triage/major-incident.ts';
import { emptyThrive } from '../../src/shared/domain/triage/thrive.ts';
import { anId } from './builders.ts';

/** The asking, and the link, at which the acts below point. */
export const asking = asCommandId(anId(0xc1));
export const linking = asCommandId(anId(0xc2));

/** A look at the risk in which one letter is answered. */
export const aLook: TriageEntry = {
  ...emptyEntry,
  thrive: { ...emptyThrive, threat: { kind: 'none' } },
};

/** One of each act that adds to the record. */
export const recordActs: Readonly<Record<RecordAct['kind'], Act>> = {
  agree: { kind: 'agree', grading: asking, agreed: true, reason: 'seen with the caller’s words' },
  triage: { kind: 'triage', entry: aLook },
  describe: {
    kind: 'describe',
    said: {
      title: 'Neighbour shouts through the wall',
      caller: { name: 'Imogen Vale', number: '07700 900333', address: '4 Orchard Way, Royston' },
      language: null,
    },
  },
  place: {
    kind: 'place',
    spot: { words: 'Bridge Road, Stevenage', detail: 'behind number 12', point: null, readBack: true },
  },
  attempt: {
    kind: 'attempt',
    attempt: { safe: 'yes', way: 'voice', result: 'no-answer', words: 'rang out twice' },
  },
  'promise-call-back': { kind: 'promise-call-back', words: 'work number 01632 960277, weekdays 9 to 5' },
  hear: { kind: 'hear', sound: { what: 'tap', means: 'yes', words: 'one tap: in danger' } },
  link: { kind: 'link', to: asContactId(anId(77)), as: 'same-incident', fact: 'a second car' },
  part: { kind: 'part', link: linking, reason: 'another street' },
  discharge: { kind: 'discharge', duty: 'tell-caller@6', words: 'told her nobody comes tonight' },
  incident: { kind: 'incident', category: 'AS-NUI', provisionalRef: 'PROV-K7M2QX' },
  crime: { kind: 'crime', decision: { kind: 'recorded', offence: 'Burglary', offenceClass: 'CR-BDW' } },
  pass: {
    kind: 'pass',
    passed: {
      to: 'Ambulance',
      takenBy: 'desk 4',
      theirRef: null,
      stayedOn: true,
      pack: 'man, 60, not awake',
    },
  },
  major: {
    kind: 'major',
    name: 'Coach on the A1(M)',
    report: { ...emptyMethane, major: 'declared', exact: 'A1(M) northbound at J7', type: 'coach overturned' },
  },
  'stand-down': { kind: 'stand-down', reason: 'all accounted for', major: asCommandId(anId(0xc3)) },
};
