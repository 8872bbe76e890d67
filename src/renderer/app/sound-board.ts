import { Cell } from './cell.ts';

/** What a handler can be told of by ear, most urgent first: what is told never cuts off what is more urgent (rule SO-03). */
export const soundNames = [
  'emergency',
  'high',
  'target-near',
  'message',
  'link-lost',
  'link-back',
  'refused',
] as const;
export type SoundName = (typeof soundNames)[number];

/** Where the window asks for sounds and reads what became of them. Whoever makes them is fetched after the first painting. */
export class SoundBoard {
  /** How many alerts were not sounded because there were too many; 0 while each is (rule SO-05). */
  readonly quietened = new Cell(0);
  /** False while nothing can be heard at this desk (rule SO-07). */
  readonly isHeard = new Cell(true);
  #asked: ((name: SoundName) => void) | null = null;
  #silence: () => boolean = () => false;

  /** Takes over making the sounds. Returns what gives it back. */
  make(maker: { readonly sound: (name: SoundName) => void; readonly silence: () => boolean }): () => void {
    this.#asked = maker.sound;
    this.#silence = maker.silence;
    return () => {
      this.#asked = null;
      this.#silence = () => false;
    };
  }

  /** Something happened that is told once. Not the emergencies: they sound for as long as they wait. */
  ask(name: Exclude<SoundName, 'emergency'>): void {
    this.#asked?.(name);
  }

  /** Silences what sounds. False when nothing did. */
  silence(): boolean {
    return this.#silence();
  }
}
