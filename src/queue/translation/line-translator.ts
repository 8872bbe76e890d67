import type { Logger } from '../../platform/log.ts';
import {
  isForeign,
  judgeReading,
  languageOfLine,
  type Detection,
  type LanguageSource,
  type LineLanguage,
} from '../../shared/domain/language/detection.ts';
import { doubtsOf } from '../../shared/domain/language/doubt.ts';
import type {
  ServiceLanguages,
  ServiceState,
  TranslationOutcome,
  TranslationTrouble,
} from '../../shared/domain/language/translation.ts';
import type { Clock } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { TooManyWaiting, Turns } from '../../shared/lib/turns.ts';
import { AnswerCache, type MadeText } from './answer-cache.ts';
import { BackOff } from './back-off.ts';
import type { Detector } from './detector.ts';
import type { TranslationProvider } from './provider.ts';

/** So many lines are asked for at once; of one conversation so many, so that one person’s flood does not hold up the others. */
const AT_ONCE = 8;
const WAITING = 200;
const OF_ONE_AT_ONCE = 2;
const OF_ONE_WAITING = 20;
/** Of the lines before, this much is read with a line that says too little by itself. Characters. */
const CONVERSATION_READ = 600;

/** How a line of the public reads; kept with it, so that every desk sees the same (rule LG-02). */
export interface LineReading {
  readonly line: Detection;
  readonly language: LineLanguage | null;
  /** It has to be translated for a handler. */
  readonly isForeign: boolean;
}

export interface LineToTranslate {
  readonly text: string;
  /** Codes of the list. */
  readonly from: string;
  readonly to: string;
  /** How the language of the original was settled, and what else it could be. */
  readonly by: LanguageSource;
  readonly couldBe?: readonly string[];
  /** Whose turn it is; the contact’s id. */
  readonly conversation: string;
  /** Aborted when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

export interface LineTranslatorOptions {
  readonly provider: TranslationProvider;
  readonly detector: Detector;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Reads and translates the lines of conversations. It keeps no line and knows no contact: whoever has the line keeps what comes of it beside the original.
 * Nothing here rejects; a line without a translation has a reason (rule LG-09).
 */
export class LineTranslator {
  readonly #options: LineTranslatorOptions;
  readonly #backOff: BackOff;
  readonly #cache: AnswerCache;
  readonly #all = new Turns({ atOnce: AT_ONCE, waiting: WAITING });
  readonly #ofOne = new Turns({ atOnce: OF_ONE_AT_ONCE, waiting: OF_ONE_WAITING });
  #version: string | null = null;
  #languages: ServiceLanguages | null = null;

  /** The state of the service, each time it is another one. */
  readonly stateChanged = new Emitter<ServiceState>();

  constructor(options: LineTranslatorOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.clock);
    this.#cache = new AnswerCache(options.clock);
  }

  get state(): ServiceState {
    const { engine } = this.#options.provider;
    const trouble: TranslationTrouble | null = engine === 'none' ? { kind: 'none' } : this.#backOff.trouble;
    const { againAt } = this.#backOff;
    return { engine, version: this.#version, trouble, againAt, languages: this.#languages };
  }

  /**
   * In which language a line is. `before`: what the same person wrote earlier, oldest first. `chosen`: the handler’s choice for this contact. `told`: what
   * the source said. Takes microseconds.
   */
  readLine({
    text,
    before,
    chosen,
    told,
  }: {
    readonly text: string;
    readonly before: readonly string[];
    readonly chosen: string | null;
    readonly told: string | null;
  }): LineReading {
    const { detector } = this.#options;
    const line = judgeReading(text, detector.read(text));
    const run = `${before.join('\n')}\n${text}`.slice(-CONVERSATION_READ);
    const conversation =
      line.unsure === null || before.length === 0 ? null : judgeReading(run, detector.read(run));
    const language = languageOfLine({ chosen, line, conversation, told });
    return { line, language, isForeign: isForeign(language) && !isIdleGuess(text, line, language) };
  }

  /** The translation of a line with its doubts, or why there is none. */
  async translateLine(line: LineToTranslate): Promise<TranslationOutcome> {
    const { provider } = this.#options;
    const { text, from, to, conversation, signal } = line;
    if (provider.engine === 'none') return untranslated({ kind: 'none' });
    if (text.length > provider.longest) return untranslated({ kind: 'too-long', limit: provider.longest });
    const kept = this.#cache.find(from, to, text);
    if (kept !== null) return this.#lookedOver(line, kept);
    const resting = this.#backOff.resting();
    if (resting !== null) return untranslated(resting);
    try {
      return await this.#ofOne.run(conversation, () => this.#all.run('all', () => this.#ask(line)));
    } catch (error) {
      if (!(error instanceof TooManyWaiting)) throw error;
      return untranslated(signal.aborted ? { kind: 'cancelled' } : { kind: 'busy' });
    }
  }

  /** Asks the service whether it works, and which languages: for its state on the desks, and for whoever sets it up. */
  async checkService(signal: AbortSignal): Promise<ServiceState> {
    const trouble = await this.#options.provider.health(signal);
    if (trouble === null) {
      this.#note(null, null);
      await this.#askLanguages(signal);
    } else this.#note(trouble.trouble, trouble.retryAfterMs);
    return this.state;
  }

  async #askLanguages(signal: AbortSignal): Promise<void> {
    if (this.#languages !== null) return;
    const answer = await this.#options.provider.languages(signal);
    if (answer.kind !== 'known') return;
    const { intoEnglish, fromEnglish } = answer;
    this.#languages = { intoEnglish, fromEnglish };
    this.stateChanged.emit(this.state);
  }

  /** Forgets every word it has in memory. */
  [Symbol.dispose](): void {
    this.#cache.clear();
  }

  async #ask(line: LineToTranslate): Promise<TranslationOutcome> {
    const { provider } = this.#options;
    const { text, from, to, signal } = line;
    if (signal.aborted) return untranslated({ kind: 'cancelled' });
    // Those in front may have met the trouble while this one waited.
    const resting = this.#backOff.resting();
    if (resting !== null) return untranslated(resting);
    const answer = await provider.translate({ text, from, to, signal });
    if (answer.kind === 'trouble') {
      this.#note(answer.trouble, answer.retryAfterMs);
      return untranslated(answer.trouble);
    }
    this.#version = answer.version;
    this.#note(null, null);
    // Nothing came back for something: that is no translation.
    if (answer.text.trim() === '' && text.trim() !== '') return untranslated({ kind: 'unreadable' });
    this.#cache.keep(from, to, text, answer);
    return this.#lookedOver(line, answer);
  }

  #lookedOver(line: LineToTranslate, { text, version, leftWords }: MadeText): TranslationOutcome {
    const { text: original, from, to, by, couldBe = [] } = line;
    const { engine } = this.#options.provider;
    const at = this.#options.clock.now();
    const looked = doubtsOf({ original, translation: text, from, to, by, couldBe, leftWords });
    return { kind: 'translated', translation: { text, from, to, by, engine, version, at, ...looked } };
  }

  /** Trouble of the service is told when it begins, changes and ends; never the words that met it. */
  #note(trouble: TranslationTrouble | null, retryAfterMs: number | null): void {
    const before = this.#backOff.trouble?.kind ?? null;
    const { againAt } = this.#backOff;
    if (trouble === null) this.#backOff.worked();
    else this.#backOff.failed(trouble, retryAfterMs);
    const now = this.#backOff.trouble?.kind ?? null;
    const { log, provider } = this.#options;
    if (before !== now) {
      if (now === null) log.info('the translation service works again', { engine: provider.engine });
      else log.warn('the translation service has trouble', { engine: provider.engine, trouble: now });
    }
    if (before !== now || againAt !== this.#backOff.againAt) this.stateChanged.emit(this.state);
  }
}

/** “hi” is a word in a dozen languages: a guess at two Latin words is shown to nobody and translated for nobody. */
function isIdleGuess(text: string, { unsure }: Detection, language: LineLanguage | null): boolean {
  return language?.from === 'guess' && unsure === 'too-short' && !/(?!\p{Script=Latin})\p{L}/u.test(text);
}

const untranslated = (trouble: TranslationTrouble): TranslationOutcome => ({ kind: 'untranslated', trouble });
