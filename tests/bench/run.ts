import type { Report, Result } from './result.ts';

/** What a bench is asked to do. */
export interface RunWish {
  readonly rounds: number;
  /** Contacts in the desk's file; chats that are open; texts. */
  readonly sizes: readonly number[];
  /** How long the load lasts, of those benches that have one to choose. */
  readonly seconds: number;
  /** Where desk files are kept between runs. */
  readonly cache: string;
  readonly say: (words: string) => void;
}

export interface Measured {
  readonly results: readonly Result[];
  readonly control: Report['control'];
}
