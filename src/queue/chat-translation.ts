import { errorCode, type Logger } from '../platform/log.ts';
import { waitsUnread } from '../shared/domain/channel.ts';
import { chatOf, isChat, isChatOver } from '../shared/domain/chat/chat.ts';
import type { Contact } from '../shared/domain/contact.ts';
import type { HappeningKind } from '../shared/domain/event.ts';
import { languageOfContact, linesOfPublic, type PublicLine } from '../shared/domain/language/lines.ts';
import type { ServiceState, TroubleKind } from '../shared/domain/language/translation.ts';
import type { Timers } from '../shared/domain/time.ts';
import type { QueueService } from './service.ts';
import type { CommittedEntry } from './store/queue-store.ts';
import { ContactLines } from './translation/contact-lines.ts';
import type { LineTranslator } from './translation/line-translator.ts';
import { linesToCatchUp } from './translation/lines-to-catch-up.ts';

/** So many lines are done again when a handler chooses a language. */
const DONE_AGAIN = 12;
/** A service in trouble is asked at most so often whether it works again, while nobody writes. Milliseconds. */
const LEAST_PROBE_MS = 1_000;

/** One that is slow with a line, or answers nonsense, may say at once that it is well: only the next line tells. */
const canBeProbed: ReadonlySet<TroubleKind> = new Set(['down', 'over-quota', 'wrong-key']);

const concerning: ReadonlySet<HappeningKind> = new Set([
  'arrived',
  'said',
  'replied',
  'line',
  'language-chosen',
]);

export interface ChatTranslationOptions {
  readonly service: QueueService;
  readonly translator: LineTranslator;
  readonly timers: Timers;
  readonly log: Logger;
}

/**
 * Has what comes in writing read and translated as it is committed at this node, and what goes to the public in a chat (rules LG-02, LG-12). A line is on
 * its way to the desks before this begins; what comes of it is an event of its own. What a crash or a service in trouble has left is caught up with (rule
 * LG-16), and how the service stands is told (rule LG-15).
 */
export class ChatTranslation implements Disposable {
  readonly #options: ChatTranslationOptions;
  readonly #lines: ContactLines;
  readonly #subscriptions: readonly Disposable[];
  #probe: Disposable | null = null;
  #wasInTrouble = false;
  #isDisposed = false;

  constructor(options: ChatTranslationOptions) {
    this.#options = options;
    const { service, translator, log } = options;
    const keep: ConstructorParameters<typeof ContactLines>[0]['keep'] = (contact, about) =>
      service.keepTranslation(contact, about);
    this.#lines = new ContactLines({ translator, keep, clock: service.clock, log });
    this.#subscriptions = [
      service.committed.subscribe((entry) => void this.#happened(entry)),
      translator.stateChanged.subscribe((state) => this.#stands(state)),
    ];
    service.tellTranslation(translator.state);
    void this.#catchUp();
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) subscription[Symbol.dispose]();
    this.#probe?.[Symbol.dispose]();
    this.#lines[Symbol.dispose]();
  }

  /** Never rejects: a line without a translation is a line all the same. */
  async #happened({ contact: id, what }: CommittedEntry): Promise<void> {
    if (!concerning.has(what.kind)) return;
    try {
      const [contact] = what.kind === 'arrived' ? [what.contact] : await this.#options.service.contacts([id]);
      if (contact === undefined || !waitsUnread.has(contact.channel)) return;
      if (what.kind === 'line') {
        if (isChat(contact) && isChatOver(contact)) this.#lines.stop(id);
      } else if (what.kind === 'replied') await this.#handlerWrote(contact, what.reply);
      else if (what.kind === 'language-chosen') await this.#chosenAnew(contact);
      else if (what.kind === 'said')
        await this.#publicWrote(contact, ({ line }) => line === what.message.key);
      else await this.#publicWrote(contact, () => true);
    } catch (error) {
      this.#options.log.warn('a line could not be read for translation', {
        contact: id,
        error: errorCode(error),
      });
    }
  }

  /** What they have written so far, read by the choice; the newest first, because the handler is waiting for that one (rule LG-04). */
  async #chosenAnew(contact: Contact): Promise<void> {
    const newest = linesOfPublic(contact).slice(-DONE_AGAIN);
    await this.#publicWrote(contact, (line) => newest.some((one) => one.line === line.line));
  }

  /** The newest first: the handler is waiting for that one. */
  async #publicWrote(contact: Contact, which: (line: PublicLine) => boolean): Promise<void> {
    const all = linesOfPublic(contact);
    const asked = all.filter((line) => line.text.trim() !== '' && which(line)).reverse();
    await Promise.all(asked.map((line) => this.#translate(contact, all, line)));
  }

  async #translate(contact: Contact, all: readonly PublicLine[], line: PublicLine): Promise<void> {
    const before = line.isAnswer
      ? []
      : all.slice(0, all.indexOf(line)).flatMap(({ isAnswer, text }) => (isAnswer ? [] : [text]));
    await this.#lines.takePublic({ ...line, contact: contact.id, before, chosen: contact.languageChosen });
  }

  async #handlerWrote(contact: Contact, line: string): Promise<void> {
    const reply = chatOf(contact).replies.find(({ id }) => id === line);
    const { languageChosen: chosen, translations, language: told } = contact;
    const to = languageOfContact({ chosen, lines: translations, told });
    if (reply === undefined || to === null) return;
    await this.#lines.takeHandler({ contact: contact.id, line, text: reply.text, to });
  }

  /**
   * What this queue, or the service, was away for: lines of open contacts that nobody has translated, one contact after the other so that who writes now is
   * not kept waiting. Our own lines are not among them: they went out as they stood (rule LG-12). Never rejects.
   */
  async #catchUp(): Promise<void> {
    const { service, translator, log } = this.#options;
    if (translator.state.engine === 'none') return;
    try {
      for (const { contact, lines } of linesToCatchUp(await service.openContacts())) {
        if (this.#isDisposed) return;
        const missing = new Set(lines);
        await this.#publicWrote(contact, ({ line }) => missing.has(line));
        if (translator.state.trouble !== null) return;
      }
    } catch (error) {
      log.warn('lines without a translation could not be looked for', { error: errorCode(error) });
    }
  }

  #stands(state: ServiceState): void {
    const { service, translator, timers } = this.#options;
    service.tellTranslation(state);
    this.#probe?.[Symbol.dispose]();
    this.#probe = null;
    const { trouble, againAt } = state;
    if (trouble === null && this.#wasInTrouble) void this.#catchUp();
    this.#wasInTrouble = trouble !== null;
    if (trouble === null || !canBeProbed.has(trouble.kind) || againAt === null || this.#isDisposed) return;
    const wait = Math.max(LEAST_PROBE_MS, againAt - service.now());
    this.#probe = timers.after(wait, () => void translator.checkService(new AbortController().signal));
  }
}
