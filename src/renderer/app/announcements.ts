import { channelFacts } from '../../shared/domain/channel.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { Cell } from './cell.ts';

export interface AnnouncementsOptions {
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
}

/** More than one emergency in this time is told as a number, so that speech never piles up. Milliseconds. */
const EMERGENCY_GAP_MS = 10_000;

const counts = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];

/** What a screen reader is told: emergencies at once, everything else politely. Timers are never told. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  readonly assertiveWords = new Cell('');
  readonly politeWords = new Cell('');
  #known = new Set<ContactId>();
  #lastAt = Number.NEGATIVE_INFINITY;
  #count = 0;
  #owed = false;

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
      this.assertiveWords.set(fresh.length === 1 ? one : countWords(count));
    } else if (!this.#owed) {
      this.#owed = true;
      this.#options.after(EMERGENCY_GAP_MS - (now - this.#lastAt), () => {
        this.#owed = false;
        this.#lastAt = this.#options.monotonic();
        if (this.#count > 0) this.assertiveWords.set(countWords(this.#count));
      });
    }
    return 'new';
  }

  polite(words: string): void {
    this.politeWords.set(words);
  }
}

function countWords(count: number): string {
  return count === 1
    ? 'One emergency waiting. F2 to take.'
    : `${counts[count] ?? count} emergencies waiting. F2 takes the oldest.`;
}
