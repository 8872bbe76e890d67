import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorCode, type Logger } from '../../platform/log.ts';
import { isChat } from '../../shared/domain/chat/chat.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import type { ReportLooks } from '../report-looks.ts';
import type { ChatWatch } from '../chat-watch.ts';
import { bearerOf, sendAnswer, type Answer } from '../http-exchange.ts';
import type { QueueService } from '../service.ts';
import type { Sessions } from '../sessions.ts';
import { StoreUnavailable } from '../store/queue-store.ts';
import { chatAnswer, closingHeldUntil, repliesToTell, type ChatAnswer } from './chat-answer.ts';
import { ContactReads } from './contact-reads.ts';
import { comeAgain, refused, unknownContact } from './http-intake.ts';
import type { SourceKeys } from './source-keys.ts';

/** The longest a request is held, and a shorter one where the place in the line may move. Milliseconds. */
const WAIT_LIMIT_MS = 30 * SECOND;
const WAIT_IN_LINE_MS = 10 * SECOND;
/** Requests held at once, in all and for one chat: one page asks once, and a reload once more. */
const HELD_LIMIT = 2_000;
const HELD_OF_CHAT = 4;

/** What a path of this door means. */
export type ChatTarget = { readonly kind: 'status' } | { readonly kind: 'chat'; readonly key: string };

export function chatTarget(path: string): ChatTarget | null {
  if (path === '/intake/status') return { kind: 'status' };
  const encoded = /^\/intake\/chats\/([^/]+)$/.exec(path)?.[1];
  if (encoded === undefined) return null;
  try {
    return { kind: 'chat', key: decodeURIComponent(encoded) };
  } catch {
    return { kind: 'chat', key: '' };
  }
}

export interface HttpChatsOptions {
  readonly service: QueueService;
  readonly watch: ChatWatch;
  readonly looks: Pick<ReportLooks, 'medianMs'>;
  readonly sessions: Pick<Sessions, 'deskCount' | 'isDraining'>;
  readonly keys: SourceKeys;
  /** Lines of ours are translated for whoever reads another language: they wait for it (rule LG-12). */
  readonly translates: boolean;
  readonly timers: Timers;
  readonly log: Logger;
}

/**
 * What the public's pages ask of the queue (rule CH-02). `GET /intake/chats/{key}?after=N&wait=MS&since=STAMP`: our lines after N and how the chat
 * stands, at once when there is a line, or when the stamp is another; else when something happens, or the time is over. Whoever lost an answer asks
 * for the same number again. `GET /intake/status`: how long the wait is.
 */
export class HttpChats {
  readonly #options: HttpChatsOptions;
  readonly #held = new Map<ContactId, number>();
  /** What was last answered of a chat, for pages that name no stamp. */
  readonly #told = new Map<ContactId, string>();
  readonly #reads: ContactReads;
  #heldInAll = 0;

  constructor(options: HttpChatsOptions) {
    this.#options = options;
    this.#reads = new ContactReads((ids) => options.service.contacts(ids));
  }

  async answer(target: ChatTarget, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await this.#answerTo(target, request, response);
      // The page is gone: what it was not told it asks for again.
      if (!response.destroyed) sendAnswer(request, response, answer);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.#options.log.warn('a chat could not be read', { error: errorCode(error.cause) });
      sendAnswer(request, response, comeAgain(503, 'the queue cannot read anything at this moment'));
    }
  }

  async #answerTo(target: ChatTarget, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
    if (request.method !== 'GET') {
      const error = { field: 'method', problem: 'is not GET', whatToDo: 'GET it.' };
      return refused(405, error, { allow: 'GET' });
    }
    const bearer = bearerOf(request);
    const source = bearer === null ? null : this.#options.keys.sourceOf(bearer);
    if (source === null) {
      const whatToDo = 'Send “Authorization: Bearer” and this source’s key.';
      const error = { field: 'Authorization', problem: 'is missing or not a key of this queue', whatToDo };
      return refused(401, error, { 'www-authenticate': 'Bearer' });
    }
    if (target.kind === 'status') return { status: 200, body: await this.#status() };
    const asked = askedIn(request);
    if (asked === null) {
      const whatToDo = `Send after as a whole number from 0, and wait as milliseconds up to ${WAIT_LIMIT_MS}.`;
      return refused(400, { field: 'query', problem: 'cannot be read', whatToDo });
    }
    const id = await this.#options.service.contactUnder(source, target.key);
    if (id === null) return unknownContact;
    const held = this.#held.get(id) ?? 0;
    if (this.#heldInAll >= HELD_LIMIT || held >= HELD_OF_CHAT)
      return comeAgain(429, 'came while too many others were held');
    this.#held.set(id, held + 1);
    this.#heldInAll += 1;
    try {
      return await this.#heldUntilNews(id, asked, response);
    } finally {
      this.#heldInAll -= 1;
      const left = (this.#held.get(id) ?? 1) - 1;
      if (left > 0) this.#held.set(id, left);
      else this.#held.delete(id);
    }
  }

  async #heldUntilNews(
    id: ContactId,
    { after, wait, since }: Asked,
    response: ServerResponse,
  ): Promise<Answer> {
    const { service, sessions } = this.#options;
    const deadline = service.clock.monotonic() + wait;
    const before = since ?? this.#told.get(id) ?? '';
    let contact: Contact | undefined;
    while (true) {
      // Listens before it reads: what happens in between is not slept through.
      using news = this.#news(id);
      contact ??= await this.#reads.read(id);
      if (contact === undefined || !isChat(contact)) return unknownContact;
      const answer = await this.#answerOf(contact, after);
      const left = deadline - service.clock.monotonic();
      const isNews = answer.lines.length > 0 || answer.stamp !== before;
      if (isNews || left <= 0 || sessions.isDraining || response.destroyed) {
        this.#remember(id, answer.stamp);
        return { status: 200, body: answer };
      }
      await news.within(Math.min(left, this.#restOf(contact, answer)), response);
      // As long as nothing has happened to it, it is what it was: only its place and the time are others.
      if (news.hasCome()) contact = undefined;
    }
  }

  async #answerOf(contact: Contact, after: number): Promise<ChatAnswer> {
    const { service, watch, translates } = this.#options;
    const isWaiting = contact.ownership.kind === 'waiting' || contact.ownership.kind === 'verify';
    const position = isWaiting ? ((await watch.waitingChats()).get(contact.id) ?? null) : null;
    const typing = watch.isHandlerTyping(contact.id);
    return chatAnswer(contact, { after, position, typing, translates, now: service.now() });
  }

  /** How long nothing changes by itself. */
  #restOf(contact: Contact, { state }: ChatAnswer): number {
    const { service, translates } = this.#options;
    const now = service.now();
    const until = closingHeldUntil(contact, now) ?? repliesToTell(contact, { translates, now }).heldUntil;
    if (until !== null) return until - now;
    return state === 'waiting' ? WAIT_IN_LINE_MS : WAIT_LIMIT_MS;
  }

  #remember(id: ContactId, stamp: string): void {
    this.#told.delete(id);
    this.#told.set(id, stamp);
    const oldest = this.#told.keys().next();
    if (this.#told.size > HELD_LIMIT && oldest.done === false) this.#told.delete(oldest.value);
  }

  /** Something that may concern the chat; `within` resolves at that, at the end of the time, or when the page is gone. */
  #news(id: ContactId): Disposable & {
    within(ms: number, response: ServerResponse): Promise<void>;
    hasCome(): boolean;
  } {
    const { watch, timers } = this.#options;
    let woken = false;
    let wake = (): void => undefined;
    const waiter = watch.wait(id, () => {
      woken = true;
      wake();
    });
    return {
      [Symbol.dispose]: () => waiter[Symbol.dispose](),
      hasCome: () => woken,
      async within(ms, response) {
        if (woken || response.destroyed) return;
        const gone = (): void => wake();
        response.once('close', gone);
        using _ = timers.after(ms, () => wake());
        await new Promise<void>((resolve) => (wake = resolve));
        response.off('close', gone);
      },
    };
  }

  /** For honest words about the wait: counts alone, of nobody. */
  async #status() {
    const { service, sessions, looks } = this.#options;
    const [chats, reports, { openEmergencies }] = await Promise.all([
      service.waitingChats(),
      service.waitingReports(),
      service.vitals(),
    ]);
    const oldest = chats.reduce((least, { since }) => Math.min(least, since), Number.POSITIVE_INFINITY);
    return {
      waiting: {
        chat: chats.length,
        longestMs: chats.length === 0 ? 0 : Math.max(0, service.now() - oldest),
      },
      reports: {
        waiting: reports.count,
        longestMs: reports.since === null ? 0 : Math.max(0, service.now() - reports.since),
        lookedAtMs: looks.medianMs(),
      },
      openDesks: sessions.deskCount,
      // An emergency that waits is taken before any chat.
      emergencyLoad: openEmergencies > 0,
    };
  }
}

interface Asked {
  readonly after: number;
  readonly wait: number;
  readonly since: string | null;
}

function askedIn(request: IncomingMessage): Asked | null {
  const { searchParams } = new URL(request.url ?? '/', 'http://queue');
  const after = Number(searchParams.get('after') ?? 0);
  const wait = Number(searchParams.get('wait') ?? 0);
  const isWhole = (n: number, most: number): boolean => Number.isSafeInteger(n) && n >= 0 && n <= most;
  if (!isWhole(after, Number.MAX_SAFE_INTEGER) || !isWhole(wait, Number.MAX_SAFE_INTEGER)) return null;
  return { after, wait: Math.min(wait, WAIT_LIMIT_MS), since: searchParams.get('since') };
}
