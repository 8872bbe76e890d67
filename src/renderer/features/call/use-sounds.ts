import { useRef, useState } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { heardKinds, type HeardSound } from '../../../shared/domain/record/parts.ts';
import { asInstant, SECOND, type Instant } from '../../../shared/domain/time.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';

/** A sound that this desk has not kept yet. */
export interface UnkeptSound {
  readonly sound: HeardSound;
  readonly at: Instant;
}

interface ListenForm {
  /** Half-typed words about a noise. */
  readonly noise: string;
  readonly unkept: readonly UnkeptSound[];
}

const blank: ListenForm = { noise: '', unkept: [] };

/** The queue dates a sound as it comes in; one that was kept later than this says itself when it was heard. Milliseconds. */
const SAYS_WHEN_AFTER_MS = 10 * SECOND;

interface Sounds {
  readonly noise: string;
  readonly typeNoise: (noise: string) => void;
  readonly unkept: readonly UnkeptSound[];
  /** Keeps a sound, at once and in order, however fast the keys come. */
  readonly hear: (sound: HeardSound) => void;
  /** Tries again what could not be kept. */
  readonly retry: () => void;
}

/** Each sound is an act of its own. Until it is kept it stands with the half-filled forms, so that no tap is ever lost (rules C-21, X-09). */
export function useSounds(id: ContactId): Sounds {
  const { acts, clock, drafts } = useWorkplace();
  const [words, write] = useSheetWords(id, 'listen', readListen);
  const form = words ?? blank;
  const [isKeeping, setKeeping] = useState(false);
  const busy = useRef(false);

  const now = (): ListenForm => parse(drafts.sheet(id, 'listen'));
  const keepAll = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setKeeping(true);
    try {
      for (;;) {
        const [first] = now().unkept;
        if (first === undefined) return;
        const answer = await acts.submit(id, { kind: 'hear', sound: saidWhen(first, clock.now()) });
        if (answer.kind !== 'kept') return;
        const { noise, unkept } = now();
        const left = { noise, unkept: unkept.slice(1) };
        write(isBlank(left) ? null : left);
      }
    } finally {
      busy.current = false;
      setKeeping(false);
    }
  };

  return {
    noise: form.noise,
    typeNoise: (noise) => {
      const next = { ...now(), noise };
      write(isBlank(next) ? null : next);
    },
    // One that is on its way is not in trouble yet.
    unkept: isKeeping ? [] : form.unkept,
    hear: (sound) => {
      const before = now();
      // Words about a noise leave the field with it.
      const noise = sound.words === before.noise.trim() ? '' : before.noise;
      write({ noise, unkept: [...before.unkept, { sound, at: clock.now() }] });
      void keepAll();
    },
    retry: () => void keepAll(),
  };
}

const isBlank = ({ noise, unkept }: ListenForm): boolean => noise === '' && unkept.length === 0;

function saidWhen({ sound, at }: UnkeptSound, now: Instant): HeardSound {
  return now - at < SAYS_WHEN_AFTER_MS
    ? sound
    : { ...sound, words: `${sound.words} (heard ${clockWords(at)})`.trim() };
}

function parse(words: string): ListenForm {
  try {
    return readListen(JSON.parse(words)) ?? blank;
  } catch {
    return blank;
  }
}

function readListen(value: unknown): ListenForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { noise, unkept } = value as Partial<Record<keyof ListenForm, unknown>>;
  if (typeof noise !== 'string' || !Array.isArray(unkept)) return null;
  return { noise, unkept: unkept.flatMap((each) => readSound(each) ?? []) };
}

function readSound(value: unknown): UnkeptSound | null {
  if (typeof value !== 'object' || value === null) return null;
  const { sound, at } = value as {
    readonly sound?: Partial<Record<keyof HeardSound, unknown>>;
    readonly at?: unknown;
  };
  const what = heardKinds.find((each) => each === sound?.what);
  if (what === undefined || typeof sound?.words !== 'string' || typeof at !== 'number') return null;
  const means = sound.means === 'yes' || sound.means === 'no' ? sound.means : null;
  return { sound: { what, means, words: sound.words }, at: asInstant(at) };
}
