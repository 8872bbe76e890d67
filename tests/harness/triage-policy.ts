import { readFileSync } from 'node:fs';
import { readYaml } from '../../src/platform/yaml-file.ts';
import { questionPolicySchema } from '../../src/shared/contract/policy/questions.ts';
import { triagePolicySchema } from '../../src/shared/contract/policy/triage.ts';
import type { Answer, Answers } from '../../src/shared/domain/triage/answers.ts';
import type { Picture } from '../../src/shared/domain/triage/condition.ts';
import { emptyThrive } from '../../src/shared/domain/triage/thrive.ts';

const text = (name: string): string => readFileSync(`resources/policy/${name}`, 'utf8');

/** The files that ship, as they are read. */
export const questionText = text('questions.yaml');
export const triageText = text('triage.yaml');
export const questionPolicy = readYaml('questions.yaml', questionText, questionPolicySchema).value;
export const triagePolicy = readYaml('triage.yaml', triageText, triagePolicySchema).value;

/** A 101 call of which nothing is known yet. */
export function aPicture(change: Partial<Picture> = {}): Picture {
  return {
    channel: '101-voice',
    line: 'connected',
    callMarks: [],
    callType: null,
    answers: {},
    thrive: emptyThrive,
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    markers: [],
    place: { kind: 'unknown' },
    ...change,
  };
}

/**
 * Answers as a test writes them: `yes`, `no` and `not-known` for themselves, a number, `@words` for a place read back, `=words` for typed
 * words, anything else a choice.
 */
export function answersFrom(written: Readonly<Record<string, string | number>>): Answers {
  return Object.fromEntries(Object.entries(written).map(([id, value]) => [id, answerFrom(value)]));
}

function answerFrom(value: string | number): Answer {
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (value === 'yes' || value === 'no' || value === 'not-known') return { kind: value };
  if (value.startsWith('@')) return { kind: 'place', text: value.slice(1), readBack: true };
  if (value.startsWith('=')) return { kind: 'text', text: value.slice(1) };
  return { kind: 'choice', ids: [value] };
}
