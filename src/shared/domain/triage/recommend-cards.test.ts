import { describe, expect, it } from 'vitest';
import {
  answersFrom,
  aPicture,
  questionPolicy,
  triagePolicy,
} from '../../../../tests/harness/triage-policy.ts';
import type { Grade } from '../contact.ts';
import type { Picture } from './condition.ts';
import { proposedThrive, withProposals } from './proposals.ts';
import { recommendGrade } from './recommend.ts';

type Written = Readonly<Record<string, string | number>>;
type Card = readonly [
  card: string,
  moment: string,
  grade: Grade | null,
  facts: Partial<Picture>,
  answers: Written,
];

const calm = { hurt: 'no', 'safe-now': 'yes' } as const;
const party = {
  ...calm,
  threats: 'no',
  afraid: 'no',
  targeted: 'no',
  frail: 'no',
  'happening-now': 'now',
} as const;
const burgled = {
  'anyone-inside': 'no',
  hurt: 'no',
  frail: 'no',
  distressed: 'no',
  entry: '=back door forced',
  taken: '=laptop',
  'home-then': 'yes',
  'happening-now': 'past',
} as const;
const appointment = {
  'doing-now': 'no',
  'means-now': 'no',
  'taken-something': 'no',
  goodbye: 'no',
  'crime-too': 'no',
  'child-too': 'no',
} as const;
const boy = {
  age: 15,
  exploited: 'yes',
  'needs-care': 'no',
  exposed: 'yes',
  'self-harm': 'no',
  'out-of-character': 'no',
} as const;

const slur = {
  ...calm,
  weapons: 'no',
  threats: 'no',
  afraid: 'no',
  'suspect-where': 'gone',
  'happened-before': 'yes',
  'hate-about': 'race',
} as const;

/** The contact cards: what was asked by that moment, and the grade that is right then. */
const cards: readonly Card[] = [
  [
    'E01',
    'strangled, he kicks the door',
    'G1',
    {
      channel: '999-voice',
      callType: 'domestic',
      flags: { vulnerable: true, repeat: true, lookFirst: false },
    },
    { strangled: 'yes', 'suspect-where': 'here', children: 'yes' },
  ],
  [
    'E02',
    'nothing said, the marker alone',
    'G1',
    { channel: '999-silent', markers: ['high-risk-domestic-abuse'] },
    {},
  ],
  ['E02', 'one tap', 'G1', { channel: '999-silent' }, { 'in-danger': 'yes' }],
  [
    'E03',
    'dropped, not rung back yet',
    null,
    { channel: '999-dropped', line: 'dropped', callType: 'abandoned' },
    { heard: 'child-playing', 'safe-to-ring': 'yes' },
  ],
  [
    'E03',
    'the mother explains, nobody asked whether she talks freely',
    null,
    { channel: '999-dropped', callType: 'abandoned' },
    { ...calm, accident: 'explained' },
  ],
  [
    'E03',
    'she talks freely',
    'G5',
    { channel: '999-dropped', callType: 'abandoned' },
    { ...calm, accident: 'explained', 'talk-freely': 'yes' },
  ],
  [
    'E04',
    'one car on its roof',
    'G1',
    { channel: '999-voice', callType: 'collision' },
    { trapped: 'yes', lanes: 'partly' },
  ],
  [
    'E05',
    'the driver bleeds',
    'G1',
    { channel: '999-voice', callType: 'collision' },
    { hurt: 'yes', 'hurt-badly': 'yes' },
  ],
  [
    'E06',
    'a driver walks off drunk',
    'G1',
    { channel: '101-voice', callType: 'collision' },
    { hurt: 'yes', 'driver-left': 'yes', 'drink-drugs': 'yes' },
  ],
  ['E07', 'eighty-two', 'G2', { channel: '101-voice', callType: 'missing' }, { age: 82 }],
  [
    'E07',
    'dementia, slippers, frost',
    'G1',
    { channel: '101-voice', callType: 'missing' },
    { age: 82, 'needs-care': 'yes', exposed: 'no' },
  ],
  [
    'E13',
    'loud music',
    null,
    { channel: '101-voice', callType: 'asb' },
    { 'what-happens': '=music', 'happening-now': 'now' },
  ],
  [
    'E13',
    'no threat, fear or screams',
    'G5',
    { channel: '101-voice', callType: 'asb' },
    { ...party, screams: 'no' },
  ],
  [
    'E13',
    'there was a scream',
    'G2',
    { channel: '101-voice', callType: 'asb' },
    { ...party, screams: 'yes' },
  ],
  [
    'E15',
    'the driver comes at half past',
    'G1',
    { channel: '999-voice', callType: 'fraud' },
    { courier: 'yes' },
  ],
  [
    'E17',
    'traces will keep',
    'G4',
    { channel: '101-voice', callType: 'burglary-past' },
    { ...burgled, 'evidence-going': 'no' },
  ],
  [
    'E17',
    'rain is coming',
    'G2',
    { channel: '101-voice', callType: 'burglary-past' },
    { ...burgled, 'evidence-going': 'yes' },
  ],
  [
    'E17',
    'elderly',
    'G2',
    { channel: '101-voice', callType: 'burglary-past' },
    { ...burgled, 'evidence-going': 'no', frail: 'yes' },
  ],
  [
    'E18',
    'downstairs, two, torch',
    'G1',
    { channel: '999-voice', callType: 'burglary-now' },
    { 'inside-with': 'yes', 'how-many': 2 },
  ],
  [
    'E19',
    'no risk was asked about yet',
    null,
    { channel: 'partner-line', callType: 'concern' },
    { 'duty-holder': '=community team' },
  ],
  [
    'E19',
    'no stated risk today',
    'G5',
    { channel: 'partner-line', callType: 'concern' },
    { ...appointment, 'real-risk': 'no' },
  ],
  [
    'E19',
    'there is a risk after all',
    'G1',
    { channel: 'partner-line', callType: 'concern' },
    { ...appointment, 'real-risk': 'yes' },
  ],
  ['E20', 'beyond the parapet', 'G1', { channel: '999-voice', callType: 'concern' }, { 'doing-now': 'yes' }],
  [
    'E21',
    'brother with a knife',
    'G1',
    { channel: '999-text', callType: 'weapons' },
    { weapons: 'yes', 'weapon-kind': 'knife' },
  ],
  ['E23', 'missing again, messages from "Uncle"', 'G2', { channel: '101-voice', callType: 'missing' }, boy],
  [
    'E23',
    'a car fetched him',
    'G1',
    { channel: '101-voice', callType: 'missing' },
    { ...boy, 'picked-up': 'yes' },
  ],
  [
    'E09',
    'the boss keeps his passport',
    'G2',
    { channel: 'web-chat', callType: 'modern-slavery' },
    { 'papers-kept': 'yes', 'free-to-leave': 'no' },
  ],
  [
    'E09',
    'and at night the door is locked',
    'G1',
    { channel: 'web-chat', callType: 'modern-slavery' },
    { 'papers-kept': 'yes', 'locked-in': 'yes' },
  ],
  [
    'E16',
    'bags in and out, nobody asked whether it goes on now',
    null,
    { channel: 'online-report', callType: 'intelligence' },
    { 'intel-when': '=nine to eleven at night', 'intel-young': 'yes' },
  ],
  [
    'E16',
    'nothing threatens now',
    'G5',
    { channel: 'online-report', callType: 'intelligence' },
    { 'intel-live': 'no', 'intel-harm': 'no', weapons: 'no', 'intel-young': 'yes' },
  ],
  ['E22', 'a slur on the shutter, the third time', 'G3', { channel: 'e-mail', callType: 'hate' }, slur],
  [
    'E22',
    'and the staff are afraid',
    'G2',
    { channel: 'e-mail', callType: 'hate' },
    { ...slur, afraid: 'yes' },
  ],
  [
    'E24',
    'a machete in a shop',
    'G1',
    { channel: '999-voice', callType: 'weapons' },
    { weapons: 'yes', 'weapon-kind': 'knife', 'suspect-where': 'near' },
  ],
];

describe('the recommended grade', () => {
  it.each(cards)('T-09: card %s, %s: %s', (_card, _moment, grade, facts, written) => {
    const answers = answersFrom(written);
    const thrive = withProposals(aPicture().thrive, proposedThrive(questionPolicy, answers));
    const recommendation = recommendGrade(
      triagePolicy,
      questionPolicy,
      aPicture({ ...facts, answers, thrive }),
    );
    expect(recommendation.grade).toBe(grade);
    if (grade === null) expect(recommendation.ask.length).toBeGreaterThan(0);
    else if (recommendation.floor === null) expect(recommendation.reasons[0]?.grade).toBe(grade);
  });
});
