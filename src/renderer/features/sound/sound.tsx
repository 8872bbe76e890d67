import { useEffect } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';
import { LEAST_EMERGENCY_VOLUME } from '../../../shared/contract/settings.ts';
import { attendTo } from './attend.ts';
import { listenTo } from './listen.ts';
import { anOctaveLower } from './patterns.ts';
import { webAudioSpeaker } from './speaker.ts';

/** What is heard of the work (rules SO), and seen of it while the window is not (rule W-34). It shows nothing: a desk without sound says so in its status line. */
export function Sound() {
  const workplace = useWorkplace();
  useEffect(() => attendTo(workplace), [workplace]);
  useEffect(() => {
    const { sound, store, after, monotonic } = workplace;
    // A window in a test, or a browser without it: nothing is heard, and that is said.
    if (typeof AudioContext === 'undefined') {
      sound.isHeard.set(false);
      return () => sound.isHeard.set(true);
    }
    const speaker = webAudioSpeaker({
      after,
      isHeard: (heard) => sound.isHeard.set(heard),
      tuned: (pattern) => (store.desk.read()?.realm === 'training' ? anOctaveLower(pattern) : pattern),
      volumeOf: (name) => {
        const { volume } = store.settings.read();
        return (name === 'emergency' ? Math.max(LEAST_EMERGENCY_VOLUME, volume) : volume) / 100;
      },
    });
    const stop = listenTo(workplace, speaker, monotonic);
    return () => {
      stop();
      speaker[Symbol.dispose]();
    };
  }, [workplace]);
  return null;
}
