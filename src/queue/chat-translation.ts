import { errorCode, type Logger } from '../platform/log.ts';
import { wordsOfPublic } from '../shared/domain/assist/risk-words.ts';
import { chatOf, isChat, isChatOver } from '../shared/domain/chat/chat.ts';
import type { Contact } from '../shared/domain/contact.ts';
import type { HappeningKind } from '../shared/domain/event.ts';
import { ACCOUNT_LINE, languageOfContact } from '../shared/domain/language/lines.ts';
import type { QueueService } from './service.ts';
import type { CommittedEntry } from './store/queue-store.ts';
import { ContactLines } from './translation/contact-lines.ts';
import type { LineTranslator } from './translation/line-translator.ts';

/** So many lines are done again when a handler chooses a language. */
const DONE_AGAIN = 12;

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
  readonly log: Logger;
}

/**
 * Has the lines of chats read and translated as they are committed at this node, in both directions (rules LG-02, LG-12). A line is on its way to the
 * desks before this begins; what comes of it is an event of its own.
 */
export class ChatTranslation implements Disposable {
  readonly #options: ChatTranslationOptions;
  readonly #lines: ContactLines;
  readonly #subscription: Disposable;

  constructor(options: ChatTranslationOptions) {
    this.#options = options;
    const { service, translator, log } = options;
    const keep: ConstructorParameters<typeof ContactLines>[0]['keep'] = (contact, about) =>
      service.keepTranslation(contact, about);
    this.#lines = new ContactLines({ translator, keep, clock: service.clock, log });
    this.#subscription = service.committed.subscribe((entry) => void this.#happened(entry));
  }

  [Symbol.dispose](): void {
    this.#subscription[Symbol.dispose]();
    this.#lines[Symbol.dispose]();
  }

  /** Never rejects: a line without a translation is a line all the same. */
  async #happened({ contact: id, what }: CommittedEntry): Promise<void> {
    if (!concerning.has(what.kind)) return;
    try {
      const [contact] = what.kind === 'arrived' ? [what.contact] : await this.#options.service.contacts([id]);
      if (contact === undefined || !isChat(contact)) return;
      if (what.kind === 'line') {
        if (isChatOver(contact)) this.#lines.stop(id);
      } else if (what.kind === 'replied') await this.#handlerWrote(contact, what.reply);
      else if (what.kind === 'language-chosen') await this.#chosenAnew(contact);
      else if (what.kind === 'said') await this.#publicWrote(contact, what.message.key);
      else await this.#publicWrote(contact, ACCOUNT_LINE);
    } catch (error) {
      this.#options.log.warn('a line could not be read for translation', {
        contact: id,
        error: errorCode(error),
      });
    }
  }

  /** What they have written so far, read by the choice; the newest first, because the handler is waiting for that one (rule LG-04). */
  async #chosenAnew(contact: Contact): Promise<void> {
    const keys = contact.messages.filter(({ from }) => from === 'public').map(({ key }) => key);
    const newest = [ACCOUNT_LINE, ...keys].slice(-DONE_AGAIN).reverse();
    await Promise.all(newest.map((line) => this.#publicWrote(contact, line)));
  }

  async #publicWrote(contact: Contact, line: string): Promise<void> {
    const { account, messages, language, languageChosen: chosen } = contact;
    const at = messages.findIndex(({ key }) => key === line);
    const message = messages[at];
    if (line !== ACCOUNT_LINE && (message === undefined || message.from !== 'public')) return;
    const before = message === undefined ? [] : wordsOfPublic({ account, messages: messages.slice(0, at) });
    const text = message?.text ?? account;
    const told = message?.language ?? language;
    await this.#lines.takePublic({ contact: contact.id, line, text, before, chosen, told });
  }

  async #handlerWrote(contact: Contact, line: string): Promise<void> {
    const reply = chatOf(contact).replies.find(({ id }) => id === line);
    const { languageChosen: chosen, translations, language: told } = contact;
    const to = languageOfContact({ chosen, lines: translations, told });
    if (reply === undefined || to === null) return;
    await this.#lines.takeHandler({ contact: contact.id, line, text: reply.text, to });
  }
}
