import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { districtIds } from '../../domain/signposts/directory.ts';
import { directoryPolicySchema } from './directory.ts';

const file = new URL('../../../../resources/policy/directory.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const read = (changed: string) => readYaml('directory.yaml', changed, directoryPolicySchema).value;
const policy = read(text);
const of = (kind: string) => policy.entries.filter((entry) => entry.kind === kind);

/** Numbers that agencies publish for everybody; every other one is of the range kept for drama. */
const published = new Set(
  '101 999 105 116123 08006444101 03001235000 0800405040 0800807060 0800111999 03001234040 03001234042 03001234043 03001234047 01992785555 01442228000 01279655261 02082072277 01462474000 01727866100 01438242242 01923776611 01923226400 01707357000'.split(
    ' ',
  ),
);

describe('the file of the directory', () => {
  it('SG-06: holds the ten districts with their councils, the county, twenty stations and 33 neighbourhood teams', () => {
    expect([of('council').length, of('station').length, of('team').length]).toEqual([11, 20, 33]);
    expect(policy.districts.map(({ id }) => id)).toEqual(districtIds);
    expect(of('role').length > 5 && of('department').length > 10 && of('partner').length > 10).toBe(true);
    expect(of('officer').length).toBeGreaterThan(40);
    expect(of('force').filter((entry) => entry.kind === 'force' && entry.borders)).toHaveLength(5);
  });

  it('SG-03: invents no number: it is an agency’s published one, or of the range kept for drama', () => {
    const numbers = policy.entries
      .flatMap((entry) => [
        ...entry.ways,
        ...('outOfHours' in entry ? entry.outOfHours : []),
        ...('control' in entry && entry.control !== null ? [entry.control] : []),
      ])
      .filter(({ kind }) => kind === 'phone')
      .map(({ to }) => to.replace(/ /g, ''));
    expect(numbers.filter((to) => !published.has(to) && !/^01632960\d{3}$/.test(to))).toEqual([]);
  });

  it('SG-03: what was never held against its source says so, and every sample is one of these', () => {
    for (const { id, source, checkedOn } of policy.entries)
      if (source.startsWith('Sample')) expect([id, checkedOn]).toEqual([id, null]);
  });

  it('SG-03: read again it is the same', () => {
    expect(directoryPolicySchema.parse(policy)).toEqual(policy);
  });

  const lineOf = (words: string) => text.slice(0, text.indexOf(words)).split('\n').length;

  it.each([
    ['an id twice', 'id: deputy-fim', 'id: fim', /id fim is there already/],
    [
      'a district without a team',
      'district: stevenage\n    sergeant',
      'district: watford\n    sergeant',
      null,
    ],
    ['a district twice', '- { id: watford,', '- { id: stevenage,', /must hold stevenage exactly once/],
    [
      'a second council for a district',
      'district: watford\n    takes',
      'district: stevenage\n    takes',
      /council/,
    ],
    ['a kind nobody knows', 'kind: role', 'kind: person', /entries\[1\]/],
    ['a bank holiday that is no day', '2026-12-25', '2026-12-32', /bankHolidays\[1\] is not a day/],
  ])('SG-06: is refused whole for %s', (_, from, to, sentence) => {
    expect(text).toContain(from);
    const changed = sentence === null ? text.replaceAll(from, to) : text.replace(from, to);
    expect(() => read(changed)).toThrow(sentence ?? /has no team among the entries/);
  });

  it('SG-09: an officer belongs to a team or department that is here, and no number is two officers’', () => {
    const nowhere = "of: 'Cheshunt neighbourhood team'";
    expect(() => read(text.replace(nowhere, "of: 'Cheshunt team'"))).toThrow(
      'is the name of no team or department here',
    );
    expect(() => read(text.replace("number: '1204'", "number: '1187'"))).toThrow(
      'is another officer’s already',
    );
  });

  it('SG-06: a town belongs to one district, and the line is named', () => {
    const changed = text
      .replace('Stevenage]', 'Stevenage, Watford]')
      .replace("['Stevenage']", "['Stevenage', 'Watford']");
    expect(changed).not.toBe(text);
    const line = lineOf('id: watford');
    expect(() => read(changed)).toThrow(new RegExp(`line ${line}.*lies in Stevenage already`));
  });
});
