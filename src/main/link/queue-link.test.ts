import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anActor, anId, aSummary, testStart } from '../../../tests/harness/builders.ts';
import { aWelcome, FakeNetwork } from '../../../tests/harness/fake-socket.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import {
  LINK_VERSION,
  closeCodes,
  finalCloseCodes,
  type Hello,
  type Welcome,
} from '../../shared/contract/queue-link.ts';
import { asHandlerId, asIncarnation, asLsn, asStoreEpoch } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';
import { STEADY_MS } from './back-off.ts';
import { DOWN_MS, QueueLink, SUSPECT_MS, type LinkOwner } from './queue-link.ts';

const cursor = { storeEpoch: asStoreEpoch(anId(0xe0001)), lsn: asLsn(7) };
const hello: Omit<Hello, 't' | 'v'> = {
  deskId: anActor().desk,
  incarnation: asIncarnation(anId(2)),
  appVersion: '1',
  realm: 'demo',
  signIn: { handler: asHandlerId('4711'), token: 'token' },
  resume: { cursor, lastCmdAcked: 3 },
  owns: [],
};

let clock: TestClock;
let network: FakeNetwork;
let random: number;
let urgent: boolean;
/** The window would show this, oldest first. */
let shown: string[];
let welcomes: Welcome[];
type Frame = Parameters<LinkOwner['onFrame']>[0];
let frames: Frame['t'][];
let onFrame: (frame: Frame) => void;
let link: QueueLink;

beforeEach(() => {
  clock = new TestClock();
  network = new FakeNetwork();
  random = 0.5;
  urgent = false;
  shown = [];
  welcomes = [];
  frames = [];
  onFrame = () => undefined;
  const owner: LinkOwner = {
    hello: () => hello,
    position: () => ({ cursor, cmdSeq: 3 }),
    onWelcome: (welcome) => void welcomes.push(welcome),
    onFrame(frame) {
      frames.push(frame.t);
      onFrame(frame);
    },
    onStatus: () => void shown.push(link.status().kind),
    onClosed: () => undefined,
    isUrgent: () => urgent,
  };
  link = new QueueLink({
    url: 'ws://127.0.0.1/desk',
    connect: network.connect,
    clock,
    timers: clock,
    random: () => random,
    log: silentLogger,
    owner,
  });
});

afterEach(() => {
  link.stop();
  const before = network.sockets.length;
  clock.advance(24 * 3_600_000);
  const left = { timers: clock.pending, open: network.open, more: network.sockets.length - before };
  if (left.timers + left.open + left.more > 0) throw new Error(`left over: ${JSON.stringify(left)}`);
});

/** Connected, greeted, live. */
function goLive(over: Partial<Welcome> = {}): void {
  if (network.sockets.length === 0) link.start();
  clock.advance(2_000);
  network.last.opens();
  network.last.says(aWelcome(over));
}

/** Answers the last heart-beat. */
function answerBeat(): void {
  const beat = network.last.sentOf('HB').at(-1);
  if (beat === undefined) throw new Error('no heart-beat was sent');
  network.last.says({ t: 'HBACK', n: beat.n, serverTime: clock.now(), head: asLsn(7) });
}

/** Stands live for a while, every beat answered. */
function stayLive(ms: number): void {
  for (let left = ms; left > 0; left -= 2_500) {
    clock.advance(Math.min(2_500, left));
    if (network.last.sentOf('HB').length > 0) answerBeat();
  }
}

describe('what cannot be read', () => {
  it('L-23: of a greeting with a broken emergency the link stands, and the others are told with what can be read of it', () => {
    const whole = aSummary({ seq: 1 });
    const broken = { ...aSummary({ seq: 2 }), work: 'asleep' };
    goLive({ emergencies: [whole, broken as unknown as typeof whole] });
    expect([link.isUp, welcomes[0]?.emergencies.map(({ id, title }) => [id, title])]).toEqual([
      true,
      [
        [whole.id, whole.title],
        [broken.id, `Cannot be shown in full, ask IT · ${broken.title}`],
      ],
    ]);
  });

  it('L-23: a flash of which nothing can be read is passed over, and what follows is not', () => {
    goLive();
    network.last.says({ t: 'FLASH', lsn: asLsn(8), summary: 'x' } as unknown as Parameters<
      typeof network.last.says
    >[0]);
    network.last.says({ t: 'FLASH', lsn: asLsn(9), summary: aSummary() });
    expect([link.isUp, frames]).toEqual([true, ['FLASH']]);
  });
});

describe('connecting', () => {
  it('L-13: the first try, too, waits its random moment', () => {
    link.start();
    clock.advance(249);
    const before = network.sockets.length;
    clock.advance(1);
    expect([before, network.sockets.map(({ url }) => url)]).toEqual([0, ['ws://127.0.0.1/desk']]);
  });

  it('L-01: HELLO is the first frame, once, as soon as the connection is open', () => {
    link.start();
    clock.advance(250);
    const before = [...network.last.sent];
    network.last.opens();
    expect([before, network.last.sent]).toEqual([[], [{ t: 'HELLO', v: LINK_VERSION, ...hello }]]);
  });

  it('L-01: nothing is sent between HELLO and WELCOME', () => {
    link.start();
    clock.advance(250);
    network.last.opens();
    link.send({ t: 'BYE', code: 'x', resumable: true });
    clock.advance(4_000);
    expect(network.last.sent.map(({ t }) => t)).toEqual(['HELLO']);
  });

  it('L-12: a connection that does not open within 4 s is given up and tried again', () => {
    link.start();
    clock.advance(250 + 3_999);
    const [first] = network.sockets;
    const before = first?.isOpen;
    clock.advance(1);
    const after = first?.isOpen;
    clock.advance(500);
    expect([before, after, network.sockets.length]).toEqual([true, false, 2]);
  });

  it('L-12: a queue that does not say WELCOME within 5 s of HELLO is given up and tried again', () => {
    link.start();
    clock.advance(250 + 3_000);
    network.last.opens();
    clock.advance(4_999);
    const [first] = network.sockets;
    const before = first?.isOpen;
    clock.advance(1);
    const after = first?.isOpen;
    clock.advance(500);
    expect([before, after, network.sockets.length]).toEqual([true, false, 2]);
  });

  it('L-08: WELCOME reaches the desk whole, and the link is live', () => {
    goLive({ head: asLsn(7), emergencies: [aSummary({ channel: '999-voice' })], emergencyCount: 1 });
    expect([welcomes, link.isUp, shown.at(-1)]).toEqual([
      [aWelcome({ head: asLsn(7), emergencies: [aSummary({ channel: '999-voice' })], emergencyCount: 1 })],
      true,
      'live',
    ]);
  });

  it('L-08: a frame before WELCOME is not taken in, and a second WELCOME ends the connection', () => {
    link.start();
    clock.advance(250);
    network.last.opens();
    network.last.says({ t: 'BYE', code: 'x', resumable: true });
    const early = [...frames];
    network.last.says(aWelcome());
    network.last.says(aWelcome());
    expect([early, welcomes.length, network.last.isOpen]).toEqual([[], 1, false]);
  });

  it('L-08: frames after WELCOME reach the desk in order, heart-beats stay with the link', () => {
    goLive();
    clock.advance(2_500);
    network.last.says({ t: 'FLASH', lsn: asLsn(8), summary: aSummary() });
    answerBeat();
    network.last.says({ t: 'BYE', code: 'x', resumable: true });
    expect(frames).toEqual(['FLASH', 'BYE']);
  });
});

describe('heart-beats', () => {
  it('L-12: go at the interval the queue told, the first after a random part of it, with the desk’s position', () => {
    goLive({ hbMs: 4_000 });
    const times: number[] = [];
    for (let ms = 0; ms <= 11_000; ms += 500) {
      const before = network.last.sentOf('HB').length;
      if (ms > 0) clock.advance(500);
      if (network.last.sentOf('HB').length === before) continue;
      times.push(ms);
      answerBeat();
    }
    expect([times, network.last.sentOf('HB')]).toEqual([
      [2_000, 6_000, 10_000],
      [1, 2, 3].map((n) => ({ t: 'HB', n, cursor, cmdSeq: 3 })),
    ]);
  });

  it('L-12: an answer tells the round trip and the queue’s clock; an old answer tells nothing', () => {
    goLive({ serverTime: later(testStart, 2_000) });
    clock.advance(2_500);
    clock.advance(80);
    network.last.says({ t: 'HBACK', n: 1, serverTime: later(clock.now(), 960), head: asLsn(7) });
    const measured = { ...link.offset, roundTripMs: link.status().roundTripMs };
    clock.advance(4_930);
    network.last.says({ t: 'HBACK', n: 1, serverTime: later(clock.now(), 99_999), head: asLsn(7) });
    expect([measured, { ...link.offset, roundTripMs: link.status().roundTripMs }]).toEqual([
      { ms: 1_000, errorMs: 40, roundTripMs: 80 },
      { ms: 1_000, errorMs: 40, roundTripMs: 80 },
    ]);
  });

  it('L-12: amber after 7.5 s without a word, red after 12 s, and then the connection is dropped', () => {
    goLive();
    const [socket] = network.sockets;
    const at = (ms: number) => {
      clock.advance(ms);
      return [link.status().kind, socket?.isOpen];
    };
    expect([at(SUSPECT_MS - 1), at(1), at(DOWN_MS - SUSPECT_MS - 1), at(1)]).toEqual([
      ['live', true],
      ['suspect', true],
      ['suspect', true],
      ['down', false],
    ]);
    expect(shown.slice(-2)).toEqual(['suspect', 'down']);
  });

  it('L-12: the limits are 7.5 s and 12 s', () => {
    expect([SUSPECT_MS, DOWN_MS, STEADY_MS]).toEqual([7_500, 12_000, 30_000]);
  });

  it('L-12: any word from the queue makes amber green again, and the age of the data is that word’s', () => {
    goLive();
    clock.advance(SUSPECT_MS);
    const amber = link.status();
    network.last.says({ t: 'FLASH', lsn: asLsn(8), summary: aSummary() });
    const green = link.status();
    const saidAt = clock.now();
    clock.advance(SUSPECT_MS - 1);
    expect([amber.kind, amber.confirmedAt, green.kind, green.confirmedAt, link.status().kind]).toEqual([
      'suspect',
      later(saidAt, -SUSPECT_MS),
      'live',
      saidAt,
      'live',
    ]);
  });

  it('L-12: a link that was cut is amber at once and red 12 s after the last word, however often it is tried', () => {
    goLive();
    clock.advance(1_000);
    network.last.closes(1006);
    const cut = link.status().kind;
    clock.advance(DOWN_MS - 1_001);
    const before = link.status().kind;
    clock.advance(1);
    expect([cut, before, link.status().kind, network.sockets.length > 2]).toEqual([
      'suspect',
      'suspect',
      'down',
      true,
    ]);
  });

  it('L-12: a desk that never reached the queue says that it is connecting, and red after 12 s', () => {
    link.start();
    const first = link.status();
    clock.advance(DOWN_MS - 1);
    const before = link.status().kind;
    clock.advance(1);
    expect([first.kind, first.confirmedAt, before, link.status().kind]).toEqual([
      'connecting',
      null,
      'connecting',
      'down',
    ]);
  });

  it('L-12: red ends with the first word of a new connection', () => {
    goLive();
    clock.advance(DOWN_MS);
    const red = link.status().kind;
    goLive();
    expect([red, link.status().kind, shown.at(-1)]).toEqual(['down', 'live', 'live']);
  });

  it('L-17: a jump of the wall clock changes neither the colour nor the next beat', () => {
    goLive();
    clock.moveWall(86_400_000);
    clock.advance(SUSPECT_MS - 1);
    clock.moveWall(-2 * 86_400_000);
    expect([link.status().kind, network.last.sentOf('HB').length]).toEqual(['live', 1]);
  });
});

describe('trying again', () => {
  it.each([...finalCloseCodes])('L-14: code %i ends the tries, and the window can say why', (code) => {
    goLive();
    network.last.closes(code, 'because');
    clock.advance(3_600_000);
    expect([link.status().kind, link.refusal, network.sockets.length, clock.pending]).toEqual([
      'refused',
      { kind: 'refused', code, why: 'because' },
      1,
      0,
    ]);
  });

  it.each([
    1000,
    1001,
    1006,
    1009,
    1011,
    1012,
    ...Object.values(closeCodes).filter((code) => !finalCloseCodes.has(code)),
  ])('L-14: code %i is tried again', (code) => {
    goLive();
    network.last.closes(code, 'because');
    clock.advance(10_000);
    expect([link.refusal, network.sockets.length > 1]).toEqual([null, true]);
  });

  /** How long the link waits before each of its next tries, each failing at once. */
  const waits = (count: number): number[] =>
    Array.from({ length: count }, () => {
      network.last.closes(1006);
      const { retryAt } = link.status();
      if (retryAt === null) throw new Error('no try is planned');
      const wait = retryAt - clock.now();
      clock.advance(wait);
      return wait;
    });

  it('L-13: waits grow to the cap that the queue told', () => {
    goLive({ retryCapMs: 3_000 });
    expect(waits(5)).toEqual([500, 1_000, 1_500, 1_500, 1_500]);
  });

  it('L-13: the count starts again only after 30 s of live link', () => {
    goLive();
    const first = waits(3);
    network.last.opens();
    network.last.says(aWelcome());
    stayLive(STEADY_MS - 1);
    const afterShort = waits(2);
    network.last.opens();
    network.last.says(aWelcome());
    stayLive(STEADY_MS);
    expect([first, afterShort, waits(2)]).toEqual([
      [500, 1_000, 1_000],
      [1_000, 1_000],
      [250, 500],
    ]);
  });

  it.each([closeCodes.draining, closeCodes.tryLater, 1012])(
    'L-13: after %i the desks spread over ten seconds',
    (code) => {
      goLive();
      network.last.closes(code);
      expect(link.status().retryAt).toBe(later(clock.now(), 5_000));
    },
  );

  it('L-13: a desk that owns a live contact is back within a second', () => {
    goLive();
    urgent = true;
    network.last.closes(closeCodes.draining);
    expect(link.status().retryAt).toBe(later(clock.now(), 500));
  });

  it.each([
    ['not JSON', '{"t":'],
    ['no frame of the protocol', '{"t":"NEW"}'],
    ['a frame with a broken field', '{"t":"HBACK","n":-1,"serverTime":1,"head":1}'],
    ['a binary frame', ''],
  ])('L-04: %s drops the connection, and the link resumes from the cursor', (_what, text) => {
    goLive();
    const [socket] = network.sockets;
    network.last.saysText(text);
    clock.advance(2_000);
    network.last.opens();
    expect([socket?.isDropped, network.last.sentOf('HELLO').map(({ resume }) => resume.cursor)]).toEqual([
      true,
      [cursor],
    ]);
  });

  it('L-06: a frame that cannot be taken in drops the connection, and the link resumes from the cursor', () => {
    goLive();
    const [socket] = network.sockets;
    onFrame = () => {
      throw new Error('does not add up');
    };
    network.last.says({ t: 'BYE', code: 'x', resumable: true });
    clock.advance(2_000);
    expect([socket?.isDropped, network.sockets.length]).toEqual([true, 2]);
  });

  it('L-05: a field that this version does not know is passed over', () => {
    goLive();
    network.last.saysText(JSON.stringify({ t: 'BYE', code: 'x', resumable: true, later: 'more' }));
    expect([frames, network.last.isOpen]).toEqual([['BYE'], true]);
  });

  it('L-13: asked to reconnect, the desk goes at a random moment of the window that the queue gave, and comes back', () => {
    goLive();
    const [socket] = network.sockets;
    network.last.says({ t: 'RECONNECT', notBeforeMs: 1_000, windowMs: 4_000, to: null });
    clock.advance(2_999);
    const before = socket?.isOpen;
    clock.advance(1);
    const after = socket?.isOpen;
    clock.advance(1_000);
    expect([before, after, network.sockets.length]).toEqual([true, false, 2]);
  });

  it('L-15: what an old connection still says is not heard', () => {
    goLive();
    const [old] = network.sockets;
    link.resume('test');
    clock.advance(2_000);
    network.last.opens();
    old?.saysText(JSON.stringify(aWelcome()));
    old?.closes(closeCodes.displaced);
    expect([welcomes.length, link.refusal]).toEqual([1, null]);
  });
});

describe('credit', () => {
  it('L-20: what has been taken in is given back in bytes of the wire, once', () => {
    goLive();
    const part = { t: 'SNAP', id: 's', part: 1, of: 1, asOf: asLsn(1), data: 'é€😀' } as const;
    network.last.says(part);
    network.last.says({ t: 'FLASH', lsn: asLsn(8), summary: aSummary() });
    link.takenIn();
    link.takenIn();
    expect(network.last.sentOf('CREDIT')).toEqual([
      { t: 'CREDIT', bytes: Buffer.byteLength(JSON.stringify(part)) },
    ]);
  });

  it('L-20: what came over one connection is never credited on the next', () => {
    goLive();
    network.last.says({ t: 'SNAP', id: 's', part: 1, of: 1, asOf: asLsn(1), data: 'x' });
    link.resume('test');
    goLive();
    link.takenIn();
    expect(network.last.sentOf('CREDIT')).toEqual([]);
  });
});

describe('stopping', () => {
  it.each([
    ['between two tries', () => link.start()],
    [
      'while it connects',
      () => {
        link.start();
        clock.advance(250);
      },
    ],
    [
      'while it waits for WELCOME',
      () => {
        link.start();
        clock.advance(250);
        network.last.opens();
      },
    ],
    ['while it is live', () => goLive()],
    [
      'while it is asked to reconnect',
      () => {
        goLive();
        network.last.says({ t: 'RECONNECT', notBeforeMs: 1_000, windowMs: 4_000, to: null });
      },
    ],
    [
      'while it is red',
      () => {
        goLive();
        clock.advance(DOWN_MS);
      },
    ],
  ])('L-12: stopped %s, a link leaves no timer and no connection, and says nothing more', (_when, begin) => {
    begin();
    link.stop();
    const said = shown.length;
    const left = [clock.pending, network.open];
    for (const socket of network.sockets) {
      socket.opens();
      socket.says(aWelcome());
      socket.closes(1006);
    }
    clock.advance(3_600_000);
    expect([left, shown.length - said, welcomes.length <= 1, link.isUp]).toEqual([[0, 0], 0, true, false]);
  });
});
