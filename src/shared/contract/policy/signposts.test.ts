import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { signpostsPolicySchema } from './signposts.ts';

const file = new URL('../../../../resources/policy/signposts.yaml', import.meta.url);
const text = readFileSync(file, 'utf8');
const read = (changed: string) => readYaml('signposts.yaml', changed, signpostsPolicySchema).value;
const header = 'version: signposts-1\nowner: Knowledge lead\nreview: 2027-05-31\nsignposts:\n';
const card = (lines: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    id: 'noise',
    title: 'Noise',
    triggers: '[noise]',
    checkFirst: '[{ ask: Is anybody hurt?, thenPolice: Grade it now. }]',
    who: 'The council',
    localCouncil: 'true',
    how: '[]',
    hours: '{ kind: always }',
    say: 'Your council does.',
    source: 'Its page',
    checkedOn: '2026-11-23',
    ...lines,
  })
    .filter(([, value]) => value !== '')
    .map(([key, value], n) => `${n === 0 ? '  - ' : '    '}${key}: ${value}\n`)
    .join('');

describe('the file of signposts', () => {
  it('SG-01, SG-03: every card asks about safety first, is sourced, owned and to be reviewed', () => {
    const { signposts } = read(text);
    expect(signposts.length).toBe(30);
    for (const each of signposts) {
      expect([each.id, each.checkFirst.length > 0, each.source !== '']).toEqual([each.id, true, true]);
      expect([each.id, each.owner !== '', /^\d{4}-\d\d-\d\d$/.test(each.reviewBy)]).toEqual([
        each.id,
        true,
        true,
      ]);
    }
  });

  it('SG-03: what is no longer called so is said nowhere', () => {
    expect(text).not.toMatch(/action ?fraud/i);
  });

  it('SG-03: a card without dates and owner of its own has those of the file; read again it is the same', () => {
    const once = read(header + card());
    expect(once.signposts[0]).toMatchObject({ reviewBy: '2027-05-31', owner: 'Knowledge lead' });
    expect(signpostsPolicySchema.parse(once)).toEqual(once);
  });

  it.each([
    [
      'a card without a safety question',
      card({ checkFirst: '[]' }),
      /line 8.*checkFirst has fewer entries than 1/,
    ],
    ['a card without a source', card({ source: '' }), /line 5.*source is missing/],
    ['an id twice', card() + card(), /line 16.*\[2\]\.id noise is there already/],
    [
      'a review before the check',
      card({ reviewBy: '2026-11-23' }),
      /line 16.*reviewBy puts the review before the check/,
    ],
    [
      'a check after the file’s review',
      card({ checkedOn: '2028-01-01' }),
      /checkedOn puts the review before/,
    ],
    ['no way and no council', card({ localCouncil: 'false' }), /line 11.*how names no way to reach anybody/],
    ['a link that anybody could change on the way', card({ link: 'http://a.example' }), /line 16.*link/],
    ['a field nobody knows', card({ telephone: '"101"' }), /line 16.*telephone is not a field/],
    [
      'a time that is none',
      card({
        hours: "{ kind: weekly, times: [{ days: [mon], from: '9:00', to: '17:00' }], bankHolidays: closed }",
      }),
      /line 12.*is not a time of day/,
    ],
    [
      'hours that begin where they end',
      card({
        hours: "{ kind: weekly, times: [{ days: [mon], from: '09:00', to: '09:00' }], bankHolidays: closed }",
      }),
      /line 12.*is when it opens too/,
    ],
    [
      'a day twice',
      card({
        hours:
          "{ kind: weekly, times: [{ days: [mon, mon], from: '09:00', to: '10:00' }], bankHolidays: closed }",
      }),
      /line 12.*names a day twice/,
    ],
    [
      'hours that overlap',
      card({
        hours:
          "{ kind: weekly, times: [{ days: [mon], from: '09:00', to: '17:00' }, { days: [mon, tue], from: '16:00', to: '18:00' }], bankHolidays: closed }",
      }),
      /line 12.*is open twice at one time/,
    ],
  ])('SG-03: is refused whole for %s, with the line', (_, rows, sentence) => {
    expect(() => read(header + rows)).toThrow(sentence);
  });
});
