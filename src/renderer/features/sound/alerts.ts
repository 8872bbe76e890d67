import type { ContactId } from '../../../shared/domain/ids.ts';
import { MINUTE, SECOND } from '../../../shared/domain/time.ts';
import type { SoundName } from '../../app/sound-board.ts';
import { lengthOf, patterns } from './patterns.ts';
import { soundNames } from '../../app/sound-board.ts';

/** Makes a sound heard. `gain`: added to its own level, in decibels. */
export interface Speaker {
  play(name: SoundName, gain: number): void;
  /** Cuts off what is heard. */
  stop(): void;
}

export interface AlertsOptions {
  readonly speaker: Speaker;
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
  /** Whether the handler is on the line with somebody. */
  readonly isOnCall: () => boolean;
  /** Told of alerts that are not sounded; 0 when each is again. */
  readonly quietened: (count: number) => void;
}

/** The emergency sounds again after this long, from beginning to beginning. Milliseconds. */
export const REPEAT_MS = 5 * SECOND;
/** An emergency that has waited so long at this desk sounds louder. Milliseconds. */
export const LOUDER_AFTER_MS = 8 * SECOND;
const LOUDER_DB = 6;
/** Under speech: the handler is listening to somebody. */
const ON_CALL_DB = -12;
/** Lines of a chat tick once in so long. Milliseconds. */
export const TICK_GAP_MS = 2 * SECOND;
/** So many alerts in so long are a flood: then only emergencies sound (rule SO-05). */
export const FLOOD_COUNT = 10;
export const FLOOD_MS = 10 * MINUTE;

/** Decides what sounds and when. It makes no sound itself. */
export class Alerts {
  readonly #options: AlertsOptions;
  /** Emergencies that wait, by when this desk first heard of each. */
  #waiting = new Map<ContactId, number>();
  readonly #silenced = new Set<ContactId>();
  #playing: { readonly rank: number; readonly until: number } | null = null;
  /** Grows with each beginning of the repeating; an older one stops by itself. */
  #round = 0;
  #isRepeating = false;
  #tickedAt = Number.NEGATIVE_INFINITY;
  /** When the last alerts came that are counted. */
  #alerts: number[] = [];
  #quietened = 0;

  constructor(options: AlertsOptions) {
    this.#options = options;
  }

  /** The emergencies that wait now. A new one sounds at once, and all of them until they are taken or silenced (rule SO-01). */
  emergencies(ids: readonly ContactId[]): void {
    const now = this.#options.monotonic();
    const before = this.#waiting;
    this.#waiting = new Map(ids.map((id) => [id, before.get(id) ?? now]));
    for (const id of this.#silenced) if (!this.#waiting.has(id)) this.#silenced.delete(id);
    const isNew = ids.some((id) => !before.has(id));
    if (this.#sounding().length === 0) this.#rest();
    else if (isNew || !this.#isRepeating) this.#repeat();
  }

  /** Something is told once, unless something more urgent is heard just now, or it is one of too many. */
  sound(name: SoundName): void {
    const now = this.#options.monotonic();
    if (name === 'message') {
      if (now - this.#tickedAt < TICK_GAP_MS || this.#isFlood(now)) return;
      this.#tickedAt = now;
    } else if (this.#isOneTooMany(now)) return;
    this.#play(name, 0);
  }

  /** No emergency that waits now sounds any more; the next one does (rule SO-04). False when nothing sounded. */
  silence(): boolean {
    const isHeard = this.#playing !== null && this.#playing.until > this.#options.monotonic();
    if (!this.#isRepeating && !isHeard) return false;
    for (const id of this.#waiting.keys()) this.#silenced.add(id);
    this.#rest();
    this.#options.speaker.stop();
    this.#playing = null;
    return true;
  }

  /** Nothing sounds any more. */
  stop(): void {
    this.#waiting = new Map();
    this.#rest();
    this.#options.speaker.stop();
  }

  #sounding(): readonly ContactId[] {
    return [...this.#waiting.keys()].filter((id) => !this.#silenced.has(id));
  }

  #rest(): void {
    this.#round += 1;
    this.#isRepeating = false;
  }

  #repeat(): void {
    this.#round += 1;
    this.#isRepeating = true;
    this.#beat(this.#round);
  }

  #beat(round: number): void {
    if (round !== this.#round) return;
    this.#play('emergency', this.#emergencyGain());
    this.#options.after(REPEAT_MS, () => this.#beat(round));
  }

  #emergencyGain(): number {
    const now = this.#options.monotonic();
    const longest = Math.max(...this.#sounding().map((id) => now - (this.#waiting.get(id) ?? now)));
    const louder = longest >= LOUDER_AFTER_MS ? LOUDER_DB : 0;
    return louder + (this.#options.isOnCall() ? ON_CALL_DB : 0);
  }

  #play(name: SoundName, gain: number): void {
    const now = this.#options.monotonic();
    const rank = soundNames.indexOf(name);
    if (this.#playing !== null && this.#playing.until > now && this.#playing.rank < rank) return;
    this.#playing = { rank, until: now + lengthOf(patterns[name]) };
    this.#options.speaker.play(name, gain);
  }

  #isFlood(now: number): boolean {
    this.#alerts = this.#alerts.filter((at) => now - at < FLOOD_MS);
    return this.#alerts.length >= FLOOD_COUNT;
  }

  /** Counts an alert; true when it is not to be heard. */
  #isOneTooMany(now: number): boolean {
    const isFlood = this.#isFlood(now);
    this.#alerts.push(now);
    this.#quietened = isFlood ? this.#quietened + 1 : 0;
    this.#options.quietened(this.#quietened);
    if (isFlood) this.#options.after(FLOOD_MS, () => this.#endOfFlood());
    return isFlood;
  }

  #endOfFlood(): void {
    if (this.#quietened === 0 || this.#isFlood(this.#options.monotonic())) return;
    this.#quietened = 0;
    this.#options.quietened(0);
  }
}
