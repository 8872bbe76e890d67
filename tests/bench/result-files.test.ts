import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optionsOf } from './options.ts';
import { asJson, ENDLESS, reportSchema, type Report } from './result.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'bench');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

const report: Report = {
  bench: 'list',
  at: '2026-11-22T22:00:00.000Z',
  machine: { cpu: 'one', cores: 2, memoryMB: 1, system: 'linux', display: 'none' },
  commit: 'abc',
  versions: { node: '24' },
  rounds: 1,
  loadavg: { before: 0, after: 0 },
  control: { name: 'twice', first: 1, second: 1, ratio: 1 },
  void: false,
  results: [{ id: 'list.emergency', name: 'painted', unit: 'ms', p99: Number.POSITIVE_INFINITY }],
};

describe('the results of a bench', () => {
  it.each(files)('the file %s is whole, and its run is not void', (name) => {
    const read = reportSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    expect(read.void).toBe(false);
  });

  it('what never came is written as a number that nobody takes for a time', () => {
    const [result] = reportSchema.parse(JSON.parse(asJson(report))).results;
    expect(result?.p99).toBe(ENDLESS);
  });

  it('a result with a field that nobody reads is refused', () => {
    const more = { ...report, results: [{ ...report.results[0], p99: 1, mean: 2 }] };
    expect(reportSchema.safeParse(more).success).toBe(false);
  });
});

describe('what a bench is asked for', () => {
  it('without numbers it takes its own', () => {
    expect(optionsOf(['start'])).toEqual({
      ok: true,
      value: { bench: 'start', rounds: 5, sizes: [10_000, 100_000, 1_000_000], seconds: 300, json: null },
    });
    expect(optionsOf(['list', '--rounds', '2', '--sizes=1000,20000', '--json', 'x.json'])).toEqual({
      ok: true,
      value: { bench: 'list', rounds: 2, sizes: [1_000, 20_000], seconds: 300, json: 'x.json' },
    });
    expect(optionsOf(['chats', '--seconds', '20'])).toEqual({
      ok: true,
      value: { bench: 'chats', rounds: 1, sizes: [500], seconds: 20, json: null },
    });
  });

  it.each([
    ['nothing', []],
    ['a bench that is not there', ['speed']],
    ['two at once', ['start', 'list']],
    ['no round', ['start', '--rounds', '0']],
    ['a size that is no number', ['start', '--sizes', '10k']],
    ['a size too small to fill a screen', ['list', '--sizes', '10']],
    ['no time at all', ['chats', '--seconds', '0']],
    ['a word that nobody knows', ['list', '--fast']],
  ])('%s is refused, with the usage', (_what, words) => {
    const options = optionsOf(words);
    expect(options.ok ? '' : options.sentence).toContain('usage: npm run bench');
  });
});
