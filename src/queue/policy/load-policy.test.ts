import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policySchemas } from '../../shared/contract/policy/policies.ts';
import { policyNames } from '../../shared/domain/policy/policies.ts';
import { loadPolicies, type PolicyFaults, writtenAt } from './load-policy.ts';
import { policyReport } from './policy-report.ts';
import { seedFiles } from './policy-seed.ts';
import { shippedPolicies } from './shipped-policies.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-policy-'));
  cpSync(shippedPolicies, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const edit = (name: string, change: (text: string) => string): void => {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};
const refusal = (): readonly string[] => {
  try {
    loadPolicies(folder);
    return [];
  } catch (error) {
    return (error as PolicyFaults).sentences;
  }
};

describe('the policies that ship', () => {
  const shipped = loadPolicies(shippedPolicies);

  it.each(policyNames)(
    'Y-01: %s has a version that names it, an owner, and a review day after the version',
    (name) => {
      const { version, owner, review } = shipped.values[name];
      expect(version).toMatch(new RegExp(`^${name}-\\d{4}-\\d{2}-\\d+$`));
      expect(owner.length).toBeGreaterThan(3);
      expect(review > version.slice(name.length + 1)).toBe(true);
    },
  );

  it.each(policyNames)('Y-04: what is served of %s reads as what stands in its file', (name) => {
    const { text } = shipped.texts[name];
    expect(policySchemas[name].parse(JSON.parse(text))).toEqual(shipped.values[name]);
  });

  it('Y-08: the seed that desks carry is these policies: `npm run policy -- seed` writes it', () => {
    const found = [...seedFiles(shipped).keys()].map((file) => [
      file,
      readFileSync(join(shippedPolicies, 'seed', file), 'utf8'),
    ]);
    // Compared file by file, so that a difference is not a page long.
    const differ = found.filter(([file, text]) => seedFiles(shipped).get(file ?? '') !== text);
    expect(differ.map(([file]) => file)).toEqual([]);
  });
});

describe('a folder of policies that cannot be used', () => {
  it('Y-02: a value that cannot be is told with file, line, field and what to do', () => {
    edit('service-levels', (text) => text.replace(`'101': 90000`, `'101': soon`));
    const line = readFileSync(join(folder, 'service-levels.yaml'), 'utf8')
      .split('\n')
      .findIndex((one) => one.includes(': soon'));
    expect(refusal()).toEqual([
      `${join(folder, 'service-levels.yaml')}, line ${line + 1}, column 3: targetMs.101 is not a number. Correct it and start again.`,
    ]);
  });

  it('Y-02: each file that is wrong has its sentence; one without an owner, one that is missing, one that nobody knows', () => {
    edit('service-levels', (text) => text.replace(/^owner:.*$/m, 'ownr: somebody'));
    writeFileSync(join(folder, 'grades.yaml'), 'version: grades-2026-11-1\n');
    rmSync(join(folder, `${policyNames.at(-1)}.yaml`));
    expect(
      refusal().map((sentence) => sentence.slice(folder.length + 1).replace(/, line.*: /, ' … ')),
    ).toEqual([
      expect.stringMatching(
        /^grades\.yaml is no policy that is known here\. Call it one of service-levels\.yaml/,
      ),
      expect.stringMatching(/^service-levels\.yaml … ownr is not a field that is known here/),
      expect.stringMatching(/^[a-z-]+\.yaml is missing\. Put the file there/),
    ]);
  });

  it('Y-02: what is not YAML is told with its line', () => {
    edit('service-levels', (text) => text.replace('owner: ', 'owner: ['));
    expect(refusal()).toEqual([
      expect.stringMatching(/service-levels\.yaml, line \d+, column \d+: this is not YAML/),
    ]);
  });

  it('Y-02: a folder that is not there is told of each file', () => {
    rmSync(folder, { recursive: true });
    expect(refusal()).toHaveLength(policyNames.length);
    expect(writtenAt(folder)).toBe('not readable: ENOENT');
  });

  it('Y-05: that a file was written again shows, also when it is as long as before', () => {
    const before = writtenAt(folder);
    utimesSync(join(folder, 'service-levels.yaml'), 1, 1);
    expect(writtenAt(folder)).not.toBe(before);
  });
});

describe('what `policy check` prints', () => {
  const set = loadPolicies(shippedPolicies);
  const levels = set.values['service-levels'];
  const of = (review: string, today: string): readonly string[] =>
    policyReport(
      { ...set, values: { ...set.values, 'service-levels': { ...levels, review } } },
      today,
    ).filter((line) => line.startsWith('service-levels'));

  it('Y-09: a line for each policy: name, version, owner, review day', () => {
    const [heads, ...lines] = policyReport(set, '2026-11-22');
    expect(heads?.split(/\s{2,}/)).toEqual(['policy', 'version', 'owner', 'review']);
    expect(lines.map((line) => line.split(/\s{2,}/))).toEqual(
      policyNames.map((name) => {
        const { version, owner, review } = set.values[name];
        return [name, version, owner, review];
      }),
    );
  });

  it('Y-09: a review that is overdue, due today, or due within 30 days is pointed out, and no other', () => {
    expect([
      of('2027-05-22', '2027-05-23')[1],
      of('2027-05-22', '2027-05-22')[1],
      of('2027-05-22', '2027-04-22')[1],
      of('2027-05-22', '2027-04-21')[1],
    ]).toEqual([
      'service-levels: its review was due on 2027-05-22, 1 day ago.',
      'service-levels: its review is due on 2027-05-22, today.',
      'service-levels: its review is due on 2027-05-22, in 30 days.',
      undefined,
    ]);
  });
});
