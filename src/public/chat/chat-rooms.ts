import type { Logger } from '../../platform/log.ts';
import { MINUTE, SECOND, type Clock } from '../../shared/domain/time.ts';
import type { Courier } from '../queue/courier.ts';
import type { Parcel, QueueDoor } from '../queue/queue-door.ts';
import type { Words } from '../words/en.ts';
import {
  handOverParcels,
  messageParcel,
  presenceParcel,
  type EndAtQueue,
  type Presence,
} from './chat-parcels.ts';
import { addEntry, setStanding, standingOfNew, type ChatEnded, type ChatRoom } from './chat-room.ts';
import { ChatPump } from './chat-pump.ts';
import { tierBegins, tierStep, type FirstTierKnowledge, type TierStep } from './first-tier.ts';

/** A page that has not been heard of for so long has lost its connection, or its battery. Milliseconds. */
const GONE_AFTER_MS = 30 * SECOND;
/** A chat that nobody looks at is forgotten here after this; the control room has what was said. Milliseconds. */
const FORGOTTEN_AFTER_MS = 60 * MINUTE;
/** So long a new chat from the same address and browser may be somebody who left in a hurry. Milliseconds. */
const MAY_BE_BACK_MS = 30 * MINUTE;
/** One line. UTF-16 units. */
export const CHAT_LINE_LIMIT = 2_000;
const MOST_ENTRIES = 1_000;

export interface ChatRoomsOptions {
  readonly door: QueueDoor;
  readonly courier: Courier;
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
  /** Who left in a hurry, by address and browser, and when. In memory only, and not for long. */
  readonly #exits = new Map<string, number>();
  readonly #pump: ChatPump;
  readonly #received: Disposable;

  constructor(options: ChatRoomsOptions) {
    this.#options = options;
    this.#pump = new ChatPump(options);
    this.#received = options.courier.settled.subscribe(({ parcel, handed }) => {
      const room = this.#rooms.get(parcel.contact ?? parcel.key);
      if (room === undefined) return;
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

  /** Begins a chat. The first tier answers in English only, and not where writing may not be safe: then a person is asked for at once. */
  async begin(who: {
    readonly name: string;
    readonly language: string | null;
    readonly isUnsafe: boolean;
    readonly caller: string;
    readonly crowd: string | null;
  }): Promise<ChatRoom> {
    const { clock, newId, knowledge } = this.#options;
    const exit = this.#exits.get(who.caller);
    const mayBeBack = exit !== undefined && clock.monotonic() - exit < MAY_BE_BACK_MS;
    const room: ChatRoom = {
      ...who,
      key: `web-chat-${newId()}`,
      mayBeBack,
      entries: [],
      standing: standingOfNew,
      tier: { kind: 'ask', missed: 0 },
      lastFromQueue: 0,
      presentAt: clock.monotonic(),
      isToldGone: false,
      streams: new Set(),
    };
    this.#rooms.set(room.key, room);
    if (room.isUnsafe || room.language !== null || mayBeBack)
      await this.#handOver(room, { lookFirst: room.isUnsafe });
    else this.#assistantSays(room, tierBegins(knowledge));
    return room;
  }

  /**
   * A line of the person, under the name their browser gave it. Resolves when it is kept; the same again changes nothing.
   * Rejects when it cannot be kept: then nobody may be told that it is.
   */
  async say(room: ChatRoom, line: { readonly id: string; readonly text: string }): Promise<void> {
    const { clock, courier, knowledge } = this.#options;
    this.isPresent(room);
    if (room.standing.stage === 'ended' || room.entries.length >= MOST_ENTRIES) return;
    const entry = addEntry(room, { ...line, from: 'public', at: clock.now(), lang: room.language });
    const known = room.entries.find(({ id }) => id === line.id);
    if (known === undefined) return;
    if (room.standing.stage === 'handed') {
      const parcel = messageParcel(room, known);
      if (parcel !== null) await courier.send(parcel);
      return setStanding(room, { keptUpTo: Math.max(room.standing.keptUpTo, known.s) });
    }
    if (entry === null) return;
    const said = room.entries.filter(({ from }) => from === 'public').map(({ text }) => text);
    const step = tierStep(knowledge, room.tier, said, clock.now());
    this.#assistantSays(room, step);
    if (step.leadsTo === 'person' || step.leadsTo === 'person-at-once')
      await this.#handOver(room, { lookFirst: step.leadsTo === 'person-at-once' });
    if (step.leadsTo === 'end') await this.#end(room, 'by-assistant', 'assistant-answered');
  }

  /** The person's page is there: what was told of its absence is taken back. */
  isPresent(room: ChatRoom): void {
    room.presentAt = this.#options.clock.monotonic();
    if (room.isToldGone && room.standing.stage === 'handed') {
      room.isToldGone = false;
      void this.#tellPresence(room, { kind: 'back' });
    }
    if (room.standing.stage === 'handed') this.#pump.run(room, (end) => this.#close(room, end));
  }

  /** Tells the handler that the person writes, or has seen our lines up to one. Not kept: it is of no use later. */
  tell(
    room: ChatRoom,
    body:
      | { readonly kind: 'typing' }
      | { readonly kind: 'seen'; readonly upTo: number; readonly how: 'delivered' | 'seen' },
  ): void {
    const { door, clock, newId } = this.#options;
    if (room.standing.stage !== 'handed') return;
    const parcel: Parcel = {
      key: `${room.key}-${body.kind}-${newId()}`,
      contact: room.key,
      body: JSON.stringify({ ...body, at: clock.now() }),
    };
    void door.hand(parcel, AbortSignal.timeout(5 * SECOND));
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
    const { clock } = this.#options;
    this.#forget(room);
    if (room.standing.stage === 'ended') return;
    const hasWritten = room.entries.some(({ from }) => from === 'public');
    if (room.standing.stage === 'assistant' && !hasWritten) return;
    this.#exits.set(room.caller, clock.monotonic());
    if (room.standing.stage === 'assistant') await this.#handOver(room, { lookFirst: true });
    room.standing = { ...room.standing, stage: 'ended' };
    await this.#tellPresence(room, { kind: 'left', reason: 'quick-exit' });
  }

  /** Tells of pages that are gone, and forgets what nobody looks at. Called every few seconds. */
  sweep(): void {
    const now = this.#options.clock.monotonic();
    for (const [caller, at] of this.#exits) if (now - at > MAY_BE_BACK_MS) this.#exits.delete(caller);
    for (const room of this.#rooms.values()) {
      if (room.streams.size > 0) room.presentAt = now;
      const away = now - room.presentAt;
      if (away > GONE_AFTER_MS && room.standing.stage === 'handed' && !room.isToldGone) {
        room.isToldGone = true;
        void this.#tellPresence(room, { kind: 'left', reason: 'connection-lost' });
      }
      if (away > FORGOTTEN_AFTER_MS) this.#forget(room);
    }
  }

  [Symbol.dispose](): void {
    this.#received[Symbol.dispose]();
    this.#pump[Symbol.dispose]();
    for (const { streams } of this.#rooms.values()) for (const stream of streams) stream.end();
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

  #noteReceived(room: ChatRoom, parcel: Parcel): void {
    const isContact = parcel.contact === null;
    const entry = isContact
      ? room.entries.find(({ from }) => from === 'public')
      : room.entries.find(({ id }) => parcel.key === `${room.key}-line-${id}`);
    setStanding(room, {
      receivedUpTo: Math.max(room.standing.receivedUpTo, entry?.s ?? 0),
      queueAway: false,
    });
    if (isContact) this.#pump.run(room, (end) => this.#close(room, end));
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
  }

  async #tellPresence(room: ChatRoom, presence: Presence): Promise<void> {
    const { clock, courier, newId } = this.#options;
    await courier.send(presenceParcel(room, `${presence.kind}-${newId()}`, presence, clock.now()));
  }

  #forget(room: ChatRoom): void {
    this.#rooms.delete(room.key);
    this.#pump.stop(room);
    for (const stream of room.streams) stream.end();
  }
}
