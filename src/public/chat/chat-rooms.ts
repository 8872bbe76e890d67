import type { Logger } from '../../platform/log.ts';
import { MINUTE, SECOND, type Clock } from '../../shared/domain/time.ts';
import type { Courier } from '../queue/courier.ts';
import type { Parcel, QueueDoor } from '../queue/queue-door.ts';
import type { Words } from '../words/en.ts';
import { isForPerson, messageParcel, type EndAtQueue } from './chat-parcels.ts';
import { addEntry, setStanding, standingOfNew, type ChatEnded, type ChatRoom } from './chat-room.ts';
import { ChatPump } from './chat-pump.ts';
import { HandOver, noteNotTaken, noteReceived } from './hand-over.ts';
import { HurriedExits } from './hurried-exits.ts';
import type { KeptChats } from './kept-chats.ts';
import { FORGOTTEN_AFTER_MS, OpenRooms } from './open-rooms.ts';
import { PresenceTold } from './presence-told.ts';
import { ReadingTold } from './reading-told.ts';
import { tierBegins, tierStep, type FirstTierKnowledge, type TierStep } from './first-tier.ts';

/** A page that has not been heard of for so long has lost its connection, or its battery. Milliseconds. */
const GONE_AFTER_MS = 30 * SECOND;
/**
 * A connection that looks open and over which a page has said nothing for so long is dead: a telephone in a lift closes nothing. A page speaks
 * every half minute, every minute where nobody looks at it. Milliseconds.
 */
const SILENT_AFTER_MS = 150 * SECOND;
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
  readonly #rooms: OpenRooms;
  readonly #exits: HurriedExits;
  readonly #presence: PresenceTold;
  readonly #handing: HandOver;
  readonly #pump: ChatPump;
  readonly #reading: ReadingTold;
  readonly #received: Disposable;

  constructor(options: ChatRoomsOptions) {
    this.#options = options;
    this.#rooms = new OpenRooms(options);
    this.#handing = new HandOver(options);
    this.#pump = new ChatPump(options);
    this.#reading = new ReadingTold(options);
    this.#exits = new HurriedExits(options);
    this.#presence = new PresenceTold(options);
    for (const room of this.#rooms.goOn()) this.#goOnWith(room);
    this.#received = options.courier.settled.subscribe(({ parcel, handed }) => {
      const room = this.find(parcel.contact ?? parcel.key);
      if (room === null) return;
      if (handed.kind !== 'received') noteNotTaken(room, parcel);
      if (handed.kind === 'closed') this.#close(room, 'by-us');
      if (handed.kind !== 'received') return;
      noteReceived(room, parcel);
      if (parcel.contact === null) this.#follow(room);
    });
  }

  get size(): number {
    return this.keys.length;
  }

  /** Of every open chat. */
  get keys(): readonly string[] {
    return this.#rooms.keys;
  }

  find(key: string | null): ChatRoom | null {
    return this.#rooms.find(key);
  }

  /** The key of an earlier run's chat of this visit; once. `null`: there is none. */
  takeLeft(visit: string): string | null {
    return this.#rooms.takeLeft(visit);
  }

  /**
   * Begins a chat; it is there, and can be left, from this call on. `begun` resolves when it may be shown, and rejects when it cannot be kept: then it is
   * forgotten. The first tier answers in English only, and not where writing may not be safe: then a person is asked for at once.
   */
  begin(who: {
    readonly name: string;
    readonly language: string | null;
    readonly isUnsafe: boolean;
    readonly caller: string;
    readonly crowd: string | null;
    readonly visit: string;
    readonly form: string;
  }): { readonly room: ChatRoom; readonly begun: Promise<void> } {
    const { clock, newId } = this.#options;
    const { form, ...chat } = who;
    const facts = {
      ...chat,
      key: `web-chat-${newId()}`,
      mayBeBack: this.#exits.mayBeBack(who.caller),
      entries: [],
      standing: standingOfNew,
      tier: { kind: 'ask', missed: 0 },
      lastFromQueue: 0,
      isToldGone: false,
      at: clock.now(),
    } as const;
    const room = this.#rooms.add(facts, form);
    return { room, begun: this.#begin(room) };
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
      await this.#rooms.keep(room);
      return 'kept';
    }
    if (entry === null) return 'kept';
    const said = room.entries.filter(({ from }) => from === 'public').map(({ text }) => text);
    const step = tierStep(knowledge, room.tier, said, clock.now());
    this.#assistantSays(room, step);
    if (step.leadsTo === 'person' || step.leadsTo === 'person-at-once')
      await this.#handOver(room, { lookFirst: step.leadsTo === 'person-at-once' });
    if (step.leadsTo === 'end') await this.#end(room, 'by-assistant', 'assistant-answered');
    await this.#rooms.keep(room);
    return 'kept';
  }

  /** The person's page is there: what was told of its absence is taken back. */
  isPresent(room: ChatRoom): void {
    room.heardAt = this.#options.clock.monotonic();
    room.presentAt = room.heardAt;
    if (room.isToldGone && room.standing.stage === 'handed') {
      this.#presence.whetherGone(room, false);
    }
    if (room.standing.stage === 'handed') this.#follow(room);
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
   * browser soon may be them. Who had written to the assistant alone is handed over now: a person should look. What the disk has no room for
   * is told all the same.
   */
  async leave(room: ChatRoom): Promise<void> {
    this.#forget(room);
    const { stage } = room.standing;
    if (stage === 'ended') return;
    room.standing = { ...room.standing, stage: 'ended' };
    const hasWritten = room.entries.some(({ from }) => from === 'public');
    if (stage === 'assistant' && !hasWritten) return;
    const noted = this.#exits.note(room.caller);
    await this.#handing.anyway(room);
    await this.#presence.leftInAHurry(room);
    await noted;
  }

  /** A page was left in a hurry before it knew of its chat, perhaps before the chat was begun: by the form that was sent from it. */
  async leaveByForm(form: string): Promise<void> {
    if (form === '') return;
    this.#exits.noteForm(form);
    const begunByIt = this.#rooms.all.filter((room) => room.form === form);
    await Promise.all(begunByIt.map((room) => this.leave(room)));
  }

  /** Tells of pages that are gone, and forgets what nobody looks at. Called every few seconds. */
  sweep(): void {
    const { clock } = this.#options;
    const now = clock.monotonic();
    this.#exits.sweep();
    for (const room of this.#rooms.all) {
      if (room.streams.size > 0 && now - room.heardAt < SILENT_AFTER_MS) room.presentAt = now;
      const away = now - room.presentAt;
      if (away > GONE_AFTER_MS && room.standing.stage === 'handed' && !room.isToldGone) {
        this.#presence.whetherGone(room, true);
      }
      if (away > FORGOTTEN_AFTER_MS) this.#forget(room);
      else if (away === 0 && clock.now() - room.writtenAt > WRITTEN_AGAIN_MS) room.changed();
    }
  }

  [Symbol.dispose](): void {
    this.#received[Symbol.dispose]();
    this.#pump[Symbol.dispose]();
    this.#reading[Symbol.dispose]();
    for (const { streams } of this.#rooms.all) for (const stream of streams) stream.end();
  }

  /** Ended between two lines of a hand-over, some were not kept: the same again makes nothing twice. */
  #goOnWith(room: ChatRoom): void {
    if (room.standing.stage !== 'handed') return;
    this.#handOver(room, { lookFirst: true }).catch(() =>
      this.#options.log.error('a chat could not be kept'),
    );
  }

  #assistantSays(room: ChatRoom, step: TierStep): void {
    const { clock, newId } = this.#options;
    room.tier = step.state;
    for (const text of step.says)
      addEntry(room, { id: newId(), from: 'assistant', text, at: clock.now(), lang: null });
    setStanding(room, { choices: step.choices });
  }

  async #begin(room: ChatRoom): Promise<void> {
    try {
      if (isForPerson(room)) await this.#handOver(room, { lookFirst: room.isUnsafe });
      else this.#assistantSays(room, tierBegins(this.#options.knowledge));
    } catch (error) {
      // Left meanwhile, it is told all the same. Otherwise whoever sent the form is told that there is no chat, and nobody is told that it is gone.
      this.#forget(room);
      throw error;
    }
    // The leaving was here before the form that it followed.
    if (this.#exits.wasLeft(room.form)) await this.leave(room);
  }

  async #handOver(room: ChatRoom, how: { readonly lookFirst: boolean }): Promise<void> {
    await this.#handing.run(room, how);
    this.#follow(room);
  }

  /** Brings what the control room writes. */
  #follow(room: ChatRoom): void {
    this.#pump.run(room, (end) => this.#close(room, end));
  }

  async #end(room: ChatRoom, ended: ChatEnded, end: EndAtQueue): Promise<void> {
    const wasHanded = room.standing.stage === 'handed';
    this.#close(room, ended);
    if (wasHanded) await this.#presence.left(room, end);
  }

  #close(room: ChatRoom, ended: ChatEnded): void {
    if (room.standing.stage === 'ended') return;
    setStanding(room, { stage: 'ended', ended, typing: false, choices: [] });
    this.#pump.stop(room);
    this.#reading.stop(room.key);
  }

  #forget(room: ChatRoom): void {
    this.#rooms.forget(room);
    this.#pump.stop(room);
    this.#reading.stop(room.key);
  }
}
