import { MINUTE, SECOND } from '../../shared/domain/time.ts';
import { Rates, type Allowance } from './rates.ts';
import { Recently } from './recently.ts';

/** So long a form has been open with somebody who reads and types: longer than a program takes, shorter than anybody minds. Milliseconds. */
export const PATIENT_MS = 15 * SECOND;
/** What came from one address within this belongs together. Milliseconds. */
const TOGETHER_MS = 10 * MINUTE;
/** The very same words so often are no coincidence, and no press that was made twice. */
const SAME_WORDS = 3;

export interface Limits {
  /** Pages for one address, as long as nobody there is in the middle of anything. */
  readonly pages: Allowance;
  /** Pages for one browser at an address that is over that: who is not among the many goes on. */
  readonly newcomers: Allowance;
  /** Everything within one visit, whatever its address does. */
  readonly visit: Allowance;
  /** Chats begun and reports sent, for one address. */
  readonly sending: Allowance;
}

/** A family, a refuge, a school, a telephone network may share one address. */
export const usualLimits: Limits = {
  pages: { atOnce: 240, perSecond: 8 },
  newcomers: { atOnce: 30, perSecond: 1 },
  visit: { atOnce: 120, perSecond: 4 },
  sending: { atOnce: 20, perSecond: 0.2 },
};

/** Who asks, as far as that may be known: names that tell nothing about them. */
export interface Asking {
  readonly address: string;
  /** Address and browser. */
  readonly browser: string;
  /** Their visit, or `null`. */
  readonly visit: string | null;
}

/** A chat that is begun, or a report that is sent. */
export interface Sending {
  readonly address: string;
  /** How long ago its form, or the visit that it is part of, was begun. Milliseconds; `null`: nobody can say, or it has been sent before. */
  readonly openMs: number | null;
  /** What tells the same words from others; `null` where there are none. */
  readonly words: string | null;
  /** A risk word stands in it, or they said that they are not safe. */
  readonly isRisk: boolean;
}

export type Admitted =
  /** `of`: so many came from its address in ten minutes, this one among them, where that is more than it may; `same`: so often these words. */
  | { readonly kind: 'taken'; readonly of: number | null; readonly same: number | null }
  | { readonly kind: 'wait'; readonly seconds: number };

/** What was done about floods since the start. */
export interface FloodCounts {
  /** Requests that were asked to wait. */
  readonly waited: number;
  /** Taken although their address was over what it may, and told so at the desk. */
  readonly marked: number;
  /** Of those, for a risk word alone. */
  readonly forRisk: number;
  /** Taken with words that had come often before. */
  readonly sameWords: number;
}

/**
 * What is held up where very much comes at once (rules WP-60 to WP-65). Nobody is turned away for what others at their address do: who is in the middle of
 * something has an allowance of their own, who takes the time that a person takes is let through, and a risk word always is.
 */
export class Admission {
  readonly #pages: Rates;
  readonly #newcomers: Rates;
  readonly #visits: Rates;
  readonly #sending: Rates;
  readonly #sent: Recently;
  readonly #words: Recently;
  #counts: FloodCounts = { waited: 0, marked: 0, forRisk: 0, sameWords: 0 };

  constructor(limits: Limits, monotonic: () => number) {
    this.#pages = new Rates(limits.pages, monotonic);
    this.#newcomers = new Rates(limits.newcomers, monotonic);
    this.#visits = new Rates(limits.visit, monotonic);
    this.#sending = new Rates(limits.sending, monotonic);
    this.#sent = new Recently(TOGETHER_MS, monotonic);
    this.#words = new Recently(TOGETHER_MS, monotonic);
  }

  get counts(): FloodCounts {
    return this.#counts;
  }

  /** Any page or act. 0 when it may go on; otherwise in how many seconds it may. */
  page({ address, browser, visit }: Asking): number {
    if (visit !== null) return this.#told(this.#visits.take(visit));
    return this.#pages.take(address) === 0 ? 0 : this.#told(this.#newcomers.take(browser));
  }

  /** A chat that is begun, or a report that is sent: asked for once each time it is tried. */
  sending({ address, openMs, words, isRisk }: Sending): Admitted {
    const wait = this.#sending.take(address);
    const before = words === null ? 0 : this.#words.count(words);
    const isSame = before >= SAME_WORDS;
    const isPatient = openMs !== null && openMs >= PATIENT_MS && !isSame;
    if (wait > 0 && !isPatient && !isRisk) {
      // Words that came often wait for their address; others for as long as a person takes.
      const seconds = openMs === null || isSame ? wait : Math.ceil((PATIENT_MS - openMs) / 1_000);
      return { kind: 'wait', seconds: this.#told(seconds) };
    }
    if (words !== null) this.#words.note(words);
    const of = this.#sent.note(address);
    if (wait > 0) this.#count({ marked: 1, forRisk: isPatient ? 0 : 1 });
    if (isSame) this.#count({ sameWords: 1 });
    return { kind: 'taken', of: wait > 0 ? of : null, same: isSame ? before + 1 : null };
  }

  #told(seconds: number): number {
    if (seconds > 0) this.#count({ waited: 1 });
    return seconds;
  }

  #count(more: Partial<FloodCounts>): void {
    const { waited, marked, forRisk, sameWords } = this.#counts;
    this.#counts = {
      waited: waited + (more.waited ?? 0),
      marked: marked + (more.marked ?? 0),
      forRisk: forRisk + (more.forRisk ?? 0),
      sameWords: sameWords + (more.sameWords ?? 0),
    };
  }
}
