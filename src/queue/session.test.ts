import { randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anArrival } from '../../tests/harness/arrivals.ts';
import { testStart } from '../../tests/harness/builders.ts';
import { fixedPolicies } from '../../tests/harness/fixed-policies.ts';
import { signIn } from '../../tests/harness/queue.ts';
import { silentLogger } from '../platform/log.ts';
import {
  LINK_VERSION,
  downFrameSchema,
  DOWN_FRAME_LIMIT,
  parseFrame,
  type DownFrame,
} from '../shared/contract/queue-link.ts';
import { SignIns } from './accounts/sign-ins.ts';
import type { DeskSocket } from './desk-outlet.ts';
import { LogTail } from './log-tail.ts';
import { QueueService } from './service.ts';
import { HELLO_WITHIN_MS, SILENCE_LIMIT_MS, type Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { createMemoryStore } from './store/memory-store.ts';
import type { QueueStore } from './store/queue-store.ts';

/** Timers that run when a test moves the time. */
class SteppedTimers {
  #now = 0;
  readonly #tasks = new Map<object, { readonly at: number; readonly task: () => void }>();

  after(ms: number, task: () => void): Disposable {
    const key = {};
    this.#tasks.set(key, { at: this.#now + ms, task });
    return { [Symbol.dispose]: () => void this.#tasks.delete(key) };
  }

  step(ms: number): void {
    this.#now += ms;
    for (const [key, { at, task }] of [...this.#tasks]) {
      if (at <= this.#now && this.#tasks.delete(key)) task();
    }
  }
}

interface Wire {
  readonly session: Session;
  readonly frames: DownFrame[];
  readonly sizes: number[];
  readonly closed: number[];
}

describe('one desk’s session', () => {
  let timers: SteppedTimers;
  let service: QueueService;
  let tail: LogTail;
  let sessions: Sessions;
  let store: QueueStore;
  /** What a transaction waits for before it reaches the store, as for a connection to be free. */
  let gate: Promise<void>;
  beforeEach(async () => {
    timers = new SteppedTimers();
    gate = Promise.resolve();
    const kept = createMemoryStore({ realm: 'demo', newId: randomUUID });
    store = { ...kept, transact: (work) => gate.then(() => kept.transact(work)) };
    const clock = { now: () => testStart, monotonic: () => 0 };
    service = new QueueService({ store, policies: fixedPolicies(), clock, newId: randomUUID });
    const signIns = new SignIns({ store, clock, random: randomBytes });
    tail = new LogTail({ service, timers, log: silentLogger });
    sessions = new Sessions({
      service,
      signIns,
      tail,
      timers,
      log: silentLogger,
      newId: randomUUID,
      nextTurn,
    });
    await tail.start();
  });
  afterEach(() => {
    tail[Symbol.dispose]();
    sessions[Symbol.dispose]();
    const listening = service.committed.size + tail.entries.size + tail.broken.size;
    if (listening > 0) throw new Error(`${listening} listeners were left behind`);
  });

  const connect = (): Wire => {
    const frames: DownFrame[] = [];
    const sizes: number[] = [];
    const closed: number[] = [];
    const socket: DeskSocket = {
      bufferedAmount: 0,
      send(text, flushed) {
        const parsed = parseFrame(downFrameSchema, text);
        if (!parsed.ok) throw new Error(parsed.why);
        frames.push(parsed.frame);
        sizes.push(Buffer.byteLength(text));
        flushed?.();
      },
      close: (code) => void closed.push(code),
    };
    return {
      session: sessions.open(socket),
      frames,
      sizes,
      closed,
    };
  };
  const someDesk = () => ({ deskId: randomUUID(), incarnation: randomUUID() });
  const hello = async ({ session }: Wire, who: ReturnType<typeof someDesk> = someDesk()) => {
    const token = await signIn({ store, service }, { desk: who.deskId });
    session.receive(
      JSON.stringify({
        t: 'HELLO',
        v: LINK_VERSION,
        ...who,
        appVersion: 't',
        realm: 'demo',
        signIn: { handler: '4711', token },
        resume: { cursor: null, lastCmdAcked: 0 },
        owns: [],
      }),
    );
  };
  const until = async (fact: () => boolean) => {
    while (!fact()) await nextTurn();
  };
  const arrive = (over: Parameters<typeof anArrival>[0] = {}) =>
    service.accept({ source: 's', key: randomUUID(), arrival: anArrival(over) });
  const kinds = ({ frames }: Wire) => frames.map(({ t }) => t);

  it('L-01 closes with 4001 a desk that says no HELLO within 5 s, and not before', () => {
    const wire = connect();
    timers.step(HELLO_WITHIN_MS - 1);
    expect(wire.closed).toEqual([]);
    timers.step(1);
    expect(wire.closed).toEqual([4001]);
  });

  it('L-12 closes the link of a desk that is not heard of for 15 s; any frame counts', async () => {
    const wire = connect();
    await hello(wire);
    await until(() => kinds(wire).includes('SNAPEND'));
    timers.step(SILENCE_LIMIT_MS - 1);
    wire.session.receive(JSON.stringify({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 }));
    timers.step(SILENCE_LIMIT_MS - 1);
    expect(wire.closed).toEqual([]);
    timers.step(1);
    expect(wire.closed).toEqual([4013]);
  });

  it('L-08 sends the emergencies that WELCOME has no room for as FLASH before any other frame', async () => {
    await Promise.all(Array.from({ length: 450 }, () => arrive({ channel: '999-voice' })));
    const wire = connect();
    await hello(wire);
    wire.session.receive(JSON.stringify({ t: 'HB', n: 1, cursor: null, cmdSeq: 0 }));
    await until(() => kinds(wire).includes('SNAP'));
    const [welcome, ...rest] = wire.frames;
    expect(welcome).toMatchObject({ t: 'WELCOME', emergencyCount: 450 });
    expect(welcome?.t === 'WELCOME' && welcome.emergencies).toHaveLength(400);
    expect(rest.slice(0, 50).every(({ t }) => t === 'FLASH')).toBe(true);
    const told = new Set([
      ...(welcome?.t === 'WELCOME' ? welcome.emergencies.map(({ id }) => id) : []),
      ...rest.flatMap((frame) => (frame.t === 'FLASH' ? [frame.summary.id] : [])),
    ]);
    expect(told.size).toBe(450);
    wire.session.close(1000, 'done');
  });

  it('L-04 L-08 keeps WELCOME within the frame limit whatever the emergencies say', async () => {
    const wide = '警'.repeat(160);
    await Promise.all(
      Array.from({ length: 410 }, () => arrive({ channel: '999-voice', title: wide, place: wide })),
    );
    const wire = connect();
    await hello(wire);
    await until(() => wire.frames.length > 0);
    expect(wire.sizes[0]).toBeLessThanOrEqual(DOWN_FRAME_LIMIT);
    wire.session.close(1000, 'done');
  });

  it('L-09 flashes in the turn of the commit a desk whose snapshot waits for credit', async () => {
    const account = 'x'.repeat(30_000);
    await Promise.all(Array.from({ length: 30 }, () => arrive({ account })));
    const wire = connect();
    await hello(wire);
    await until(() => wire.sizes.reduce((sum, size) => sum + size, 0) > 256 * 1024);
    const before = wire.frames.length;
    let told: number | null = null;
    using _ = service.committed.subscribe(() => {
      told = wire.frames.length;
    });
    await arrive({ channel: '999-voice' });
    expect(told).toBe(before + 1);
    expect(wire.frames.at(before)?.t).toBe('FLASH');
    expect(kinds(wire)).not.toContain('SNAPEND');
    wire.session.receive(JSON.stringify({ t: 'CREDIT', bytes: 10_000_000 }));
    wire.session.receive(JSON.stringify({ t: 'CREDIT', bytes: 10_000_000 }));
    await until(() => {
      wire.session.receive(JSON.stringify({ t: 'CREDIT', bytes: 10_000_000 }));
      return kinds(wire).includes('EVT');
    });
    wire.session.close(1000, 'done');
  });

  it.each(['ended', 'displaced'])(
    'L-08 L-16 counts in WELCOME a command on its way from a link that was %s, and starts no other of that link',
    async (how) => {
      const accepted = await arrive();
      if (accepted.kind !== 'accepted') throw new Error('not accepted');
      const who = someDesk();
      const older = connect();
      await hello(older, who);
      await until(() => kinds(older).includes('SNAPEND'));
      let open = (): void => undefined;
      gate = new Promise((resolve) => (open = resolve));
      for (const cmdSeq of [1, 2]) {
        const body = { kind: 'note', text: `note ${cmdSeq}`, happenedAt: null };
        const at = { mono: 0, wall: 0, offset: 0, err: 0 };
        const contact = accepted.entry.contact;
        const cmdId = randomUUID();
        const frame = { t: 'CMD', cmdSeq, cmdId, contact, fence: 0, baseRev: 1, by: '4711', body, at };
        older.session.receive(JSON.stringify(frame));
      }
      await nextTurn();
      // Only the first command waits at the gate; what the new link asks finds the store free.
      gate = Promise.resolve();
      if (how === 'ended') older.session.ended();
      const newer = connect();
      await hello(newer, who);
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      expect(newer.frames).toEqual([]);
      open();
      await until(() => newer.frames.length > 0);
      expect(newer.frames[0]).toMatchObject({ t: 'WELCOME', lastCmdSeq: 1 });
      const [contact] = await service.contacts([accepted.entry.contact]);
      expect(contact?.notes.map(({ text }) => text)).toEqual(['note 1']);
      newer.session.close(1000, 'done');
    },
  );

  it('L-06 goes from snapshot to live without a hole while contacts keep arriving', async () => {
    const flooding = { isOn: true };
    const flood = (async () => {
      while (flooding.isOn) {
        await arrive();
        await nextTurn();
      }
    })();
    const wire = connect();
    await hello(wire);
    await until(() => wire.frames.filter(({ t }) => t === 'EVT').length > 50);
    flooding.isOn = false;
    await flood;
    const end = wire.frames.find((frame) => frame.t === 'SNAPEND');
    let last = end?.asOf ?? -1;
    for (const frame of wire.frames) {
      if (frame.t !== 'EVT') continue;
      expect(frame.prev).toBe(last);
      expect(frame.lsn).toBe(last + 1);
      last = frame.lsn;
    }
    wire.session.close(1000, 'done');
  });
});
