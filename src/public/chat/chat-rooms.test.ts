import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
import { ChatRooms, type Said } from './chat-rooms.ts';
import { KeptChats } from './kept-chats.ts';
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
let startAgain: () => Promise<void>;

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
  let n = 0;
  const newId = (): string => `id-${(n += 1)}`;
  const open = (): void => {
    courier = new Courier({ door, kept, log: silentLogger, pause, random: () => 0 });
    rooms = new ChatRooms({
      door,
      courier,
      chats: new KeptChats({ dir, log: silentLogger }),
      knowledge: tier,
      words: en.chat,
      clock,
      log: silentLogger,
      newId,
      pause,
      languageName: (tag) => (tag === 'pl' ? 'Polish' : null),
    });
  };
  open();
  // Killed: nothing is closed in order but what this process itself has open.
  startAgain = async () => {
    rooms[Symbol.dispose]();
    await courier[Symbol.asyncDispose]();
    await kept.close();
    kept = await KeptParcels.open({ dir, clock });
    open();
  };
});
afterEach(async () => {
  rooms[Symbol.dispose]();
  await courier[Symbol.asyncDispose]();
  await kept.close();
  rmSync(dir, { recursive: true, force: true });
});

const beginning = (over: Partial<Parameters<ChatRooms['begin']>[0]> = {}): ReturnType<ChatRooms['begin']> =>
  rooms.begin({
    name: 'Nettie',
    language: null,
    isUnsafe: false,
    caller: 'caller-0000000000000001',
    crowd: null,
    visit: 'visit-1',
    form: 'form-1',
    ...over,
  });
const begin = async (over: Parameters<typeof beginning>[0] = {}): Promise<ChatRoom> => {
  const { room, begun } = beginning(over);
  await begun;
  return room;
};
/** A disk without room, until the test takes that back. */
const fullDisk = () => vi.spyOn(kept, 'keep').mockRejectedValue(new Error('ENOSPC'));
const ends = (): readonly unknown[] =>
  told()
    .filter(({ kind }) => kind === 'left')
    .map(({ reason }) => reason);
const say = (room: ChatRoom, text: string, id = `line-${text}`): Promise<Said> =>
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

  it('WP-47: a connection that stands open and says nothing is a lost one too, and back when the page speaks', async () => {
    const room = await begin({ isUnsafe: true });
    room.streams.add(watcher());
    await until(() => handed.length === 1);
    for (let n = 0; n < 10; n += 1) {
      now += 60 * SECOND;
      rooms.isPresent(room);
      rooms.sweep();
    }
    expect(handed.length).toBe(1);
    for (let n = 0; n < 37; n += 1) {
      now += 5 * SECOND;
      rooms.sweep();
    }
    await until(() => handed.length === 2);
    expect(told()[1]).toMatchObject({ kind: 'left', reason: 'connection-lost' });
    rooms.isPresent(room);
    await until(() => handed.length === 3);
    expect(told()[2]).toMatchObject({ kind: 'back' });
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

  it('WP-51: who leaves while the chat is only beginning has left in a hurry, and has not lost the connection', async () => {
    const { room, begun } = beginning({ isUnsafe: true });
    await rooms.leave(room);
    await begun;
    await until(() => handed.length === 2);
    expect(told()[0]).toMatchObject({ channel: 'web-chat', flags: { lookFirst: true } });
    expect([ends(), rooms.keys]).toEqual([['quick-exit'], []]);
    now += 31 * SECOND;
    rooms.sweep();
    for (let n = 0; n < 9; n += 1) await turn();
    expect(ends()).toEqual(['quick-exit']);
    expect((await begin()).standing.stage).toBe('handed');
  });

  it('WP-51: a browser that was told of no visit yet is known by its form, whichever of the two is here first', async () => {
    const first = await begin({ isUnsafe: true, form: 'form-1' });
    await rooms.leaveByForm('form-1');
    await rooms.leaveByForm('form-2');
    const second = await begin({ isUnsafe: true, form: 'form-2', caller: 'caller-b' });
    const other = await begin({ isUnsafe: true, form: 'form-3', caller: 'caller-c' });
    await rooms.leaveByForm('');
    await until(() => handed.length === 5);
    expect([ends(), rooms.keys]).toEqual([['quick-exit', 'quick-exit'], [other.key]]);
    expect(handed.filter(({ body }) => body.includes('quick-exit')).map(({ contact }) => contact)).toEqual([
      first.key,
      second.key,
    ]);
  });

  it('WP-51: a leaving that the disk has no room for is told all the same, with the words that were said, as soon as the queue is there', async () => {
    const room = await begin();
    await say(room, 'noise');
    const beginsOnly = beginning({ isUnsafe: true, caller: 'caller-b' });
    const full = fullDisk();
    queueAnswers = { kind: 'later', why: '503', afterMs: 0 };
    await rooms.leave(room);
    await rooms.leave(beginsOnly.room);
    for (let n = 0; n < 9; n += 1) await turn();
    expect(handed).toEqual([]);
    queueAnswers = { kind: 'received', ref: 'CON-1' };
    await until(() => ends().length === 2);
    const of = (key: string) => handed.filter((each) => each.key === key || each.contact === key);
    expect(of(room.key).map(bodyOf)).toMatchObject([
      { account: 'noise', flags: { lookFirst: true } },
      ...room.entries.filter(({ from }) => from === 'assistant').map(({ text }) => ({ text })),
      { kind: 'left', reason: 'quick-exit' },
    ]);
    full.mockRestore();
  });

  it('WP-51, WP-11: what the disk would not take is put there as soon as it does, for the next run of the program', async () => {
    const room = await begin();
    await say(room, 'noise');
    queueAnswers = { kind: 'later', why: '503', afterMs: 0 };
    const full = fullDisk();
    await rooms.leave(room);
    full.mockRestore();
    await until(() => kept.waiting.some(({ body }) => body.includes('quick-exit')));
    await startAgain();
    queueAnswers = { kind: 'received', ref: 'CON-1' };
    await until(() => ends().length === 1);
    expect(told()[0]).toMatchObject({ account: 'noise' });
    await until(() => kept.waiting.length === 0);
  });

  it('WP-10: a chat that could not be kept was not begun, and nobody is told that it is gone', async () => {
    const full = fullDisk();
    await expect(begin({ isUnsafe: true })).rejects.toThrow('ENOSPC');
    full.mockRestore();
    expect(rooms.keys).toEqual([]);
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

  it('WP-48: a line after the end is not taken and its writer is told so; one that was on its way when the control room ended it is said to be unread', async () => {
    const room = await begin({ isUnsafe: true });
    await say(room, 'are you there');
    await until(() => room.standing.receivedUpTo === 1);
    queueAnswers = { kind: 'closed' };
    expect(await say(room, 'hello?')).toBe('kept');
    await until(() => room.standing.stage === 'ended');
    expect(room.standing).toMatchObject({ notTakenFrom: 2, ended: 'by-us' });
    expect(await say(room, 'nobody?')).toBe('over');
    expect(await say(room, 'hello?')).toBe('kept');
    expect(room.entries.map(({ text }) => text)).toEqual(['are you there', 'hello?']);
  });

  it('WP-52: the program ends and begins again: the chat goes on with every line, numbered as it was, the assistant’s too; the browser is found by its visit, once', async () => {
    const withAssistant = await begin({ visit: 'visit-2', caller: 'caller-b' });
    await say(withAssistant, 'noise next door');
    const room = await begin({ isUnsafe: true });
    await say(room, 'one');
    desk.set(room.key, { handler: 'here' });
    desk.say(room.key, 'I am here');
    await until(() => room.standing.answeredUpTo === 1);
    queueAnswers = { kind: 'later', why: '503', afterMs: 0 };
    expect(await say(room, 'two')).toBe('kept');
    const before = [room, withAssistant].map(({ entries }) => entries);
    await startAgain();
    expect(rooms.takeLeft('visit-1')).toBe(room.key);
    expect(rooms.takeLeft('visit-1')).toBe(null);
    const again = [room.key, withAssistant.key].flatMap((key) => rooms.find(key) ?? []);
    expect(again.map(({ entries }) => entries)).toEqual(before);
    expect(again.map(({ standing }) => standing.choices)).toEqual([[], withAssistant.standing.choices]);
    queueAnswers = { kind: 'received', ref: 'CON-1' };
    await until(() => again[0]?.standing.receivedUpTo === 3);
    // The browser sends again what it was not told of.
    for (const text of ['two', 'three']) if (again[0] !== undefined) await say(again[0], text);
    rooms.isPresent(again[0] ?? room);
    desk.say(room.key, 'go upstairs');
    await until(() => again[0]?.entries.length === 5);
    await until(() => told().some(({ text }) => text === 'three'));
    expect(again[0]?.entries.map(({ s, text }) => `${s} ${text}`)).toEqual([
      '1 one',
      '2 I am here',
      '3 two',
      '4 three',
      '5 go upstairs',
    ]);
    expect(told().flatMap(({ account, text }) => text ?? account)).toEqual(['', 'one', 'two', 'three']);
    expect(await say(again[1] ?? room, 'a person')).toBe('kept');
    await until(() => told().some(({ text }) => text === 'a person'));
  });

  it('WP-52: whoever does not come back after that has lost the connection, and the handler is told; whoever left in a hurry before it still goes to a person, and nothing of theirs is on the disk', async () => {
    const room = await begin({ isUnsafe: true });
    const left = await begin({ isUnsafe: true, caller: 'caller-b', visit: 'visit-2' });
    await say(left, 'hes in the hall hav');
    await rooms.leave(left);
    await until(() => told().some(({ reason }) => reason === 'quick-exit'));
    await startAgain();
    expect(rooms.keys).toEqual([room.key]);
    expect(rooms.takeLeft('visit-2')).toBe(null);
    expect((await begin({ caller: 'caller-b' })).standing.stage).toBe('handed');
    now += 31 * SECOND;
    rooms.sweep();
    await until(() => told().some(({ reason }) => reason === 'connection-lost'));
    await startAgain();
    const again = rooms.find(room.key) ?? room;
    rooms.isPresent(again);
    await until(() => told().some(({ kind }) => kind === 'back'));
    now += 61 * MINUTE;
    await startAgain();
    expect(rooms.keys).toEqual([]);
    expect(readdirSync(join(dir, 'chats'))).toEqual(['exits']);
  });

  it('WP-52: a chat whose file was changed or torn begins anew; nothing else is lost with it, and nobody can read one', async () => {
    const [one, two] = [await begin({ isUnsafe: true }), await begin({ isUnsafe: true, visit: 'visit-2' })];
    await say(one, 'secret words');
    await say(two, 'more words');
    const files = readdirSync(join(dir, 'chats'));
    const texts = files.map((file) => readFileSync(join(dir, 'chats', file), 'latin1'));
    expect(texts.join()).not.toMatch(/words|web-chat/);
    writeFileSync(join(dir, 'chats', files[0] ?? ''), texts[0]?.replace(/^./, '#').slice(0, 80) ?? '');
    await startAgain();
    expect(rooms.keys.length).toBe(1);
    expect(readdirSync(join(dir, 'chats')).length).toBe(1);
  });

  it('WP-52, CH-17: a chat goes on whatever stood beside its lines, also where a colleague has just taken it', async () => {
    const room = await begin({ isUnsafe: true });
    for (const handler of ['here', 'away', 'colleague', 'waiting'] as const) {
      desk.set(room.key, { handler });
      rooms.isPresent(rooms.find(room.key) ?? room);
      await until(() => rooms.find(room.key)?.standing.handler === handler);
      await say(rooms.find(room.key) ?? room, `said while ${handler}`);
      await startAgain();
      expect([handler, rooms.find(room.key)?.standing.handler]).toEqual([handler, handler]);
    }
  });

  it('WP-10: a disk that is full ends nothing: that a page is gone is told when it can be kept', async () => {
    const room = await begin({ isUnsafe: true });
    await until(() => told().length === 1);
    const full = fullDisk();
    now += 31 * SECOND;
    rooms.sweep();
    await until(() => !room.isToldGone);
    full.mockRestore();
    rooms.sweep();
    await until(() => told().some(({ reason }) => reason === 'connection-lost'));
    const fullAgain = fullDisk();
    rooms.isPresent(room);
    await until(() => room.isToldGone);
    fullAgain.mockRestore();
    rooms.isPresent(room);
    await until(() => told().some(({ kind }) => kind === 'back'));
  });

  it('CH-03: how far our lines were read is told until it is taken, each step once and under the same name at every try', async () => {
    const room = await begin({ isUnsafe: true });
    rooms.isPresent(room);
    for (const text of ['a', 'b', 'c']) desk.say(room.key, text);
    await until(() => room.lastFromQueue === 3);
    await until(() => handed.length === 1);
    queueAnswers = { kind: 'later', why: '503', afterMs: 0 };
    rooms.tellRead(room, 4, 'seen');
    rooms.tellRead(room, 1, 'delivered');
    rooms.tellRead(room, 2, 'seen');
    for (let n = 0; n < 9; n += 1) await turn();
    rooms.tellRead(room, 3, 'seen');
    queueAnswers = { kind: 'received', ref: 'CON-1' };
    await until(() => told().some(({ upTo }) => upTo === 3));
    for (const upTo of [3, 2]) rooms.tellRead(room, upTo, 'seen');
    for (let n = 0; n < 9; n += 1) await turn();
    const reached = handed.filter(({ body }) => body.includes('"seen"'));
    expect(reached.map(({ key }) => key.replace(room.key, ''))).toEqual(['-delivered-1', '-seen-3']);
    expect(reached.map(bodyOf)).toEqual([
      { kind: 'seen', upTo: 1, how: 'delivered' },
      { kind: 'seen', upTo: 3, how: 'seen' },
    ]);
  });
});
