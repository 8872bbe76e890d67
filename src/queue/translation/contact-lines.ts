import { errorCode, type Logger } from '../../platform/log.ts';
import type { LineLanguage } from '../../shared/domain/language/detection.ts';
import { ENGLISH } from '../../shared/domain/language/find-language.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { LineInLanguage } from '../../shared/domain/language/lines.ts';
import type { TranslationOutcome } from '../../shared/domain/language/translation.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { LineTranslator } from './line-translator.ts';

/** A line of the public that has been committed. */
export interface PublicLine {
  readonly contact: ContactId;
  /** `account` or the key of the message. */
  readonly line: string;
  readonly text: string;
  /** What the same person wrote before it, oldest first. */
  readonly before: readonly string[];
  /** The language that a handler chose for this contact. */
  readonly chosen: string | null;
  /** What their browser or the source said. */
  readonly told: string | null;
  /** It may be one of our own words, chosen from a list: translated only if it surely reads as another language. */
  readonly isAnswer: boolean;
}

/** A line of the handler, in English, for a person who reads another language. */
export interface HandlerLine {
  readonly contact: ContactId;
  /** The id of the reply. */
  readonly line: string;
  readonly text: string;
  readonly to: LineLanguage;
}

export interface ContactLinesOptions {
  readonly translator: LineTranslator;
  /** Writes down what is known of a line: an event of its own, after the line’s (rule LG-05). May reject; the line itself is safe by then. */
  readonly keep: (contact: ContactId, line: LineInLanguage) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * From a line that was committed to what is kept of its language. A line is never held up: it is on the desks before this begins, and what comes of it is
 * written when it is there, in the order in which the service answers.
 */
export class ContactLines {
  readonly #options: ContactLinesOptions;
  /** Of each contact, what breaks off the lines that are being translated for it. */
  readonly #pending = new Map<ContactId, Set<AbortController>>();

  constructor(options: ContactLinesOptions) {
    this.#options = options;
  }

  /** Of how many contacts a line is being translated: none that is over is remembered. */
  get size(): number {
    return this.#pending.size;
  }

  /** Resolves when what is known of it is kept, also when that could not be. A line in English leaves nothing. */
  async takePublic(line: PublicLine): Promise<void> {
    const { translator } = this.#options;
    const { contact, text } = line;
    const { line: reading, language, isForeign } = translator.readLine(line);
    if (language === null || !isForeign) return;
    if (line.isAnswer && (reading.unsure !== null || reading.language === ENGLISH)) return;
    const { code: from, from: by } = language;
    const outcome = await this.#translate(contact, (signal) =>
      translator.translateLine({
        ...{ text, from, to: ENGLISH, by, couldBe: reading.couldBe, conversation: contact, signal },
      }),
    );
    await this.#keep(contact, { line: line.line, reading, language, outcome, at: this.#options.clock.now() });
  }

  /**
   * What the person is to be sent in place of the English, which is kept with it. Never later than the service’s time-out: then the English goes out, and
   * says that it is not translated (rule LG-12).
   */
  async takeHandler({ contact, line, text, to }: HandlerLine): Promise<TranslationOutcome> {
    const { translator, clock } = this.#options;
    const outcome = await this.#translate(contact, (signal) =>
      translator.translateLine({
        ...{ text, from: ENGLISH, to: to.code, by: to.from, conversation: contact, signal },
      }),
    );
    await this.#keep(contact, { line, reading: null, language: to, outcome, at: clock.now() });
    return outcome;
  }

  /** The conversation is over: what nobody will read is not asked for any more. */
  stop(contact: ContactId): void {
    for (const pending of this.#pending.get(contact) ?? []) pending.abort();
  }

  [Symbol.dispose](): void {
    for (const contact of [...this.#pending.keys()]) this.stop(contact);
  }

  async #translate(
    contact: ContactId,
    ask: (signal: AbortSignal) => Promise<TranslationOutcome>,
  ): Promise<TranslationOutcome> {
    const pending = new AbortController();
    const all = this.#pending.get(contact) ?? new Set();
    this.#pending.set(contact, all.add(pending));
    try {
      return await ask(pending.signal);
    } finally {
      all.delete(pending);
      if (all.size === 0) this.#pending.delete(contact);
    }
  }

  async #keep(contact: ContactId, line: LineInLanguage): Promise<void> {
    try {
      await this.#options.keep(contact, line);
    } catch (error) {
      // The line is there; only what a machine made of it is not. Its words go into no log.
      this.#options.log.error('a translation could not be kept', { contact, error: errorCode(error) });
    }
  }
}
