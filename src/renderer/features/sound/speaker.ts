import { soundNames, type SoundName } from '../../app/sound-board.ts';
import type { Speaker } from './alerts.ts';
import { patterns, type Pattern } from './patterns.ts';
import { synthesise } from './synthesise.ts';

const RATE = 48_000;
/** A device that has not begun by then is not there. Milliseconds. */
const BEGIN_MS = 3_000;

export interface WebAudioOptions {
  /** From 0 to 1, for a sound. */
  readonly volumeOf: (name: SoundName) => number;
  readonly isHeard: (heard: boolean) => void;
  /** How a pattern sounds in this world. */
  readonly tuned: (pattern: Pattern) => Pattern;
  readonly after: (ms: number, task: () => void) => void;
}

/** The desk's loudspeaker or headset, by Web Audio. Every sound is ready in memory before the first is asked for. */
export function webAudioSpeaker({ volumeOf, isHeard, tuned, after }: WebAudioOptions): Speaker & Disposable {
  const context = new AudioContext({ sampleRate: RATE, latencyHint: 'interactive' });
  const ready = new Map(
    soundNames.map((name) => {
      const samples = synthesise(tuned(patterns[name]), RATE);
      const buffer = context.createBuffer(1, samples.length, RATE);
      buffer.copyToChannel(samples, 0);
      return [name, buffer];
    }),
  );
  // Nothing is louder than the device can give, also when an emergency is stepped up.
  const limit = new DynamicsCompressorNode(context, {
    threshold: -3,
    ratio: 20,
    attack: 0.002,
    release: 0.1,
  });
  limit.connect(context.destination);
  let heard: AudioBufferSourceNode | null = null;
  let isGone = false;

  const tell = (): void => isHeard(context.state === 'running');
  context.addEventListener('statechange', tell);
  const wake = (): void => {
    if (context.state === 'running' || isGone) return;
    void context.resume().catch(() => undefined);
    after(BEGIN_MS, () => {
      if (!isGone) tell();
    });
  };
  wake();

  const stop = (): void => {
    heard?.stop();
    heard = null;
  };
  return {
    play(name, gain) {
      wake();
      stop();
      const source = new AudioBufferSourceNode(context, { buffer: ready.get(name) ?? null });
      const level = new GainNode(context, { gain: volumeOf(name) * 10 ** (gain / 20) });
      source.connect(level).connect(limit);
      source.start();
      heard = source;
      source.addEventListener('ended', () => {
        level.disconnect();
        if (heard === source) heard = null;
      });
    },
    stop,
    [Symbol.dispose]() {
      isGone = true;
      stop();
      void context.close().catch(() => undefined);
    },
  };
}
