import { HOUR, MINUTE, type Clock, type Instant } from '../../shared/domain/time.ts';
import { Recently } from '../http/recently.ts';
import type { KeptChats } from './kept-chats.ts';

/** So long a new chat from the same address and browser may be somebody who left in a hurry. Milliseconds. */
const MAY_BE_BACK_MS = 30 * MINUTE;
/** A form that was open when its page was left begins no chat for anybody to read in for so long. Milliseconds. */
const FORM_LEFT_MS = HOUR;

/** Who left in a hurry, for those who come back soon and for a beginning that the leaving overtook (rule WP-51). */
export class HurriedExits {
  readonly #chats: Pick<KeptChats, 'keepExits'>;
  readonly #clock: Clock;
  /** By address and browser, and when. Not for long. */
  readonly #at: Map<string, Instant>;
  readonly #forms: Recently;

  constructor(options: { readonly chats: Pick<KeptChats, 'exits' | 'keepExits'>; readonly clock: Clock }) {
    this.#chats = options.chats;
    this.#clock = options.clock;
    this.#at = new Map(options.chats.exits);
    this.#forms = new Recently(FORM_LEFT_MS, () => options.clock.monotonic());
  }

  /** Resolves when it is written down for the next run of the program, or cannot be. */
  note(caller: string): Promise<void> {
    this.#at.set(caller, this.#clock.now());
    return this.#chats.keepExits([...this.#at]);
  }

  mayBeBack(caller: string): boolean {
    const at = this.#at.get(caller);
    return at !== undefined && this.#clock.now() - at < MAY_BE_BACK_MS;
  }

  /** The page on which this form stood was left in a hurry. */
  noteForm(form: string): void {
    this.#forms.note(form);
  }

  wasLeft(form: string): boolean {
    return this.#forms.count(form) > 0;
  }

  /** Forgets what is over. */
  sweep(): void {
    const before = this.#at.size;
    for (const [caller, at] of this.#at) if (this.#clock.now() - at > MAY_BE_BACK_MS) this.#at.delete(caller);
    if (this.#at.size < before) void this.#chats.keepExits([...this.#at]);
  }
}
