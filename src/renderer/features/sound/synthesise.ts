import { SECOND } from '../../../shared/domain/time.ts';
import { lengthOf, type Pattern, type Pulse } from './patterns.ts';

/** A pulse swells and fades in this time, so that it neither clicks nor startles. Milliseconds. */
const SWELL_MS = 15;

/** The samples of a pattern at a rate in hertz, each between -1 and 1. */
export function synthesise(pattern: Pattern, rate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(samplesIn(lengthOf(pattern), rate));
  const loudest = 10 ** (pattern.level / 20);
  for (const pulse of pattern.pulses) {
    const from = samplesIn(pulse.at, rate);
    const count = samplesIn(pulse.length, rate);
    for (let at = 0; at < count && from + at < samples.length; at += 1)
      samples[from + at] = loudest * swell(at, count, rate) * tone(pulse, pattern.harmonics, at / rate);
  }
  return samples;
}

const samplesIn = (ms: number, rate: number): number => Math.round((ms / SECOND) * rate);

/** Harmonics together, never louder than 1. */
function tone({ pitch }: Pulse, harmonics: number, seconds: number): number {
  let sum = 0;
  let most = 0;
  for (let n = 1; n <= harmonics; n += 1) {
    sum += Math.sin(2 * Math.PI * pitch * n * seconds) / n;
    most += 1 / n;
  }
  return sum / most;
}

function swell(at: number, count: number, rate: number): number {
  const edge = Math.min(samplesIn(SWELL_MS, rate), count / 2);
  const near = Math.min(at, count - 1 - at);
  return near >= edge ? 1 : (1 - Math.cos((Math.PI * near) / edge)) / 2;
}
