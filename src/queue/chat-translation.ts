import { errorCode, type Logger } from '../platform/log.ts';
import { wordsOfPublic } from '../shared/domain/assist/risk-words.ts';
import { chatOf, isChat, isChatOver } from '../shared/domain/chat/chat.ts';
import type { Contact } from '../shared/domain/contact.ts';
import { ACCOUNT_LINE, languageOfContact } from '../shared/domain/language/lines.ts';
import type { QueueService } from './service.ts';
import type { CommittedEntry } from './store/queue-store.ts';
import { ContactLines } from './translation/contact-lines.ts';
import type { LineTranslator } from './translation/line-translator.ts';

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
    if (what.kind !== 'arrived' && what.kind !== 'said' && what.kind !== 'replied' && what.kind !== 'line')
      return;
    try {
      const [contact] = what.kind === 'arrived' ? [what.contact] : await this.#options.service.contacts([id]);
      if (contact === undefined || !isChat(contact)) return;
      if (what.kind === 'line') {
        if (isChatOver(contact)) this.#lines.stop(id);
      } else if (what.kind === 'replied') await this.#handlerWrote(contact, what.reply);
      else await this.#publicWrote(contact, what.kind === 'arrived' ? ACCOUNT_LINE : what.message.key);
    } catch (error) {
      this.#options.log.warn('a line could not be read for translation', {
        contact: id,
        error: errorCode(error),
      });
    }
  }

  async #publicWrote(contact: Contact, line: string): Promise<void> {
    const { account, messages, language } = contact;
    const at = messages.findIndex(({ key }) => key === line);
    const message = messages[at];
    if (line !== ACCOUNT_LINE && (message === undefined || message.from !== 'public')) return;
    const before = message === undefined ? [] : wordsOfPublic({ account, messages: messages.slice(0, at) });
    const text = message?.text ?? account;
    const told = message?.language ?? language;
    await this.#lines.takePublic({ contact: contact.id, line, text, before, chosen: null, told });
  }

  async #handlerWrote(contact: Contact, line: string): Promise<void> {
    const reply = chatOf(contact).replies.find(({ id }) => id === line);
    const to = languageOfContact({ chosen: null, lines: contact.translations, told: contact.language });
    if (reply === undefined || to === null) return;
    await this.#lines.takeHandler({ contact: contact.id, line, text: reply.text, to });
  }
}
