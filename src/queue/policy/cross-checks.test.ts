import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadPolicies, type PolicyFaults } from './load-policy.ts';
import { shippedPolicies } from './shipped-policies.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-policy-'));
  cpSync(shippedPolicies, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The first refusal after an edit of one file, and the words of the line that it names. */
function refused(
  name: string,
  from: RegExp,
  to: string,
): { readonly sentence: string; readonly line: string } {
  const file = join(folder, `${name}.yaml`);
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace(from, to));
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  try {
    loadPolicies(folder);
    return { sentence: 'none', line: '' };
  } catch (error) {
    const [sentence = ''] = (error as PolicyFaults).sentences;
    const [, told = '', at = '0'] = /^(.*?), line (\d+), column/.exec(sentence) ?? [];
    return {
      sentence: sentence.slice(folder.length + 1),
      line: readFileSync(told, 'utf8').split('\n')[Number(at) - 1] ?? '',
    };
  }
}

it('Y-03: a marker that triage listens for and nobody can have on record is refused with its line', () => {
  const { sentence, line } = refused('markers', /id: stalking$/m, 'id: harassment');
  expect(sentence).toMatch(/^triage\.yaml, line \d+, .*“stalking” is no marker of markers\.yaml\./);
  expect(line).toContain('stalking');
});

it('Y-03: a rule of triage that asks for a question that there is not is refused with its line', () => {
  const { sentence, line } = refused('triage', /answer: real-risk/, 'answer: unreal-risk');
  expect(sentence).toMatch(/^triage\.yaml, line \d+, .*asks about “unreal-risk”, which is no question/);
  expect(line).toContain('unreal-risk');
});

it('Y-03: a question that proposes a marker of which triage does not know is refused with its line', () => {
  const { sentence, line } = refused('questions', /markers: \[hate\]/, 'markers: [hatred]');
  expect(sentence).toMatch(/^questions\.yaml, line \d+, .*“hatred” is no marker of triage\.yaml/);
  expect(line).toContain('hatred');
});

it('Y-03: a question asked at once for a marker of which triage does not know is refused', () => {
  const { sentence } = refused(
    'questions',
    /^quietWhen:[^]*?\n\n/m,
    'quietWhen: { marker: [quiet-one] }\n\n',
  );
  expect(sentence).toMatch(/^questions\.yaml, line \d+, .*asks for the marker “quiet-one”/);
});

it('Y-03: a district of the map of which the directory does not know the council is refused with its line', () => {
  const { sentence, line } = refused('places', /\bstevenage\b/g, 'stevenham');
  expect(sentence).toMatch(/^places\.yaml, line \d+, .*“stevenham” is no district of directory\.yaml/);
  expect(line).toContain('stevenham');
});

it('Y-03, R-13: a call type of the categories that is none of the questions is refused with its line', () => {
  const { sentence, line } = refused('categories', /id: fraud,/, 'id: frauds,');
  expect(sentence).toMatch(/^categories\.yaml, line \d+, .*“frauds” is no call type of questions\.yaml\./);
  expect(line).toContain('frauds');
});
