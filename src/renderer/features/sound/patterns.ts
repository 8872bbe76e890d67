import type { SoundName } from '../../app/sound-board.ts';

/** One beat of a sound. */
export interface Pulse {
  /** From the beginning of the pattern. Milliseconds. */
  readonly at: number;
  readonly length: number;
  /** The fundamental. Hertz. */
  readonly pitch: number;
}

/** A sound as it is written down. */
export interface Pattern {
  readonly pulses: readonly Pulse[];
  /** How many harmonics, the fundamental among them, each as much weaker as its number says. */
  readonly harmonics: number;
  /** Below the loudest. Decibels, 0 or less. */
  readonly level: number;
}

/** Pulses of one pitch and length, with the silences between them. Milliseconds. */
const pulses = (pitch: number, length: number, silences: readonly number[]): readonly Pulse[] => {
  let at = 0;
  const rest = silences.map((silence) => {
    at += length + silence;
    return { at, length, pitch };
  });
  return [{ at: 0, length, pitch }, ...rest];
};

const two = (first: number, second: number): readonly Pulse[] => [
  { at: 0, length: 180, pitch: first },
  { at: 200, length: 220, pitch: second },
];

/**
 * The sounds (rule SO-02). The emergency has the shape that alarms of high priority have in medicine: five pulses, three and two, with harmonics
 * that are heard through speech and by older ears (IEC 60601-1-8). Everything else is shorter, softer and of another shape, so that nobody has to
 * listen twice.
 */
export const patterns: Readonly<Record<SoundName, Pattern>> = {
  emergency: { pulses: pulses(523, 150, [100, 100, 300, 100]), harmonics: 7, level: 0 },
  high: { pulses: pulses(392, 180, [160, 160]), harmonics: 4, level: -6 },
  'target-near': { pulses: pulses(440, 160, [140]), harmonics: 2, level: -12 },
  message: { pulses: pulses(880, 40, []), harmonics: 2, level: -20 },
  'link-lost': { pulses: two(330, 247), harmonics: 3, level: -8 },
  'link-back': { pulses: two(247, 330), harmonics: 3, level: -8 },
  refused: { pulses: pulses(196, 220, []), harmonics: 3, level: -8 },
};

/** As it sounds in training: of the same shape, and never to be taken for the real one (rule TS-11). */
export const anOctaveLower = (pattern: Pattern): Pattern => ({
  ...pattern,
  pulses: pattern.pulses.map((pulse) => ({ ...pulse, pitch: pulse.pitch / 2 })),
});

/** How long a sound lasts. Milliseconds. */
export const lengthOf = ({ pulses: all }: Pattern): number =>
  Math.max(...all.map(({ at, length }) => at + length));
