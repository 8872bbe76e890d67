import type { Logger } from '../../platform/log.ts';
import { MINUTE, SECOND, type Clock, type Instant } from '../../shared/domain/time.ts';
import type { Courier } from '../queue/courier.ts';
import type { Parcel, QueueDoor } from '../queue/queue-door.ts';
import type { Words } from '../words/en.ts';
import {
  accountOf,
  handOverParcels,
  isForPerson,
  messageParcel,
  presenceParcel,
  type EndAtQueue,
  type Presence,
} from './chat-parcels.ts';
import { addEntry, setStanding, standingOfNew, type ChatEnded, type ChatRoom } from './chat-room.ts';
import { ChatPump } from './chat-pump.ts';
import type { KeptChat, KeptChats } from './kept-chats.ts';
import { ReadingTold } from './reading-told.ts';
import { tierBegins, tierStep, type FirstTierKnowledge, type TierStep } from './first-tier.ts';

/** A page that has not been heard of for so long has lost its connection, or its battery. Milliseconds. */
const GONE_AFTER_MS = 30 * SECOND;
/**
 * A connection that looks open and over which a page has said nothing for so long is dead: a telephone in a lift closes nothing. A page speaks
 * every half minute, every minute where nobody looks at it. Milliseconds.
 */
const SILENT_AFTER_MS = 150 * SECOND;
/** A chat that nobody looks at is forgotten here after this; the control room has what was said. Milliseconds. */
const FORGOTTEN_AFTER_MS = 60 * MINUTE;
/** So long a new chat from the same address and browser may be somebody who left in a hurry. Milliseconds. */
const MAY_BE_BACK_MS = 30 * MINUTE;
/** A chat that is watched without a word is written down again after this, so that it is known to be alive. Milliseconds. */
const WRITTEN_AGAIN_MS = 10 * MINUTE;
/** One line. UTF-16 units. */
export const CHAT_LINE_LIMIT = 2_000;
const MOST_ENTRIES = 1_000;

/** What became of a line. `over`: the chat has ended. `full`: it has as many lines as a chat may have. */
export type Said = 'kept' | 'over' | 'full';

export interface ChatRoomsOptions {
  readonly door: QueueDoor;
  readonly courier: Courier;
  readonly chats: KeptChats;
  readonly knowledge: FirstTierKnowledge;
  readonly words: Words['chat'];
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  readonly languageName: (tag: string) => string | null;
}

/** All chats that are open on the public side. */
export class ChatRooms implements Disposable {
  readonly #options: ChatRoomsOptions;
  readonly #rooms = new Map<string, ChatRoom>();
  /** Chats of an earlier run whose browser has not asked for them yet, by visit. */
  readonly #left = new Map<string, string>();
  /** Who left in a hurry, by address and browser, and when. Not for long. */
  readonly #exits: Map<string, Instant>;
  readonly #pump: ChatPump;
  readonly #reading: ReadingTold;
  readonly #received: Disposable;

  constructor(options: ChatRoomsOptions) {
    this.#options = options;
    this.#pump = new ChatPump(options);
    this.#reading = new ReadingTold(options);
    this.#exits = new Map(options.chats.exits);
    for (const chat of options.chats.chats) this.#goOnWith(chat);
    this.#received = options.courier.settled.subscribe(({ parcel, handed }) => {
      const room = this.#rooms.get(parcel.contact ?? parcel.key);
      if (room === undefined) return;
      if (handed.kind !== 'received') this.#noteNotTaken(room, parcel);
      if (handed.kind === 'closed') this.#close(room, 'by-us');
      if (handed.kind === 'received') this.#noteReceived(room, parcel);
    });
  }

  get size(): number {
    return this.#rooms.size;
  }

  /** Of every open chat. */
  get keys(): readonly string[] {
    return [...this.#rooms.keys()];
  }

  find(key: string | null): ChatRoom | null {
    return (key === null ? undefined : this.#rooms.get(key)) ?? null;
  }

  /** The key of an earlier run's chat of this visit; once. `null`: there is none. */
  takeLeft(visit: string): string | null {
    const key = this.#left.get(visit) ?? null;
    this.#left.delete(visit);
    return key;
  }

  /** Begins a chat. The first tier answers in English only, and not where writing may not be safe: then a person is asked for at once. */
  async begin(who: {
    readonly name: string;
    readonly language: string | null;
    readonly isUnsafe: boolean;
    readonly caller: string;
    readonly crowd: string | null;
    readonly visit: string;
  }): Promise<ChatRoom> {
    const { clock, newId, knowledge } = this.#options;
    const exit = this.#exits.get(who.caller);
    const mayBeBack = exit !== undefined && clock.now() - exit < MAY_BE_BACK_MS;
    const room = this.#add({
      ...who,
      key: `web-chat-${newId()}`,
      mayBeBack,
      entries: [],
      standing: standingOfNew,
      tier: { kind: 'ask', missed: 0 },
      lastFromQueue: 0,
      isToldGone: false,
      at: clock.now(),
    });
    if (isForPerson(room)) await this.#handOver(room, { lookFirst: room.isUnsafe });
    else this.#assistantSays(room, tierBegins(knowledge));
    return room;
  }

  /**
   * A line of the person, under the name their browser gave it. Resolves when it is kept, or is not going to be; the same again changes
   * nothing. Rejects when it cannot be kept: then nobody may be told that it is.
   */
  async say(room: ChatRoom, line: { readonly id: string; readonly text: string }): Promise<Said> {
    const { clock, courier, knowledge } = this.#options;
    this.isPresent(room);
    const isThere = room.entries.some(({ id }) => id === line.id);
    if (room.standing.stage === 'ended') return isThere ? 'kept' : 'over';
    if (room.entries.length >= MOST_ENTRIES && !isThere) return 'full';
    const entry = addEntry(room, { ...line, from: 'public', at: clock.now(), lang: room.language });
    const known = room.entries.find(({ id }) => id === line.id);
    if (known === undefined) return 'full';
    if (room.standing.stage === 'handed') {
      const parcel = messageParcel(room, known);
      if (parcel !== null) await courier.send(parcel);
      setStanding(room, { keptUpTo: Math.max(room.standing.keptUpTo, known.s) });
      await this.#keep(room);
      return 'kept';
    }
    if (entry === null) return 'kept';
    const said = room.entries.filter(({ from }) => from === 'public').map(({ text }) => text);
    const step = tierStep(knowledge, room.tier, said, clock.now());
    this.#assistantSays(room, step);
    if (step.leadsTo === 'person' || step.leadsTo === 'person-at-once')
      await this.#handOver(room, { lookFirst: step.leadsTo === 'person-at-once' });
    if (step.leadsTo === 'end') await this.#end(room, 'by-assistant', 'assistant-answered');
    await this.#keep(room);
    return 'kept';
  }

  /** The person's page is there: what was told of its absence is taken back. */
  isPresent(room: ChatRoom): void {
    room.heardAt = this.#options.clock.monotonic();
    room.presentAt = room.heardAt;
    if (room.isToldGone && room.standing.stage === 'handed') {
      this.#tellWhetherGone(room, false);
    }
    if (room.standing.stage === 'handed') this.#pump.run(room, (end) => this.#close(room, end));
  }

  /** Tells the handler that the person writes. Not kept: it is of no use later. */
  tellTyping(room: ChatRoom): void {
    const { door, newId } = this.#options;
    if (room.standing.stage !== 'handed') return;
    const body = JSON.stringify({ kind: 'typing' });
    const parcel: Parcel = { key: `${room.key}-typing-${newId()}`, contact: room.key, body };
    void door.hand(parcel, AbortSignal.timeout(5 * SECOND));
  }

  /** Tells the handler how far our lines have come: into the browser, or before their eyes. Of what the queue has sent alone. */
  tellRead(room: ChatRoom, upTo: number, how: 'delivered' | 'seen'): void {
    if (room.standing.stage === 'handed' && Number.isInteger(upTo) && upTo >= 1 && upTo <= room.lastFromQueue)
      this.#reading.tell(room.key, upTo, how);
  }

  /** The person has ended it. */
  async endByPublic(room: ChatRoom): Promise<void> {
    const end =
      room.standing.stage === 'handed' && room.standing.handler === 'waiting'
        ? 'left-before-handler'
        : 'ended-by-public';
    await this.#end(room, 'by-you', end);
  }

  /**
   * They left in a hurry (rule WP-51): the handler is told, nothing is shown to anybody here any more, and whoever comes back from the same
   * browser soon may be them. Who had written to the assistant alone is handed over now: a person should look.
   */
  async leave(room: ChatRoom): Promise<void> {
    const { chats, clock } = this.#options;
    this.#forget(room);
    if (room.standing.stage === 'ended') return;
    const hasWritten = room.entries.some(({ from }) => from === 'public');
    if (room.standing.stage === 'assistant' && !hasWritten) return;
    this.#exits.set(room.caller, clock.now());
    const noted = chats.keepExits([...this.#exits]);
    if (room.standing.stage === 'assistant') await this.#handOver(room, { lookFirst: true });
    room.standing = { ...room.standing, stage: 'ended' };
    await this.#tellPresence(room, { kind: 'left', reason: 'quick-exit' });
    await noted;
  }

  /** Tells of pages that are gone, and forgets what nobody looks at. Called every few seconds. */
  sweep(): void {
    const { chats, clock } = this.#options;
    const now = clock.monotonic();
    const before = this.#exits.size;
    for (const [caller, at] of this.#exits) if (clock.now() - at > MAY_BE_BACK_MS) this.#exits.delete(caller);
    if (this.#exits.size < before) void chats.keepExits([...this.#exits]);
    for (const room of this.#rooms.values()) {
      if (room.streams.size > 0 && now - room.heardAt < SILENT_AFTER_MS) room.presentAt = now;
      const away = now - room.presentAt;
      if (away > GONE_AFTER_MS && room.standing.stage === 'handed' && !room.isToldGone) {
        this.#tellWhetherGone(room, true);
      }
      if (away > FORGOTTEN_AFTER_MS) this.#forget(room);
      else if (away === 0 && clock.now() - room.writtenAt > WRITTEN_AGAIN_MS) room.changed();
    }
  }

  [Symbol.dispose](): void {
    this.#received[Symbol.dispose]();
    this.#pump[Symbol.dispose]();
    this.#reading[Symbol.dispose]();
    for (const { streams } of this.#rooms.values()) for (const stream of streams) stream.end();
  }

  /** A chat as it begins, or as an earlier run left it. */
  #add({ at, ...chat }: KeptChat): ChatRoom {
    const room: ChatRoom = {
      ...chat,
      presentAt: this.#options.clock.monotonic(),
      heardAt: this.#options.clock.monotonic(),
      writtenAt: at,
      streams: new Set(),
      changed: () => void this.#keep(room),
    };
    this.#rooms.set(room.key, room);
    return room;
  }

  /** Its browser may still be there: as long as it is not, it is away from now on, and the handler is told in its time. */
  #goOnWith(chat: KeptChat): void {
    const { chats, clock } = this.#options;
    if (clock.now() - chat.at > FORGOTTEN_AFTER_MS) return chats.forget(chat.key);
    const room = this.#add(chat);
    room.standing = { ...room.standing, typing: false };
    this.#left.set(chat.visit, chat.key);
    // Ended between two lines of a hand-over, some were not kept: the same again makes nothing twice.
    if (room.standing.stage === 'handed')
      this.#handOver(room, { lookFirst: true }).catch(() =>
        this.#options.log.error('a chat could not be kept'),
      );
  }

  async #keep(room: ChatRoom): Promise<void> {
    const { chats, clock } = this.#options;
    if (this.#rooms.get(room.key) !== room) return;
    room.writtenAt = clock.now();
    const { presentAt: _, heardAt: __, streams: ___, changed: ____, writtenAt: at, ...chat } = room;
    await chats.keep({ ...chat, at });
  }

  #assistantSays(room: ChatRoom, step: TierStep): void {
    const { clock, newId } = this.#options;
    room.tier = step.state;
    for (const text of step.says)
      addEntry(room, { id: newId(), from: 'assistant', text, at: clock.now(), lang: null });
    setStanding(room, { choices: step.choices });
  }

  async #handOver(room: ChatRoom, { lookFirst }: { readonly lookFirst: boolean }): Promise<void> {
    const { clock, courier, knowledge, log, languageName } = this.#options;
    const { tier } = room;
    const card = tier.kind === 'check' || tier.kind === 'answered' ? tier.card : null;
    const topic = knowledge.signposts.find(({ id }) => id === card)?.title ?? null;
    const at = clock.now();
    const language = room.language === null ? null : (languageName(room.language) ?? room.language);
    const parcels = handOverParcels(room, { topic, lookFirst, at, languageName: language });
    setStanding(room, { stage: 'handed', choices: [] });
    for (const parcel of parcels) await courier.send(parcel);
    setStanding(room, { keptUpTo: room.entries.at(-1)?.s ?? 0, queueAway: !courier.reachesQueue });
    log.info('a chat was handed over', { lookFirst, lines: room.entries.length });
    this.#pump.run(room, (end) => this.#close(room, end));
  }

  /** The line of the person that went with a parcel. */
  #lineOf(room: ChatRoom, parcel: Parcel): number {
    if (parcel.contact === null) return accountOf(room)?.s ?? 0;
    return room.entries.find(({ id }) => parcel.key === `${room.key}-line-${id}`)?.s ?? 0;
  }

  #noteNotTaken(room: ChatRoom, parcel: Parcel): void {
    const s = this.#lineOf(room, parcel);
    if (s > 0 && room.standing.notTakenFrom === null) setStanding(room, { notTakenFrom: s });
  }

  #noteReceived(room: ChatRoom, parcel: Parcel): void {
    setStanding(room, {
      receivedUpTo: Math.max(room.standing.receivedUpTo, this.#lineOf(room, parcel)),
      queueAway: false,
    });
    if (parcel.contact === null) this.#pump.run(room, (end) => this.#close(room, end));
  }

  async #end(room: ChatRoom, ended: ChatEnded, end: EndAtQueue): Promise<void> {
    const wasHanded = room.standing.stage === 'handed';
    this.#close(room, ended);
    if (wasHanded) await this.#tellPresence(room, { kind: 'left', reason: end });
  }

  #close(room: ChatRoom, ended: ChatEnded): void {
    if (room.standing.stage === 'ended') return;
    setStanding(room, { stage: 'ended', ended, typing: false, choices: [] });
    this.#pump.stop(room);
    this.#reading.stop(room.key);
  }

  /** What cannot be kept at this moment is told the next time it is looked for. */
  #tellWhetherGone(room: ChatRoom, isGone: boolean): void {
    room.isToldGone = isGone;
    room.changed();
    const presence: Presence = isGone ? { kind: 'left', reason: 'connection-lost' } : { kind: 'back' };
    this.#tellPresence(room, presence).catch(() => {
      this.#options.log.error('whether a page is there could not be kept; it is told again');
      if (room.isToldGone !== isGone) return;
      room.isToldGone = !isGone;
      room.changed();
    });
  }

  async #tellPresence(room: ChatRoom, presence: Presence): Promise<void> {
    const { clock, courier, newId } = this.#options;
    await courier.send(presenceParcel(room, `${presence.kind}-${newId()}`, presence, clock.now()));
  }

  #forget(room: ChatRoom): void {
    this.#rooms.delete(room.key);
    this.#options.chats.forget(room.key);
    this.#pump.stop(room);
    this.#reading.stop(room.key);
    for (const stream of room.streams) stream.end();
  }
}
