import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, StandInChatDoor } from '../../../tests/harness/stand-in-chat-door.ts';
import { silentLogger } from '../../platform/log.ts';
import { asInstant, MINUTE, SECOND, type Clock } from '../../shared/domain/time.ts';
import type { EventStream } from '../http/exchange.ts';
import { readKnowledge } from '../knowledge.ts';
import { Courier } from '../queue/courier.ts';
import { KeptParcels } from '../queue/kept-parcels.ts';
import type { Handed, Parcel, QueueDoor } from '../queue/queue-door.ts';
import { en } from '../words/en.ts';
import type { ChatEntry, ChatRoom } from './chat-room.ts';
import { ChatRooms } from './chat-rooms.ts';
import type { FirstTierKnowledge } from './first-tier.ts';

const tier: FirstTierKnowledge = {
  ...readKnowledge(fileURLToPath(new URL('../../../resources/policy/', import.meta.url))),
  words: en.chat.tier,
  pageOf: ({ id }) => `/for-the-police/${id}/no`,
};

let now = 0;
const clock: Clock = { now: () => asInstant(1_795_000_000_000 + now), monotonic: () => now };
let dir: string;
let kept: KeptParcels;
let courier: Courier;
let rooms: ChatRooms;
let desk: StandInChatDoor;
let handed: Parcel[];
let queueAnswers: Handed;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const until = async (fact: () => boolean): Promise<void> => {
  while (!fact()) await turn();
};
const pause = (_: number, stop: AbortSignal): Promise<void> => (stop.aborted ? Promise.resolve() : turn());

beforeEach(async () => {
  now = 0;
  dir = mkdtempSync(join(tmpdir(), 'fcr-rooms-'));
  kept = await KeptParcels.open({ dir, clock });
  desk = new StandInChatDoor();
  handed = [];
  queueAnswers = { kind: 'received', ref: 'CON-1' };
  const door: QueueDoor = {
    hand: async (parcel) => {
      if (queueAnswers.kind === 'received') handed.push(parcel);
      return queueAnswers;
    },
    status: () => Promise.resolve(null),
    chat: (key, asked, stop) => desk.chat(key, asked, stop),
  };
  courier = new Courier({ door, kept, log: silentLogger, pause, random: () => 0 });
  let n = 0;
  const newId = (): string => `id-${(n += 1)}`;
  rooms = new ChatRooms({
    door,
    courier,
    knowledge: tier,
    words: en.chat,
    clock,
    log: silentLogger,
    newId,
    pause,
    languageName: (tag) => (tag === 'pl' ? 'Polish' : null),
  });
});
afterEach(async () => {
  rooms[Symbol.dispose]();
  await courier[Symbol.asyncDispose]();
  await kept.close();
  rmSync(dir, { recursive: true, force: true });
});

const begin = (over: Partial<Parameters<ChatRooms['begin']>[0]> = {}): Promise<ChatRoom> =>
  rooms.begin({
    name: 'Nettie',
    language: null,
    isUnsafe: false,
    caller: 'caller-0000000000000001',
    crowd: null,
    ...over,
  });
const say = (room: ChatRoom, text: string, id = `line-${text}`): Promise<void> =>
  rooms.say(room, { id, text });
const told = (): Record<string, unknown>[] => handed.map(bodyOf);

/** A browser that follows a chat, and forgets nothing it was sent. */
function watcher(): EventStream & { readonly lines: ChatEntry[] } {
  const lines: ChatEntry[] = [];
  return {
    lines,
    send: (event, data) => void (event === 'line' && lines.push(data as ChatEntry)),
    end: () => undefined,
    closed: new Promise(() => undefined),
  };
}

describe('a chat from the public’s side', () => {
  it('WP-42: at a risk word the control room has the chat, the whole of it in its order, with "look first"', async () => {
    const room = await begin();
    await say(room, 'question about an order');
    expect(handed).toEqual([]);
    await say(room, 'hes outside banging on the door');
    await until(() => handed.length === room.entries.length);
    const [contact, ...messages] = told();
    expect(contact).toMatchObject({
      channel: 'web-chat',
      account: 'question about an order',
      flags: { lookFirst: true },
      caller: { name: 'Nettie' },
      channelState: 'queued',
      title: 'Web chat',
    });
    expect(messages.map(({ text }) => text)).toEqual(
      room.entries.filter(({ text }) => text !== 'question about an order').map(({ text }) => text),
    );
    expect(new Set(messages.map(({ from }) => from))).toEqual(new Set(['assistant', 'public']));
    expect(room.standing).toMatchObject({ stage: 'handed', choices: [] });
  });

  it('WP-44: somebody who is not safe, and somebody who writes in another language, get a person without the assistant', async () => {
    const unsafe = await begin({ isUnsafe: true, caller: 'caller-a' });
    const polish = await begin({ language: 'pl', caller: 'caller-b' });
    await until(() => handed.length === 2);
    expect(told()).toMatchObject([
      { title: 'Web chat: says it may not be safe to write', flags: { lookFirst: true } },
      { title: 'Web chat in Polish', language: 'pl', flags: { lookFirst: false } },
    ]);
    expect([...unsafe.entries, ...polish.entries]).toEqual([]);
    await say(polish, 'Szef trzyma mój paszport');
    await until(() => handed.length === 3);
    expect(told()[2]).toMatchObject({ kind: 'message', from: 'public', language: 'pl' });
  });

  it('WP-45: a line that comes again, because its answer was lost, is there once on both sides', async () => {
    const room = await begin({ isUnsafe: true });
    await Promise.all([say(room, 'he is here', 'line-1'), say(room, 'he is here', 'line-1')]);
    await say(room, 'he is here', 'line-1');
    await until(() => handed.length === 2);
    await turn();
    expect(handed.map(({ key }) => key)).toEqual([room.key, `${room.key}-line-line-1`]);
    expect(room.entries.length).toBe(1);
  });

  it('WP-45: a line says where it is: kept here, with the control room, answered', async () => {
    queueAnswers = { kind: 'later', why: '503', afterMs: 0 };
    const room = await begin({ isUnsafe: true });
    await say(room, 'hello');
    expect(room.standing).toMatchObject({ keptUpTo: 1, receivedUpTo: 0 });
    await until(() => room.standing.queueAway || !courier.reachesQueue);
    queueAnswers = { kind: 'received', ref: 'CON-1' };
    await until(() => room.standing.receivedUpTo === 1);
    desk.set(room.key, { handler: 'here' });
    desk.say(room.key, 'I am here');
    await until(() => room.standing.answeredUpTo === 1);
    expect(room.entries.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'public: hello',
      'handler: I am here',
    ]);
  });

  it('WP-46: whoever comes back is told what they have not got, in order and once, however our side came and went', async () => {
    const room = await begin({ isUnsafe: true });
    const browser = watcher();
    room.streams.add(browser);
    rooms.isPresent(room);
    for (let n = 1; n <= 20; n += 1) {
      desk.isAway = n % 3 === 0;
      desk.say(room.key, `line ${n}`);
      if (n % 5 === 0) await turn();
    }
    desk.isAway = false;
    await until(() => browser.lines.length >= 20);
    expect(browser.lines.map(({ text }) => text)).toEqual(
      Array.from({ length: 20 }, (_, n) => `line ${n + 1}`),
    );
    expect(browser.lines.map(({ s }) => s)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it('WP-47: a page that is gone for half a minute has lost its connection, and is back when it is back; nothing ends', async () => {
    const room = await begin({ isUnsafe: true });
    await until(() => handed.length === 1);
    now += 29 * SECOND;
    rooms.sweep();
    expect(handed.length).toBe(1);
    now += 2 * SECOND;
    rooms.sweep();
    rooms.sweep();
    await until(() => handed.length === 2);
    expect(told()[1]).toMatchObject({ kind: 'left', reason: 'connection-lost' });
    rooms.isPresent(room);
    await until(() => handed.length === 3);
    expect(told()[2]).toMatchObject({ kind: 'back' });
    expect(room.standing.stage).toBe('handed');
  });

  it('WP-51: leaving in a hurry tells the handler and forgets the chat; whoever comes from there within half an hour goes to a person', async () => {
    const room = await begin({ isUnsafe: true });
    await say(room, 'hes in the hall hav');
    await rooms.leave(room);
    await until(() => handed.length === 3);
    expect(told()[2]).toMatchObject({ kind: 'left', reason: 'quick-exit' });
    expect(rooms.find(room.key)).toBe(null);
    now += 29 * MINUTE;
    const again = await begin();
    await until(() => handed.length === 4);
    expect([again.entries, again.standing.stage]).toEqual([[], 'handed']);
    expect([told()[0]?.['browser'], told()[3]?.['browser']]).toEqual([room.caller, room.caller]);
    now += 2 * MINUTE;
    expect((await begin()).standing.stage).toBe('assistant');
  });

  it('WP-51: who leaves the assistant in a hurry after writing to it is handed over; who had not written is forgotten', async () => {
    const silent = await begin({ caller: 'caller-a' });
    await rooms.leave(silent);
    const wrote = await begin({ caller: 'caller-b' });
    await say(wrote, 'noise');
    await rooms.leave(wrote);
    await until(() => told().some(({ reason }) => reason === 'quick-exit'));
    expect(told()[0]).toMatchObject({ account: 'noise', flags: { lookFirst: true } });
    expect(handed.every(({ key }) => key.startsWith(wrote.key))).toBe(true);
  });

  it('WP-48: when the control room has ended it nothing more is taken, and what the person ends is told once', async () => {
    const [ours, theirs] = [
      await begin({ isUnsafe: true }),
      await begin({ isUnsafe: true, caller: 'caller-b' }),
    ];
    desk.set(ours.key, { ended: { reason: 'ended-by-handler' } });
    await until(() => ours.standing.stage === 'ended');
    expect(ours.standing.ended).toBe('by-us');
    await say(ours, 'are you there');
    await rooms.endByPublic(theirs);
    await rooms.endByPublic(theirs);
    await until(() => handed.length === 3);
    await turn();
    expect(
      told()
        .filter(({ kind }) => kind === 'left')
        .map(({ reason }) => reason),
    ).toEqual(['left-before-handler']);
    expect(told().some(({ text }) => text === 'are you there')).toBe(false);
  });
});
