import { channelFacts } from '../../shared/domain/channel.ts';
import { needsPerson } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { Cell } from './cell.ts';
import { markOf } from './marks.ts';

export interface AnnouncementsOptions {
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
}

/** A sentence that is told. The number grows, so that the same words a second time are told a second time. */
export interface Announcement {
  readonly n: number;
  readonly words: string;
}

/** More than one emergency in this time is told as a number, so that speech never piles up. Milliseconds. */
const EMERGENCY_GAP_MS = 10_000;
/** New contacts are told together, at most this often. Milliseconds. */
export const ARRIVALS_GAP_MS = 10_000;
/** Nobody but an emergency speaks to a person who has typed within this time. Milliseconds. */
export const TYPING_IDLE_MS = 1_500;
/** Sentences about the handler's own acts that wait for a pause: only the last few are still news. */
const OWED_LIMIT = 3;

const counts = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const nothing: Announcement = { n: 0, words: '' };

/** What a screen reader is told: emergencies at once, everything else politely. Timers are never told. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  readonly assertive = new Cell(nothing);
  readonly polite = new Cell(nothing);
  #known = new Set<ContactId>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #count = 0;
  #owed = false;
  #typedAt = Number.NEGATIVE_INFINITY;
  #sentences: string[] = [];
  #arrived = { high: 0, other: 0 };
  #arrivalsAt = Number.NEGATIVE_INFINITY;
  /** When the rest is told, at the latest. */
  #speakAt = Number.POSITIVE_INFINITY;

  #isHushed = false;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
  }

  /** Compares the open emergencies with those already told. */
  emergencies(rows: readonly InboxRow[], count: number): 'new' | 'same' {
    const fresh = rows.filter(({ summary }) => !this.#known.has(summary.id));
    this.#known = new Set(rows.map(({ summary }) => summary.id));
    this.#count = count;
    const [first] = fresh;
    if (first === undefined) return 'same';
    const now = this.#options.monotonic();
    if (now - this.#lastAt >= EMERGENCY_GAP_MS) {
      this.#lastAt = now;
      const place = first.summary.place ?? 'place not known';
      const one = `Emergency. ${channelFacts[first.summary.channel].spoken}. ${place}. F2 to take.`;
      tell(this.assertive, fresh.length === 1 ? one : countWords(count));
    } else if (!this.#owed) {
      this.#owed = true;
      this.#options.after(EMERGENCY_GAP_MS - (now - this.#lastAt), () => {
        this.#owed = false;
        this.#lastAt = this.#options.monotonic();
        if (this.#count > 0) tell(this.assertive, countWords(this.#count));
      });
    }
    return 'new';
  }

  /** New contacts reached this desk. Emergencies among them have their own voice. */
  arrived(rows: readonly InboxRow[]): void {
    if (this.#isHushed) return;
    for (const { summary } of rows) {
      const { level } = markOf(summary);
      if (level === 'emergency' || !needsPerson(summary)) continue;
      this.#arrived[level === 'high' ? 'high' : 'other'] += 1;
    }
    this.#speak();
  }

  /** What the handler's own act came to: at once, or when the typing pauses. */
  say(words: string): void {
    if (this.#isHushed) return;
    this.#sentences = [...this.#sentences, words].slice(-OWED_LIMIT);
    this.#speak();
  }

  /** Behind the lock only emergencies speak, and what was said last is no longer in the page (rule W-16). */
  hush(): void {
    this.#isHushed = true;
    this.#sentences = [];
    this.#arrived = { high: 0, other: 0 };
    if (this.polite.read().words !== '') tell(this.polite, '');
  }

  speakAgain(): void {
    this.#isHushed = false;
  }

  /** A letter was typed into a field. */
  typed(): void {
    this.#typedAt = this.#options.monotonic();
  }

  /** Tells what may be told now, and comes back for the rest. */
  #speak(): void {
    const now = this.#options.monotonic();
    const { high, other } = this.#arrived;
    const quietFor = TYPING_IDLE_MS - (now - this.#typedAt);
    const gap = ARRIVALS_GAP_MS - (now - this.#arrivalsAt);
    const parts = quietFor > 0 ? [] : this.#sentences;
    if (quietFor <= 0) this.#sentences = [];
    const arrivals = high + other > 0 && quietFor <= 0 && gap <= 0;
    if (arrivals) {
      this.#arrived = { high: 0, other: 0 };
      this.#arrivalsAt = now;
    }
    const words = [...parts, ...(arrivals ? [arrivedWords(high, other)] : [])].join(' ');
    if (words !== '') tell(this.polite, words);
    const owed = this.#sentences.length > 0;
    const rest = this.#arrived.high + this.#arrived.other > 0;
    if (!owed && !rest) return;
    const wait = owed ? quietFor : Math.max(quietFor, gap);
    if (now + wait >= this.#speakAt) return;
    this.#speakAt = now + wait;
    this.#options.after(wait, () => {
      this.#speakAt = Number.POSITIVE_INFINITY;
      this.#speak();
    });
  }
}

function tell(cell: Cell<Announcement>, words: string): void {
  cell.set({ n: cell.read().n + 1, words });
}

function arrivedWords(high: number, other: number): string {
  return high === 0 ? `${other} new.` : `${high + other} new: ${high} high, ${other} other.`;
}

function countWords(count: number): string {
  return count === 1
    ? 'One emergency waiting. F2 to take.'
    : `${counts[count] ?? count} emergencies waiting. F2 takes the oldest.`;
}
