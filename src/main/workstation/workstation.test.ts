import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { aWelcome, FakeNetwork } from '../../../tests/harness/fake-socket.ts';
import { asFrame, LogScript } from '../../../tests/harness/log-script.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { SqliteFault } from '../../platform/sqlite.ts';
import type { Cmd, Res, Welcome } from '../../shared/contract/queue-link.ts';
import { serve } from '../../shared/contract/serve.ts';
import { pushes, type Input, type Output, type Payload } from '../../shared/contract/workstation.ts';
import type { PushName, RequestName } from '../../shared/contract/workstation-names.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import {
  asCommandId,
  asHandlerId,
  asIncarnation,
  asLsn,
  asStoreEpoch,
  type ContactId,
} from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { Workstation } from './workstation.ts';

const me = anActor();
const otherEpoch = asStoreEpoch(anId(0xe0002));
const note = (text = 'He is back'): Act => ({ kind: 'note', text, happenedAt: null });

let clock: TestClock;
let network: FakeNetwork;
let store: DeskStore;
/** What the disk does now. */
let refuse: { readonly kind: 'io' | 'damaged'; readonly calls: ReadonlySet<string> } | null;
let log: LogScript;
let said: { readonly name: PushName; readonly payload: unknown }[];
let broken: SqliteFault[];
let ids: number;
let desk: Workstation;

/** The memory store, on a disk that can refuse. */
function onDisk(inner: DeskStore): DeskStore {
  return new Proxy(inner, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return (...given: unknown[]): unknown => {
        if (refuse?.calls.has(String(name)) === true) throw new SqliteFault(refuse.kind);
        return Reflect.apply(method, target, given);
      };
    },
  });
}

const everyWrite = new Set([
  'keep',
  'saveDraft',
  'commitEvents',
  'commitFlash',
  'installSnapshot',
  'answer',
  'dismiss',
  'withdraw',
  'keepGreeting',
  'renewIncarnation',
  'forgetCursor',
  'forgetClosed',
]);

function begin(over: { readonly queueUrl?: string | null } = {}): Workstation {
  desk = new Workstation({
    deskId: me.desk,
    handler: me.handler,
    realm: 'demo',
    profile: 'test',
    appVersion: '1',
    store,
    queueUrl: over.queueUrl === undefined ? 'ws://127.0.0.1/desk' : over.queueUrl,
    connect: network.connect,
    clock,
    timers: clock,
    random: () => 0.5,
    newId: () => anId((ids += 1)),
    log: silentLogger,
    faults: [],
    push: (name, payload) => void said.push({ name, payload: pushes[name].parse(payload) }),
    onStoreBroken: (fault) => void broken.push(fault),
  });
  return desk;
}

beforeEach(() => {
  clock = new TestClock();
  network = new FakeNetwork();
  refuse = null;
  store = onDisk(memoryStore(asIncarnation(anId(0x1111))));
  log = new LogScript();
  said = [];
  broken = [];
  ids = 0xf0000;
  begin();
});

afterEach(async () => {
  refuse = null;
  desk[Symbol.dispose]();
  await turn();
  const left = { timers: clock.pending, connections: network.open };
  if (left.timers + left.connections > 0) throw new Error(`left over: ${JSON.stringify(left)}`);
});

async function request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const envelope = await serve(desk.handlers, name, input);
  if (!envelope.ok) throw new Error(envelope.why);
  return envelope.value as Output<N>;
}

const submit = (contact: ContactId, act: Act, id = asCommandId(randomUUID())) =>
  request('command.submit', { id, contact, act });
const payloads = <N extends PushName>(name: N) =>
  said.filter((push) => push.name === name).map(({ payload }) => payload as Payload<N>);
const linkKind = async () => (await request('desk.read', {})).link.kind;
const faults = async () => (await request('desk.read', {})).faults.map(({ fault }) => fault.kind);
const rows = async () => (await request('inbox.read', { after: null, limit: 100 })).rows;
const commands = (): Cmd[] => network.last.sentOf('CMD');
const welcome = (over: Partial<Welcome> = {}): Welcome =>
  aWelcome({ storeEpoch: log.storeEpoch, head: log.head, serverTime: clock.now(), ...over });

/** The next connection is tried, opens, and is welcomed. */
function connect(over: Partial<Welcome> = {}): void {
  const before = network.sockets.length;
  while (network.sockets.length === before) clock.advance(100);
  network.last.opens();
  network.last.says(welcome(over));
}

function snapshot(contacts: readonly Contact[] = log.contacts, lsn = log.head): void {
  const data = contacts.map((contact) => `${JSON.stringify(contact)}\n`).join('');
  const sha256 = createHash('sha256').update(data).digest('hex');
  network.last.says({ t: 'SNAP', id: 's', part: 1, of: 1, asOf: lsn, data });
  network.last.says({ t: 'SNAPEND', id: 's', asOf: lsn, count: contacts.length, sha256 });
}

/** Tells the desk everything after position `from`, and lets it take that in. */
async function tell(from: number): Promise<void> {
  for (const entry of log.entries.slice(from)) network.last.says(asFrame(entry));
  await turn();
}

/** The usual state: one contact in the copy, everything received. */
async function live(over: Partial<Contact> = {}): Promise<ContactId> {
  const { contact } = log.arrives(over);
  connect({ resumed: false });
  snapshot();
  await turn();
  return contact;
}

const res = (command: Cmd | undefined, over: Partial<Res> = {}): Res => {
  if (command === undefined) throw new Error('no command was sent');
  return {
    t: 'RES',
    cmdSeq: command.cmdSeq,
    cmdId: command.cmdId,
    status: 'applied',
    refusal: null,
    lsn: null,
    rev: 1,
    ...over,
  };
};

describe('the first moments', () => {
  it('L-08: the emergencies of WELCOME are in the window at once, before any other frame', async () => {
    const { contact } = log.arrives({ channel: '999-voice' });
    connect({ resumed: false, emergencies: [log.summary(contact)], emergencyCount: 1 });
    expect([payloads('inbox.changed'), await rows()]).toEqual([
      [
        {
          revision: 1,
          upserts: [{ summary: log.summary(contact), pending: [] }],
          removals: [],
          reset: false,
        },
      ],
      [{ summary: log.summary(contact), pending: [] }],
    ]);
  });

  it('L-08: an emergency that the snapshot is too old to contain stays in the window while the log catches up', async () => {
    log.arrives();
    const asOf = log.head;
    const before = log.contacts;
    const { contact } = log.arrives({ channel: '999-voice' });
    connect({ resumed: false, emergencies: [log.summary(contact)], emergencyCount: 1 });
    const { contact: second } = log.arrives({ channel: '999-silent' });
    network.last.says({ t: 'FLASH', lsn: log.head, summary: log.summary(second) });
    snapshot(before, asOf);
    const during = (await rows()).map(({ summary }) => summary.id);
    await tell(asOf);
    expect([during.slice(0, 2), (await rows()).map(({ summary }) => summary.id)]).toEqual([
      [contact, second],
      [contact, second, ...before.map(({ id }) => id)],
    ]);
  });

  it('L-10: HELLO names the cursor, the life, and what this desk owns with its fences', async () => {
    const contact = await live();
    log.happens(contact, { kind: 'claim' }, { by: me });
    await tell(1);
    network.last.closes(1006);
    connect();
    expect(network.last.sentOf('HELLO')).toEqual([
      {
        t: 'HELLO',
        v: 1,
        deskId: me.desk,
        incarnation: anId(0x1111),
        appVersion: '1',
        realm: 'demo',
        signIn: { handler: me.handler, token: null },
        resume: { cursor: log.cursor(), lastCmdAcked: 0 },
        owns: [{ contact, fence: 1, rev: 2, state: 'owned' }],
      },
    ]);
  });

  it('L-07: a position is acknowledged after its commit; of a burst the last', async () => {
    const contact = await live();
    log.happens(contact, note());
    log.happens(contact, note());
    for (const entry of log.entries.slice(1)) network.last.says(asFrame(entry));
    const before = network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn);
    await turn();
    expect([before, network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn), store.cursor()]).toEqual([
      [1],
      [1, 3],
      log.cursor(),
    ]);
  });

  it('L-20: replay and snapshot are credited as they are taken in', async () => {
    const contact = await live();
    log.happens(contact, note());
    const before = network.last.sentOf('CREDIT').length;
    const bytes = Buffer.byteLength(JSON.stringify(asFrame(log.entries[1] as never)));
    await tell(1);
    expect([before > 0, network.last.sentOf('CREDIT').slice(before)]).toEqual([
      true,
      [{ t: 'CREDIT', bytes }],
    ]);
  });

  it('L-12: while the copy is behind the queue, the desk says so and by how much, and says when it has caught up', async () => {
    const contact = await live();
    for (let count = 0; count < 3; count += 1) log.happens(contact, note());
    network.last.closes(1006);
    connect();
    const behind = (await request('desk.read', {})).link;
    await tell(1);
    expect([behind, payloads('desk.changed').at(-1)?.link, await linkKind()]).toMatchObject([
      { kind: 'catching-up', behind: 3 },
      { kind: 'live', behind: 0 },
      'live',
    ]);
  });

  it('L-14: a desk without a queue works on its copy and says that there is none', async () => {
    desk[Symbol.dispose]();
    said = [];
    begin({ queueUrl: null });
    expect([await linkKind(), network.sockets.length]).toEqual(['refused', 0]);
  });

  it('L-14: a queue that closed for good is named once among the faults', async () => {
    await live();
    network.last.closes(4009, 'the same desk has connected again');
    clock.advance(60_000);
    expect([await linkKind(), (await request('desk.read', {})).faults]).toEqual([
      'refused',
      [{ id: 1, fault: { kind: 'queue-refused', code: 4009, why: 'the same desk has connected again' } }],
    ]);
  });
});

describe('acting', () => {
  it('X-01, X-05, X-06: a claim is kept, sent, shown as asked for, answered, and told as won only with its event', async () => {
    const contact = await live();
    const kept = await submit(contact, { kind: 'claim' });
    const [command] = commands();
    const asked = payloads('inbox.changed').at(-1)?.upserts[0];
    log.happens(contact, { kind: 'claim' }, { by: me });
    network.last.says(res(command, { lsn: log.head }));
    const early = payloads('command.answered');
    await tell(1);
    expect({
      kept,
      command: command?.body,
      asked: [asked?.summary.ownership.kind, asked?.pending.map(({ kind }) => kind)],
      early,
    }).toEqual({
      kept: { kind: 'kept', id: command?.cmdId },
      command: { kind: 'claim' },
      asked: ['waiting', ['claim']],
      early: [],
    });
    expect([payloads('command.answered'), (await rows())[0]]).toEqual([
      [{ id: command?.cmdId, contact, kind: 'claim', status: 'applied', refusal: null }],
      { summary: log.summary(contact), pending: [] },
    ]);
  });

  it('C-05: a claim that lost is told with who has the contact', async () => {
    const contact = await live();
    await submit(contact, { kind: 'claim' });
    const by = anActor({ deskNumber: 2 });
    const refusal = { code: 'taken', by, since: testStart } as const;
    network.last.says(res(commands()[0], { status: 'refused', refusal }));
    expect([
      payloads('command.answered').at(-1),
      payloads('outbox.changed')
        .at(-1)
        ?.items.map(({ state }) => state),
    ]).toEqual([
      { id: commands()[0]?.cmdId, contact, kind: 'claim', status: 'refused', refusal },
      ['refused'],
    ]);
  });

  it('C-06: a grade right after a claim goes under the claim’s fence', async () => {
    const contact = await live();
    await submit(contact, { kind: 'claim' });
    await submit(contact, { kind: 'grade', grade: 'G1', reason: 'risk' });
    expect(commands().map(({ cmdSeq, fence }) => [cmdSeq, fence])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('X-08: with the link red, a claim is refused at once and nothing is kept; a note is kept', async () => {
    const contact = await live();
    clock.advance(12_000);
    const answers = [await submit(contact, { kind: 'claim' }), await submit(contact, note())];
    expect([
      await linkKind(),
      answers.map(({ kind }) => kind),
      store.outbox().map(({ command }) => command.act),
    ]).toEqual(['down', ['refused', 'kept'], [note()]]);
    expect(answers[0]).toEqual({ kind: 'refused', refusal: { code: 'link-down' } });
  });

  it('X-08: a desk that has not reached the queue since it started cannot claim', async () => {
    await live();
    desk[Symbol.dispose]();
    begin();
    expect(await submit(log.contacts[0]?.id as ContactId, { kind: 'claim' })).toEqual({
      kind: 'refused',
      refusal: { code: 'link-down' },
    });
  });

  it('X-08: a claim kept while the link was cut is withdrawn at red and told, and is not sent later', async () => {
    const contact = await live();
    network.last.closes(1006);
    const kept = await submit(contact, { kind: 'claim' });
    await submit(contact, note());
    clock.advance(12_000);
    const told = payloads('command.answered');
    connect();
    expect([kept.kind, told, commands().map(({ cmdSeq, body }) => [cmdSeq, body])]).toEqual([
      'kept',
      [expect.objectContaining({ kind: 'claim', status: 'refused', refusal: { code: 'link-down' } })],
      [[1, note()]],
    ]);
  });

  it('X-02: acts given without a link go when it is back, in their order', async () => {
    const contact = await live();
    network.last.closes(1006);
    for (const text of ['one', 'two', 'three']) await submit(contact, note(text));
    connect();
    expect(commands().map(({ cmdSeq, body }) => [cmdSeq, body])).toEqual(
      ['one', 'two', 'three'].map((text, index) => [index + 1, note(text)]),
    );
  });

  it('C-13: an act on a contact that is not here, or before the queue ever greeted this desk, is refused', async () => {
    const early = await submit(anId(5) as ContactId, note());
    await live();
    expect([early, await submit(anId(5) as ContactId, note())]).toEqual(
      [1, 2].map(() => ({ kind: 'refused', refusal: { code: 'unknown-contact' } })),
    );
  });

  it('C-12: reading a contact twice in a minute sends one consultation, and the outbox shows none', async () => {
    const contact = await live();
    await request('contact.read', { contact });
    await request('contact.read', { contact });
    const first = commands().length;
    network.last.says(res(commands()[0]));
    clock.advance(7_000);
    network.last.says({ t: 'HBACK', n: 1, serverTime: clock.now(), head: log.head });
    for (let count = 0; count < 12; count += 1) {
      clock.advance(5_000);
      network.last.says({ t: 'HBACK', n: 2 + count, serverTime: clock.now(), head: log.head });
    }
    await request('contact.read', { contact });
    expect([first, commands().map(({ body }) => body.kind), await request('outbox.read', {})]).toEqual([
      1,
      ['consult', 'consult'],
      { items: [] },
    ]);
  });

  it('X-09: half-typed words come back with their caret, and go when the note is kept', async () => {
    const contact = await live();
    const draft = { text: 'Half a sen', caret: 4 };
    const kept = await request('draft.save', { contact, draft });
    const before = await request('contact.read', { contact });
    await submit(contact, note('Half a sentence'));
    expect([kept, before, await request('contact.read', { contact })]).toMatchObject([
      { kind: 'kept', at: clock.now() },
      { draft },
      { draft: null },
    ]);
  });

  it('X-06: a refusal that has been seen leaves the outbox', async () => {
    const contact = await live();
    await submit(contact, note());
    network.last.says(res(commands()[0], { status: 'late' }));
    const before = (await request('outbox.read', {})).items.map(({ state, ref }) => [state, ref]);
    await request('outbox.dismiss', { id: commands()[0]?.cmdId as never });
    expect([before, payloads('outbox.changed').at(-1)]).toEqual([[['late', 'CON-1']], { items: [] }]);
  });
});

describe('when the link breaks', () => {
  it('X-03: what was sent and not answered goes again under the same id and number', async () => {
    const contact = await live();
    await submit(contact, note());
    const [first] = commands();
    network.last.closes(1006);
    connect({ lastCmdSeq: 1 });
    expect(commands()).toEqual([first]);
  });

  it('L-06: a hole in the log resumes from the cursor and takes in nothing behind the hole', async () => {
    const contact = await live();
    log.happens(contact, note());
    log.happens(contact, note());
    const [socket] = network.sockets;
    network.last.says(asFrame(log.entries[2] as never));
    await turn();
    connect();
    expect([socket?.isDropped, network.last.sentOf('HELLO')[0]?.resume.cursor, store.cursor()]).toEqual([
      true,
      log.cursor(asLsn(1)),
      log.cursor(asLsn(1)),
    ]);
  });

  it('L-10: an event of a contact that is missing here brings a snapshot', async () => {
    await live();
    const { contact } = log.arrives();
    network.last.closes(1006);
    connect();
    log.happens(contact, { kind: 'claim' });
    network.last.says({ ...asFrame(log.entries[2] as never), prev: asLsn(1) });
    await turn();
    connect({ resumed: false });
    const asked = network.last.sentOf('HELLO')[0]?.resume.cursor;
    snapshot();
    expect([asked, store.cursor(), store.held(contact)?.contact]).toEqual([
      null,
      log.cursor(),
      log.contact(contact),
    ]);
  });

  it('L-11: a snapshot cut half way leaves the copy as it was, and the next one begins afresh', async () => {
    const contact = await live();
    const before = store.held(contact);
    log.arrives();
    connectAfterCut({ resumed: false });
    const data = log.contacts.map((one) => `${JSON.stringify(one)}\n`).join('');
    network.last.says({ t: 'SNAP', id: 's', part: 1, of: 2, asOf: log.head, data: data.slice(0, 900) });
    connectAfterCut({ resumed: false });
    const during = [store.held(contact), store.cursor()];
    snapshot();
    expect([during, store.cursor()]).toEqual([[before, log.cursor(asLsn(1))], log.cursor()]);
  });

  it('L-11: a snapshot that does not add up is not installed, and the link begins again', async () => {
    await live();
    connectAfterCut({ resumed: false });
    const count = network.sockets.length;
    network.last.says({ t: 'SNAPEND', id: 's', asOf: log.head, count: 1, sha256: '0'.repeat(64) });
    const after = [store.cursor(), network.last.isOpen];
    connect();
    expect([after, network.sockets.length]).toEqual([[log.cursor(), false], count + 1]);
  });

  function connectAfterCut(over: Partial<Welcome>): void {
    network.last.closes(1006);
    connect(over);
  }

  it('L-02: another time line of the queue begins another life, sends everything again, and takes a new copy', async () => {
    const contact = await live();
    await submit(contact, note('applied on the old line'));
    await submit(contact, note('never answered'));
    const [first, second] = commands();
    network.last.says(res(first, { lsn: asLsn(40) }));
    network.last.closes(1006);
    connect({ storeEpoch: otherEpoch, lastCmdSeq: 2, resumed: false });
    const life = store.incarnation();
    connect({ storeEpoch: otherEpoch, lastCmdSeq: 0, resumed: false });
    const again = commands();
    const hello = network.last.sentOf('HELLO')[0];
    snapshot([log.contact(contact)], asLsn(3));
    expect({
      hello: [hello?.incarnation === anId(0x1111), hello?.incarnation, hello?.resume],
      again: again.map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId]),
      cursor: store.cursor(),
    }).toEqual({
      hello: [false, life, { cursor: null, lastCmdAcked: 0 }],
      again: [
        [1, first?.cmdId],
        [2, second?.cmdId],
      ],
      cursor: { storeEpoch: otherEpoch, lsn: 3 },
    });
  });

  it('L-02: an answer on the new time line is not settled by a position of the old one', async () => {
    const contact = await live();
    for (let count = 0; count < 5; count += 1) log.happens(contact, note());
    await tell(1);
    await submit(contact, note('mine'));
    network.last.closes(1006);
    connect({ storeEpoch: otherEpoch, resumed: false });
    connect({ storeEpoch: otherEpoch, resumed: false });
    network.last.says(res(commands()[0], { lsn: asLsn(2) }));
    const told = payloads('command.answered');
    expect([told, store.outbox().map(({ standing }) => standing)]).toEqual([
      [],
      [{ kind: 'applied', lsn: 2 }],
    ]);
  });

  it('L-02: the same holds when the copy had been given up, and after a restart', async () => {
    const contact = await live();
    await submit(contact, note('applied on the old line'));
    const [first] = commands();
    network.last.says(res(first, { lsn: asLsn(40) }));
    store.forgetCursor();
    desk[Symbol.dispose]();
    begin();
    connect({ storeEpoch: otherEpoch, lastCmdSeq: 1, resumed: false });
    connect({ storeEpoch: otherEpoch, lastCmdSeq: 0, resumed: false });
    expect(commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId])).toEqual([[1, first?.cmdId]]);
  });

  it('L-16: a desk file that is older than what the queue has seen begins another life and sends what it has', async () => {
    const contact = await live();
    await submit(contact, note());
    const [first] = commands();
    network.last.closes(1006);
    connect({ lastCmdSeq: 9 });
    const dropped = network.last.isOpen;
    connect({ lastCmdSeq: 0 });
    expect([
      dropped,
      store.incarnation() === anId(0x1111),
      commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId]),
    ]).toEqual([false, false, [[1, first?.cmdId]]]);
  });
});

describe('when the disk refuses', () => {
  it('S-09: an act and half-typed words are said not to be kept, nothing is sent, and the handler is told once', async () => {
    const contact = await live();
    refuse = { kind: 'io', calls: everyWrite };
    const answers = [
      await submit(contact, note()),
      await submit(contact, { kind: 'claim' }),
      await request('draft.save', { contact, draft: { text: 'Half', caret: 4 } }),
    ];
    expect([answers, commands(), await request('outbox.read', {}), await faults()]).toEqual([
      [1, 2, 3].map(() => ({ kind: 'not-kept', code: 'io' })),
      [],
      { items: [] },
      ['cache-write-failed'],
    ]);
  });

  it('S-09: when there is room again, the same act is kept, and the notice can be put away', async () => {
    const contact = await live();
    refuse = { kind: 'io', calls: everyWrite };
    await submit(contact, note());
    refuse = null;
    const kept = await submit(contact, note());
    await request('fault.dismiss', { id: 1 });
    expect([kept.kind, commands().length, await faults()]).toEqual(['kept', 1, []]);
  });

  it('S-09: emergencies go on being shown, by WELCOME and by flash, on a disk that refuses everything', async () => {
    refuse = { kind: 'io', calls: everyWrite };
    const one = log.arrives({ channel: '999-voice' }).contact;
    const two = log.arrives({ channel: '999-silent' }).contact;
    connect({ emergencies: [log.summary(one)], emergencyCount: 1 });
    network.last.says({ t: 'FLASH', lsn: log.head, summary: log.summary(two) });
    const painted = payloads('inbox.changed').flatMap(({ upserts }) =>
      upserts.map(({ summary }) => summary.id),
    );
    expect([painted, network.last.isOpen, await faults()]).toEqual([
      [one, two],
      true,
      ['cache-write-failed'],
    ]);
  });

  it('S-09: events that could not be written come again, and are in the copy when there is room', async () => {
    const contact = await live();
    log.happens(contact, note());
    refuse = { kind: 'io', calls: new Set(['commitEvents']) };
    await tell(1);
    const acknowledged = network.last.sentOf('ACK').map(({ cursor }) => cursor.lsn);
    refuse = null;
    connect();
    const from = network.last.sentOf('HELLO')[0]?.resume.cursor?.lsn;
    await tell(1);
    expect([acknowledged, from, store.cursor(), await faults()]).toEqual([
      [1],
      1,
      log.cursor(),
      ['cache-write-failed'],
    ]);
  });

  it('S-09: a red link on a full disk ends in no bug; its claims are withdrawn when there is room', async () => {
    const contact = await live();
    network.last.closes(1006);
    await submit(contact, { kind: 'claim' });
    refuse = { kind: 'io', calls: everyWrite };
    clock.advance(12_000);
    const during = [await linkKind(), await faults()];
    refuse = null;
    connect();
    expect([during, commands(), store.outbox().map(({ standing }) => standing.kind)]).toEqual([
      ['down', ['cache-write-failed']],
      [],
      ['refused'],
    ]);
  });

  it('S-09: putting a notice away on a full disk is told, and works later', async () => {
    const contact = await live();
    await submit(contact, note());
    network.last.says(res(commands()[0], { status: 'late' }));
    const id = commands()[0]?.cmdId as never;
    refuse = { kind: 'io', calls: everyWrite };
    await request('outbox.dismiss', { id });
    const during = [await faults(), payloads('outbox.changed').at(-1)?.items.length];
    refuse = null;
    await request('outbox.dismiss', { id });
    expect([during, payloads('outbox.changed').at(-1)]).toEqual([[['cache-write-failed'], 1], { items: [] }]);
  });

  it.each(['keep', 'saveDraft', 'commitEvents', 'commitFlash', 'installSnapshot', 'answer', 'keepGreeting'])(
    'S-06: damage found by `%s` ends the process, so that the next start sets the file aside',
    async (call) => {
      const contact = await live();
      await submit(contact, note());
      refuse = { kind: 'damaged', calls: new Set([call]) };
      await submit(contact, note());
      await request('draft.save', { contact, draft: { text: 'Half', caret: 4 } });
      log.happens(contact, note());
      log.arrives({ channel: '999-voice' });
      network.last.says(res(commands()[0]));
      await tell(1);
      if (!network.last.isOpen || call === 'installSnapshot' || call === 'keepGreeting') {
        network.last.closes(1006);
        connect({ resumed: false, lastCmdSeq: 1 });
        snapshot();
      }
      network.last.says({ t: 'FLASH', lsn: log.head, summary: { ...log.summary(contact), rev: 99 } });
      expect(broken.map(({ kind }) => kind)).toContain('damaged');
    },
  );
});

describe('when numbers or answers get lost', () => {
  it('X-03: asking again under the same id keeps nothing twice, whether or not the queue has answered', async () => {
    const contact = await live();
    const id = asCommandId(anId(0xabc));
    const answers = [await submit(contact, note(), id), await submit(contact, note(), id)];
    network.last.says(res(commands()[0], { lsn: null }));
    answers.push(await submit(contact, note(), id));
    expect([answers, commands().length]).toEqual([Array(3).fill({ kind: 'kept', id }), 1]);
  });

  it('L-16: a queue that has forgotten this desk’s numbers gets what waits in another life, under the same ids', async () => {
    const contact = await live();
    await submit(contact, note());
    network.last.says(res(commands()[0], { lsn: null }));
    await submit(contact, note());
    const [, waiting] = commands();
    const before = store.incarnation();
    network.last.closes(1006);
    connect({ lastCmdSeq: 0 });
    connect({ lastCmdSeq: 0 });
    expect(store.incarnation()).not.toBe(before);
    expect(commands().map(({ cmdSeq, cmdId }) => [cmdSeq, cmdId])).toEqual([[1, waiting?.cmdId]]);
  });

  it('L-16: complaints about frames that do not end are told, and a new life sends what waits', async () => {
    const contact = await live();
    await submit(contact, note());
    const before = store.incarnation();
    for (let times = 0; times < 3; times += 1) {
      network.last.closes(4002, 'command 1 was another one');
      connect({ lastCmdSeq: 0 });
    }
    expect([await faults(), store.incarnation() === before]).toEqual([['link-unsteady'], false]);
  });

  it('S-09: with a disk that refuses, a flashed emergency is known, and the refusal to keep a claim is told as such', async () => {
    await live();
    refuse = { kind: 'io', calls: new Set(['commitFlash', 'keep']) };
    const arrived = log.arrives({ channel: '999-voice' });
    const summary = log.summary(arrived.contact);
    network.last.says({ t: 'FLASH', lsn: log.head, summary });
    expect(await submit(summary.id, { kind: 'claim' })).toEqual({ kind: 'not-kept', code: 'io' });
  });

  it('S-06: damage met while the window reads ends the process, so that the next start sets the file aside', async () => {
    await live();
    refuse = { kind: 'damaged', calls: new Set(['page']) };
    await expect(rows()).rejects.toThrow('inbox.read failed');
    expect(broken.map(({ kind }) => kind)).toEqual(['damaged']);
  });
});

describe('over a long shift', () => {
  it('C-13: contacts that ended more than 72 hours ago are forgotten, hour by hour', async () => {
    const contact = await live();
    log.happens(contact, { kind: 'claim' }, { by: me });
    const end = log.happens(contact, { kind: 'close', outcome: 'resolved', reason: 'done' }, { by: me });
    await tell(1);
    clock.moveWall(later(end.at, 72 * 3_600_000) - clock.now());
    const before = store.held(contact) !== null;
    clock.advance(3_600_000);
    expect([before, store.held(contact)]).toEqual([true, null]);
  });

  it('L-12: stopped, the desk says nothing more, whatever still comes', async () => {
    const contact = await live();
    log.happens(contact, note());
    network.last.says(asFrame(log.entries[1] as never));
    desk[Symbol.dispose]();
    const count = said.length;
    network.last.says(welcome());
    await turn();
    clock.advance(86_400_000);
    expect(said.length - count).toBe(0);
  });

  it('L-14: the handler and the policy of the last greeting serve until the next', async () => {
    await live();
    desk[Symbol.dispose]();
    begin();
    expect([(await request('desk.read', {})).me, store.greeting()]).toEqual([
      { ...me, handler: asHandlerId(me.handler) },
      { deskNumber: 1, policy: aPolicy() },
    ]);
  });
});
