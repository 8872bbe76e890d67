import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { categoriesPolicySchema } from '../../contract/policy/categories.ts';
import { categoryIndex, categoryOf, findCategories, findQualifiers } from './categories.ts';

const file = new URL('../../../../resources/policy/categories.yaml', import.meta.url);
const policy = readYaml('categories.yaml', readFileSync(file, 'utf8'), categoriesPolicySchema).value;
const index = categoryIndex(policy);
const opening = (typed: string) => findCategories(index, typed, { use: 'opening' }).map(({ code }) => code);
const closing = (typed: string) => findCategories(index, typed, { use: 'closing' }).map(({ code }) => code);

describe('finding a category', () => {
  it.each([
    ['dom', 'PS-DOM'],
    ['rtc inj', 'TR-INJ'],
    ['rtc d', 'TR-DMG'],
    ['mis', 'PS-MIS'],
    ['hat', 'CR-HAT'],
    ['noi', 'AS-NUI'],
    ['cour fra', 'CR-FRD'],
    ['l/f', 'AD-L/F'],
    ['DUP', 'AD-DUP'],
    ['burg dw', 'CR-BDW'],
    ['fail to stop', 'TR-DMG'],
    ['other force', 'AD-OTH'],
    ['ps dom', 'PS-DOM'],
    ['psdom', 'PS-DOM'],
    ['Dömestic', 'PS-DOM'],
  ])('R-03: two or three letters are enough: “%s” is %s', (typed, code) => {
    expect(opening(typed)[0]).toBe(code);
  });

  it('R-03: every category is found by its code, and by three letters of its main word among the first five', () => {
    for (const { code, words } of policy.categories) {
      expect([code, opening(code)[0]]).toEqual([code, code]);
      const [main = ''] = (words[0] ?? '').split(/[ -]/);
      expect([code, opening(main.slice(0, 3)).slice(0, 5).includes(code)]).toEqual([code, true]);
    }
  });

  it('R-03: nothing typed shows them all, in the order of the list; letters that are nothing show none', () => {
    expect(opening(' ')).toEqual(policy.categories.map(({ code }) => code));
    expect([opening('qqq'), opening('larm')]).toEqual([[], []]);
  });

  it('R-03: words of which only some fit find what fits most of them', () => {
    expect(opening('domestic zebra')[0]).toBe('PS-DOM');
  });

  it('R-03: a log may open with violence that is no crime yet, and does not close with it', () => {
    expect([opening('violence')[0], closing('violence').includes('PS-VIO')]).toEqual(['PS-VIO', false]);
  });

  it('R-03: qualifiers are found the same way', () => {
    const found = (typed: string) => findQualifiers(index, typed)[0]?.code;
    expect(['alc', 'drunk', 'racist', 'county', 'hate dis'].map(found)).toEqual([
      'alcohol',
      'alcohol',
      'hate-race',
      'organised',
      'hate-disability',
    ]);
  });

  it('R-03: a code of another policy is no category here', () => {
    expect([categoryOf(policy, 'PS-XXX'), categoryOf(policy, null)]).toEqual([null, null]);
  });
});
