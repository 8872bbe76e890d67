import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { categoriesPolicySchema } from './categories.ts';

const resources = new URL('../../../../resources/', import.meta.url);
const text = readFileSync(new URL('policy/categories.yaml', resources), 'utf8');
const read = (changed: string) => readYaml('categories.yaml', changed, categoriesPolicySchema).value;
const small = (rows: string) =>
  [
    'version: categories-1',
    'owner: Registrar',
    'review: 2027-05-31',
    'categories:',
    '  - { code: AD-DUP, group: administration, name: Duplicate, words: [same], crime: none }',
    rows,
    'qualifiers: [{ code: alcohol, name: Alcohol, words: [] }]',
    'notACrime: [{ code: civil, name: Civil }]',
  ].join('\n');

describe('the file of categories', () => {
  it('R-02: holds every row of the national list and is read as it is', () => {
    const { categories, qualifiers, notACrime } = read(text);
    expect([categories.length, qualifiers.length, notACrime.length]).toEqual([53, 27, 7]);
  });

  it('R-02: holds the opening of every card', () => {
    const codes = new Set(read(text).categories.map(({ code }) => code));
    const folder = new URL('scenarios/', resources);
    for (const name of readdirSync(folder)) {
      const [, opening = ''] = /^ {2}opening: (.+)$/m.exec(readFileSync(new URL(name, folder), 'utf8')) ?? [];
      const named = opening.match(/[A-Z]{2}-[A-Z]{3}/g) ?? [];
      expect([name, named.length > 0 && named.every((code) => codes.has(code))]).toEqual([name, true]);
    }
  });

  it.each([
    [
      'a code twice',
      '  - { code: AD-DUP, group: administration, name: Again, words: [again], crime: none }',
      /line 6.*\[2\]\.code AD-DUP is there already/,
    ],
    [
      'a code in another’s group',
      '  - { code: TR-INJ, group: asb, name: Crash, words: [rtc], crime: possible }',
      /line 6.*group does not belong to TR-INJ/,
    ],
    [
      'a code of no form',
      '  - { code: CRASH, group: transport, name: Crash, words: [rtc], crime: possible }',
      /line 6.*is not a code such as PS-DOM/,
    ],
    [
      'a category nobody finds',
      '  - { code: TR-INJ, group: transport, name: Crash, words: [], crime: possible }',
      /line 6.*words has fewer entries than 1/,
    ],
    [
      'a field nobody knows',
      '  - { code: TR-INJ, group: transport, name: Crash, words: [rtc], crime: possible, grade: G1 }',
      /line 6.*grade is not a field/,
    ],
  ])('R-02: is refused whole for %s, with the line', (_, rows, sentence) => {
    expect(() => read(small(rows))).toThrow(sentence);
  });

  it('R-02: is refused without the category under which duplicates close', () => {
    expect(() => read(small('').replace('code: AD-DUP', 'code: AD-MSG'))).toThrow(/lacks AD-DUP/);
  });
});
