import { TYPING_HOLDS_MS } from '../shared/domain/chat/chat.ts';
import { ownerOf, type Contact } from '../shared/domain/contact.ts';
import type { ContactId, DeskId } from '../shared/domain/ids.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import type { LogTail } from './log-tail.ts';
import type { QueueService } from './service.ts';
import type { Sessions } from './sessions.ts';

/** Of so many chats it is remembered who has them; of another it is looked up again. */
const REMEMBERED = 4_096;
/** The chats that wait are counted at most this often. Milliseconds. */
const COUNTED_EVERY_MS = 2 * SECOND;

export interface ChatWatchOptions {
  readonly service: QueueService;
  readonly sessions: Pick<Sessions, 'tellDesk'>;
  readonly tail: LogTail;
  readonly timers: Timers;
}

/**
 * What happens in chats at this moment and is kept nowhere: who is typing, and who waits to be told of anything new (rules CH-02, CH-05). Both
 * are this node's own: a desk on another node is not told of typing, and never of anything less than all of the log.
 */
export class ChatWatch implements Disposable {
  readonly #options: ChatWatchOptions;
  readonly #waiters = new Map<ContactId, Set<() => void>>();
  readonly #typing = new Map<ContactId, Disposable>();
  readonly #owners = new Map<ContactId, DeskId | null>();
  readonly #subscriptions: readonly Disposable[];
  #waiting: { readonly at: number; readonly order: Promise<ReadonlyMap<ContactId, number>> } | null = null;

  constructor(options: ChatWatchOptions) {
    this.#options = options;
    const { service, tail } = options;
    this.#subscriptions = [
      // At once for what this node has committed; the log brings what others have.
      service.committed.subscribe(({ contact }) => this.#happened(contact)),
      tail.entries.subscribe(({ contact }) => this.#happened(contact)),
      service.typing.subscribe(({ contact, desk }) => void this.#handlerTypes(contact, desk)),
      service.typingPublic.subscribe((contact) => void this.#publicTypes(contact)),
    ];
  }

  [Symbol.dispose](): void {
    for (const subscription of this.#subscriptions) subscription[Symbol.dispose]();
    for (const timer of this.#typing.values()) timer[Symbol.dispose]();
    for (const contact of this.#waiters.keys()) this.#wake(contact);
  }

  /** Calls `woken` at the next thing that may concern this contact, once or more. */
  wait(contact: ContactId, woken: () => void): Disposable {
    const waiters = this.#waiters.get(contact) ?? new Set();
    this.#waiters.set(contact, waiters);
    waiters.add(woken);
    return {
      [Symbol.dispose]: () => {
        waiters.delete(woken);
        if (waiters.size === 0 && this.#waiters.get(contact) === waiters) this.#waiters.delete(contact);
      },
    };
  }

  isHandlerTyping(contact: ContactId): boolean {
    return this.#typing.has(contact);
  }

  /** Tells the desk that has the chat. Never rejects: what cannot be told now is of no use later. */
  async #publicTypes(contact: ContactId): Promise<void> {
    const desk = await this.#ownerOf(contact).catch(() => null);
    if (desk !== null) this.#options.sessions.tellDesk(desk, JSON.stringify({ t: 'WRITING', contact }));
  }

  /** Each chat that waits, with its place from 1. */
  waitingChats(): Promise<ReadonlyMap<ContactId, number>> {
    const { service } = this.#options;
    const now = service.clock.monotonic();
    if (this.#waiting === null || now - this.#waiting.at >= COUNTED_EVERY_MS) {
      const order = service.waitingChats().then((ids) => new Map(ids.map(({ id }, at) => [id, at + 1])));
      order.catch(() => (this.#waiting = null));
      this.#waiting = { at: now, order };
    }
    return this.#waiting.order;
  }

  async #handlerTypes(contact: ContactId, desk: DeskId): Promise<void> {
    // A desk says so of its own chats alone.
    if ((await this.#ownerOf(contact).catch(() => null)) !== desk) return;
    this.#typing.get(contact)?.[Symbol.dispose]();
    const isNew = !this.#typing.has(contact);
    this.#typing.set(
      contact,
      this.#options.timers.after(TYPING_HOLDS_MS, () => {
        this.#typing.delete(contact);
        this.#wake(contact);
      }),
    );
    if (isNew) this.#wake(contact);
  }

  async #ownerOf(contact: ContactId): Promise<DeskId | null> {
    const known = this.#owners.get(contact);
    if (known !== undefined) return known;
    const [found] = await this.#options.service.contacts([contact]);
    const desk = found === undefined ? null : this.#deskOf(found);
    if (this.#owners.size >= REMEMBERED) this.#owners.clear();
    this.#owners.set(contact, desk);
    return desk;
  }

  #deskOf(contact: Contact): DeskId | null {
    return ownerOf(contact)?.desk ?? null;
  }

  #happened(contact: ContactId): void {
    this.#owners.delete(contact);
    // What was being typed has been sent, or is somebody else's chat now.
    this.#typing.get(contact)?.[Symbol.dispose]();
    this.#typing.delete(contact);
    this.#wake(contact);
  }

  #wake(contact: ContactId): void {
    for (const woken of [...(this.#waiters.get(contact) ?? [])]) woken();
  }
}
