import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { drawTemplate, nextGapMs, seededRandom } from './demand-stream.ts';
import { readTemplates } from './first-contacts.ts';
import { backOffMs } from './handover.ts';
import { readOptions } from './options.ts';

const templates = readTemplates(
  fileURLToPath(new URL('../../resources/demand/first-contacts.json', import.meta.url)),
);
const whole = JSON.stringify(templates);

describe('the demand feeder', () => {
  it('names nobody who could exist: numbers for drama, postcodes that the Post Office never gives', () => {
    for (const number of whole.match(/\b0\d{4} ?\d{6}\b/g) ?? [])
      expect(number).toMatch(/^(?:07700 900\d{3}|01632 960\d{3})$/);
    for (const postcode of whole.match(/\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b/g) ?? [])
      expect(postcode).toMatch(/[CIKMOV]{2}$/);
  });

  it('C-11 gives rows no house number, no telephone number and no name of a caller', () => {
    for (const { title, place, caller } of templates) {
      expect(place ?? '').not.toMatch(/^(?:Flat )?\d/);
      expect(`${title} ${place}`).not.toMatch(/\d{5}/);
      if (caller.name !== null) expect(`${title} ${place}`).not.toContain(caller.name);
    }
  });

  it('brings every kind of channel, about a third of them 999, the same for the same seed', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 3_000 }, () => drawTemplate(templates, random).channel);
    };
    const drawn = draw(1);
    expect(draw(1)).toEqual(drawn);
    expect(draw(2)).not.toEqual(drawn);
    expect(new Set(drawn)).toEqual(new Set(templates.map(({ channel }) => channel)));
    const emergencies = drawn.filter(
      (channel) => channel.startsWith('999') || channel === 'crash-alert',
    ).length;
    expect(emergencies / drawn.length).toBeGreaterThan(0.25);
    expect(emergencies / drawn.length).toBeLessThan(0.45);
  });

  it('comes as often as it was asked to, and tries again sooner or later but never at once for ever', () => {
    const random = seededRandom(3);
    const gaps = Array.from({ length: 5_000 }, () => nextGapMs(6, random));
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / 10_000).toBeCloseTo(1, 1);
    for (let tries = 0; tries < 50; tries += 1) {
      expect(backOffMs(tries, () => 0)).toBeGreaterThan(0);
      expect(backOffMs(tries, () => 1)).toBeLessThanOrEqual(5_050);
    }
  });

  it.each([
    [[], /--intake/],
    [['--intake', 'http://127.0.0.1:1/intake'], /--key-file/],
    [['--intake', 'file:///intake', '--key-file', 'k'], /--intake/],
    [['--intake', 'http://127.0.0.1:1/intake', '--key-file', 'k', '--per-minute', '0'], /--per-minute/],
    [['--intake', 'http://127.0.0.1:1/intake', '--key-file', 'k', '--seed', 'x'], /--seed/],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
