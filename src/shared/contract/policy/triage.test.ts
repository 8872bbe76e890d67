import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  questionPolicy,
  questionText,
  triagePolicy,
  triageText,
} from '../../../../tests/harness/triage-policy.ts';
import { readYaml } from '../../../platform/yaml-file.ts';
import { must } from '../../lib/assert.ts';
import { markerKindsPolicySchema } from './markers.ts';
import { questionPolicySchema } from './questions.ts';
import { mismatchesBetween, triagePolicySchema } from './triage.ts';

/** The file that ships with one thing in it changed: it must be there. */
function changed(text: string, from: string | RegExp, to: string): string {
  const other = text.replace(from, to);
  if (other === text) throw new Error(`nothing in the file matches ${String(from)}`);
  return other;
}

describe('the triage policy that ships', () => {
  it('T-22: is read whole, and the two files fit together', () => {
    expect(mismatchesBetween(triagePolicy, questionPolicy)).toEqual([]);
    expect(questionPolicy.callTypes.length).toBeGreaterThanOrEqual(16);
  });

  it('T-22: the markers of triage are the kinds of marker that are kept on record, all of them', () => {
    const text = readFileSync('resources/policy/markers.yaml', 'utf8');
    const { kinds } = readYaml('markers.yaml', text, markerKindsPolicySchema).value;
    expect(triagePolicy.markers.map(({ id }) => id).sort()).toEqual(kinds.map(({ id }) => id).sort());
  });

  it('T-22: every question is asked somewhere, and no call type forgets where', () => {
    const asked = new Set([
      ...questionPolicy.universal,
      ...questionPolicy.situations.flatMap(({ asks }) => asks),
      ...questionPolicy.callTypes.flatMap(({ asks }) => asks),
    ]);
    const orphans = questionPolicy.questions.filter(({ id, forward }) => forward === null && !asked.has(id));
    expect(orphans.map(({ id }) => id)).toEqual([]);
    expect(questionPolicy.universal[0]).toBe('where');
  });

  it('T-22: a question can be said in one breath, and most are answered by one key', () => {
    const toCaller = questionPolicy.questions.filter(({ askOf }) => askOf === 'caller');
    const byKey = toCaller.filter(({ answer }) => answer === 'yes-no' || answer === 'choice');
    expect(byKey.length / toCaller.length).toBeGreaterThan(0.6);
    expect(toCaller.filter(({ say }) => say.split(/\s+/).length > 16).map(({ id }) => id)).toEqual([]);
  });
});

describe('a changed file of questions is refused with its place, when', () => {
  it.each([
    [
      'a set asks for a question that is not there',
      '- can-get-safe',
      '- can-get-save',
      /“can-get-save” is no question/,
    ],
    ['a question is there twice', /- id: strangled/, '- id: hurt', /is there twice/],
    [
      'an answer means danger that cannot be given',
      /danger: \[partly, blocked\]/,
      'danger: [shut]',
      /“shut” is no answer/,
    ],
    [
      'a condition asks for an answer that cannot be given',
      /answer: hurt, is: \[yes\]/,
      'answer: hurt, is: [perhaps]',
      /“perhaps”, which is no answer/,
    ],
    [
      'a question is too long to be said',
      'say: Where exactly are you?',
      `say: ${'Where '.repeat(20)}?`,
      /has more characters than 90/,
    ],
    ['a field is misspelt', 'askOf: desk', 'askof: desk', /askof is not a field that is known here/],
    [
      'a condition asks two things at once',
      /onlyWhen: \{ answer: hurt, is: \[yes\] \}/,
      'onlyWhen: { answer: hurt, is: [yes], marker: [hate] }',
      /exactly one of/,
    ],
    ['the place is asked as text', 'answer: place', 'answer: text', /answered by a place/],
  ])('T-22: %s', (_what, from, to, reason) => {
    const read = () => readYaml('questions.yaml', changed(questionText, from, to), questionPolicySchema);
    expect(read).toThrow(reason);
    expect(read).toThrow(/^questions\.yaml, line \d+, column \d+: /);
  });
});

describe('a changed triage file is refused with its place, when', () => {
  it.each([
    [
      'a low grade is recommended without any answer',
      /(id: stalking, grade:|id: stalking\n\s+grade:) G2/,
      '$1 G5',
      /recommends G5 without asking/,
    ],
    [
      'a rule asks for a marker that is none',
      /marker: \[treat-as-urgent\]/,
      'marker: [urgent]',
      /marker “urgent”, which is none/,
    ],
    [
      'a rule asks about the place',
      /when: \{ answer: trapped, is: \[yes\] \}/,
      'when: { place: [unknown] }',
      /says nothing about risk/,
    ],
    [
      'a rule asks whether officers are free',
      /when: \{ answer: trapped, is: \[yes\] \}/,
      'when: { unitsFree: 0 }',
      /unitsFree is not a field/,
    ],
    ['two rules have one id', /id: may-be-inside/, 'id: hurt', /“hurt” is there twice/],
    ['the warning is after the target', 'warn: 15m', 'warn: 90m', /is not before the target/],
    [
      'a sentence about looking again is missing',
      /\n {2}do-not-come: .*\n/,
      '\n',
      /reThrive\.do-not-come is missing/,
    ],
    [
      'a lower grade is to be given without the options',
      'risk, options, decision]',
      'risk, decision]',
      /asks for less than/,
    ],
    [
      'a caller about a major incident is told nothing',
      /\n {2}hurt: Where .*\n/,
      '\n',
      /incidentSays\.hurt is missing/,
    ],
    [
      'only a mentor may be the second person, and nobody may agree below a floor',
      'secondPersonRoles: [mentor, team-leader]',
      'secondPersonRoles: [mentor]',
      /secondPersonRoles names nobody who may agree below a floor: add team-leader/,
    ],
    [
      'the second person is one who may not agree',
      'secondPersonRoles: [mentor, team-leader]',
      'secondPersonRoles: [handler, team-leader]',
      /names “handler”, who may not agree to a lower grade: mentor or team-leader may/,
    ],
    ['a grade is not one of the five', /grade: G3/, 'grade: G6', /is none of: G1/],
  ])('T-22: %s', (_what, from, to, reason) => {
    const read = () => readYaml('triage.yaml', changed(triageText, from, to), triagePolicySchema);
    expect(read).toThrow(reason);
    expect(read).toThrow(/^triage\.yaml, line \d+, column \d+: /);
  });

  it('T-22: and a rule that asks for a question which the sets do not have is found when both are loaded', () => {
    const questions = {
      ...questionPolicy,
      questions: questionPolicy.questions.filter(({ id }) => id !== 'strangled'),
    };
    const [[path, message]] = mismatchesBetween(triagePolicy, questions) as [[(string | number)[], string]];
    expect(path[0]).toBe('rules');
    expect(message).toMatch(/“strangled”, which is no question/);
    const rule = must(triagePolicy.rules[Number(path[1])], 'rule');
    expect(rule.id).toBe('strangulation');
  });
});
