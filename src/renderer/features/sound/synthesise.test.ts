import { describe, expect, it } from 'vitest';
import { soundNames } from '../../app/sound-board.ts';
import { anOctaveLower, lengthOf, patterns } from './patterns.ts';
import { synthesise } from './synthesise.ts';

const RATE = 48_000;

/** How strong one pitch is in some samples: its part of the Fourier sum. */
function strength(samples: Float32Array, hertz: number): number {
  let re = 0;
  let im = 0;
  samples.forEach((sample, at) => {
    re += sample * Math.cos((2 * Math.PI * hertz * at) / RATE);
    im += sample * Math.sin((2 * Math.PI * hertz * at) / RATE);
  });
  return Math.hypot(re, im) / samples.length;
}
const peak = (samples: Float32Array): number =>
  samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
const decibels = (name: (typeof soundNames)[number]): number =>
  20 * Math.log10(peak(synthesise(patterns[name], RATE)));

describe('the sounds of a desk', () => {
  it.each(soundNames)(
    'SO-02: %s begins and ends in silence, never clips, and is as long as it is written',
    (name) => {
      const samples = synthesise(patterns[name], RATE);
      expect(samples).toHaveLength(Math.round((lengthOf(patterns[name]) / 1_000) * RATE));
      expect(peak(samples)).toBeLessThanOrEqual(1);
      expect([samples.at(0), samples.at(-1)].map((each) => Math.abs(each ?? 1))).toEqual([0, 0]);
    },
  );

  it('SO-02: an emergency is five pulses, three and two, with harmonics up to 4 kHz', () => {
    const { pulses } = patterns.emergency;
    const silences = pulses.slice(1).map(({ at }, n) => at - (pulses[n]?.at ?? 0) - (pulses[n]?.length ?? 0));
    expect(silences).toEqual([100, 100, 300, 100]);
    const samples = synthesise(patterns.emergency, RATE).subarray(0, RATE * 0.15);
    const between = strength(samples, 523 * 1.5);
    for (const n of [1, 2, 3, 4, 7])
      expect(strength(samples, 523 * n), `harmonic ${n}`).toBeGreaterThan(2 * between);
    expect(523 * 7).toBeLessThan(4_000);
  });

  it('TS-11: in training an emergency has the same shape and loudness, an octave lower', () => {
    const [live, training] = [patterns.emergency, anOctaveLower(patterns.emergency)].map((pattern) =>
      synthesise(pattern, RATE).subarray(0, RATE * 0.15),
    );
    const at = (samples: Float32Array | undefined, hertz: number) =>
      strength(samples ?? new Float32Array(), hertz);
    expect(at(training, 523 / 2)).toBeGreaterThan(5 * at(live, 523 / 2));
    expect(lengthOf(anOctaveLower(patterns.emergency))).toBe(lengthOf(patterns.emergency));
    expect(peak(training ?? new Float32Array())).toBeGreaterThan(0.6 * peak(live ?? new Float32Array()));
  });

  it('SO-02: nothing else is as loud as an emergency, and a line of a chat is the softest', () => {
    const [emergency = 0, ...others] = soundNames.map(decibels);
    for (const each of others) expect(each).toBeLessThan(emergency - 3);
    expect(Math.min(...others)).toBe(decibels('message'));
  });

  it('SO-02: a lost link falls, one that is back rises', () => {
    const pitches = (name: 'link-lost' | 'link-back') => patterns[name].pulses.map(({ pitch }) => pitch);
    expect(pitches('link-lost')).toEqual([330, 247]);
    expect(pitches('link-back')).toEqual([247, 330]);
  });
});
