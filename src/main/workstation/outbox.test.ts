import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { always } from '../../../tests/harness/arbitraries.ts';
import { aCommand, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { IN_FLIGHT_LIMIT, type Res } from '../../shared/contract/queue-link.ts';
import type { Act } from '../../shared/domain/command.ts';
import { asCommandId, asIncarnation, asLsn, asStoreEpoch, type CommandId } from '../../shared/domain/ids.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { Outbox } from './outbox.ts';

const claim: Act = { kind: 'claim' };
const note = (text = 'He is back'): Act => ({ kind: 'note', text, happenedAt: null });
const commandId = (n: number): CommandId => asCommandId(anId(0xc0000 + n));
const writer = anActor().handler;
const storeEpoch = asStoreEpoch(anId(9));

let clock: TestClock;
let store: DeskStore;
let outbox: Outbox;

const begin = (): Outbox => new Outbox({ store, clock, offset: () => ({ ms: 40, errorMs: 3 }) });

beforeEach(() => {
  clock = new TestClock();
  store = memoryStore(asIncarnation(anId(1)));
  outbox = begin();
});

/** Keeps acts as commands 1, 2, 3 … */
function keep(...acts: readonly Act[]): void {
  const from = store.lastSeq();
  acts.forEach((act, index) => outbox.keep(aCommand({ act, id: commandId(from + index + 1) })));
}

const sent = (): number[] => outbox.toSend().map(({ cmdSeq }) => cmdSeq);

function res(n: number, over: Partial<Res> = {}): Res {
  return {
    t: 'RES',
    cmdSeq: n,
    cmdId: commandId(n),
    status: 'applied',
    refusal: null,
    lsn: asLsn(n),
    rev: 2,
    ...over,
  };
}

const answer = (n: number, act: Act, over: object = {}) => ({
  id: commandId(n),
  contact: aContact().id,
  kind: act.kind,
  status: 'applied',
  refusal: null,
  ...over,
});

describe('keeping', () => {
  it('X-01: a command is in the store when `keep` returns, with both clocks, and is not sent without a connection', () => {
    clock.advance(1_234);
    keep(note());
    expect([store.outbox(), sent()]).toEqual([
      [
        {
          seq: 1,
          command: aCommand({ act: note(), id: commandId(1) }),
          keptAt: clock.now(),
          mono: 1_234,
          standing: { kind: 'waiting' },
        },
      ],
      [],
    ]);
  });

  it('X-01: what the disk refuses is neither shown nor sent', () => {
    const full = new Outbox({
      store: {
        ...store,
        keep: () => {
          throw new Error('full');
        },
      },
      clock,
      offset: () => ({ ms: 0, errorMs: 0 }),
    });
    full.connected(0);
    expect(() => full.keep(aCommand({ act: note() }))).toThrow('full');
    expect([full.state(writer, () => null), full.toSend()]).toEqual([{ items: [] }, []]);
  });

  it('X-09: a note takes its draft away, another act does not', () => {
    const { id } = aContact();
    store.saveDraft(writer, id, { text: 'Half', caret: 4 }, testStart);
    keep({ kind: 'grade', grade: 'G2', reason: 'risk' });
    const before = store.draft(writer, id);
    keep(note());
    expect([before, store.draft(writer, id)]).toEqual([{ text: 'Half', caret: 4 }, null]);
  });

  it('X-04: what lies on top of a contact is every command whose event is not in the copy, in order', () => {
    keep(note('1'), note('2'), note('3'), note('4'), note('5'));
    outbox.connected(0);
    outbox.toSend();
    outbox.answered(res(1, { lsn: null }));
    outbox.answered(res(2));
    outbox.answered(res(3, { status: 'refused', refusal: { code: 'not-yours' }, lsn: null }));
    outbox.answered(res(4, { status: 'late' }));
    expect(outbox.undecided(aContact().id).map(({ command }) => command.id)).toEqual([
      commandId(2),
      commandId(4),
      commandId(5),
    ]);
  });
});

describe('sending', () => {
  it('X-02: commands go in the order in which they were given, each once a connection, with their clocks', () => {
    keep(note('1'), note('2'));
    outbox.connected(0);
    const first = outbox.toSend();
    keep(note('3'));
    const later = sent();
    expect([first, later, sent()]).toEqual([
      [1, 2].map((n) => ({
        cmdSeq: n,
        cmdId: commandId(n),
        contact: aContact().id,
        fence: aContact().fence,
        baseRev: 1,
        by: writer,
        body: note(`${n}`),
        at: { mono: 0, wall: testStart, offset: 40, err: 3 },
      })),
      [3],
      [],
    ]);
  });

  it('X-02: at most 32 are unanswered; each answer makes room for one', () => {
    keep(...Array.from({ length: 40 }, () => note()));
    outbox.connected(0);
    const first = sent();
    const none = sent();
    outbox.answered(res(1, { lsn: null }));
    outbox.answered(res(2, { status: 'refused', refusal: { code: 'not-yours' }, lsn: null }));
    expect([first.length, none, sent()]).toEqual([IN_FLIGHT_LIMIT, [], [33, 34]]);
  });

  it('X-03: after a reconnection everything unanswered goes again under the same ids and numbers', () => {
    keep(note('1'), note('2'), note('3'));
    outbox.connected(0);
    const first = outbox.toSend();
    outbox.answered(res(1, { lsn: null }));
    outbox.disconnected();
    const between = sent();
    outbox.connected(2);
    expect([between, outbox.toSend()]).toEqual([[], first.slice(1)]);
  });

  it('X-02: whatever is kept, answered and cut off, each connection carries numbers in order without a hole, and never more than 32 unanswered', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('keep' as const), claim: fc.boolean() }) },
      { weight: 3, arbitrary: fc.constant({ do: 'send' as const }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const), refused: fc.boolean() }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('cut' as const),
          heard: fc.nat({ max: 6 }),
          red: fc.boolean(),
        }),
      },
    );
    always(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        store = memoryStore(asIncarnation(anId(1)));
        outbox = begin();
        let given = 0;
        /** What the queue has of this desk: the last number, and the numbers of this connection not answered yet. */
        let counted = 0;
        let inFlight: { readonly cmdSeq: number; readonly cmdId: CommandId }[] = [];
        let isRed = true;
        const received = new Set<CommandId>();
        for (const what of steps) {
          if (what.do === 'keep' && !(what.claim && isRed)) {
            outbox.keep(aCommand({ act: what.claim ? claim : note(), id: commandId((given += 1)) }));
          }
          if (what.do === 'send') {
            for (const command of outbox.toSend()) {
              const expected = inFlight.at(-1)?.cmdSeq ?? command.cmdSeq - 1;
              expect(command.cmdSeq).toBe(expected + 1);
              inFlight.push(command);
            }
            expect(inFlight.length <= IN_FLIGHT_LIMIT).toBe(true);
          }
          const [next] = inFlight;
          if (what.do === 'answer' && next !== undefined) {
            inFlight = inFlight.slice(1);
            counted = Math.max(counted, next.cmdSeq);
            received.add(next.cmdId);
            const refusal = what.refused ? ({ code: 'not-yours' } as const) : null;
            outbox.answered({
              ...res(next.cmdSeq),
              cmdId: next.cmdId,
              status: refusal === null ? 'applied' : 'refused',
              refusal,
              lsn: null,
            });
          }
          if (what.do === 'cut') {
            // The queue may have received more than the desk heard of.
            for (const command of inFlight.slice(0, what.heard)) {
              counted = Math.max(counted, command.cmdSeq);
              received.add(command.cmdId);
            }
            inFlight = [];
            outbox.disconnected();
            const withdrawn = [...(what.red ? outbox.expire() : []), ...outbox.connected(counted)];
            isRed = false;
            expect(withdrawn.filter(({ id }) => received.has(id))).toEqual([]);
            expect(
              store
                .outbox()
                .filter(({ standing, seq }) => standing.kind === 'waiting' && seq > store.lastSeq()),
            ).toEqual([]);
            const first = store
              .outbox()
              .find(({ standing, seq }) => standing.kind === 'waiting' && seq > counted);
            expect(first?.seq ?? counted + 1).toBe(counted + 1);
          }
        }
      }),
      { runs: 200 },
    );
  });
});

describe('answers', () => {
  it('X-06: an applied command is told when its event is in the copy, not before', () => {
    keep(note());
    outbox.connected(0);
    outbox.toSend();
    const heard = outbox.answered(res(1));
    const settled = outbox.settled(store.commitEvents([], { storeEpoch, lsn: asLsn(1) }).settled);
    expect([heard, settled, outbox.state(writer, () => null)]).toEqual([
      null,
      [answer(1, note())],
      { items: [] },
    ]);
  });

  it('X-06: an applied command whose event came first is told at once', () => {
    keep(note());
    store.commitEvents([], { storeEpoch, lsn: asLsn(1) });
    expect([outbox.answered(res(1)), outbox.state(writer, () => null)]).toEqual([
      answer(1, note()),
      { items: [] },
    ]);
  });

  it('X-03: an answer heard twice, or of a command that is not here, says nothing', () => {
    keep(note());
    outbox.answered(res(1, { status: 'late' }));
    expect([outbox.answered(res(1)), outbox.answered(res(7))]).toEqual([null, null]);
  });

  it('X-06: refused and late ones are told with the reason and stay until they have been seen', () => {
    keep(note('1'), note('2'));
    const refusal = { code: 'fenced', by: anActor({ deskNumber: 9 }) } as const;
    const told = [
      outbox.answered(res(1, { status: 'refused', refusal, lsn: null })),
      outbox.answered(res(2, { status: 'late' })),
    ];
    const items = outbox
      .state(writer, () => 'CON-1')
      .items.map(({ id, state, refusal: why, ref }) => ({ id, state, why, ref }));
    outbox.dismiss(commandId(1));
    outbox.dismiss(commandId(2));
    expect({ told, items, after: outbox.state(writer, () => null) }).toEqual({
      told: [answer(1, note(), { status: 'refused', refusal }), answer(2, note(), { status: 'late' })],
      items: [
        { id: commandId(1), state: 'refused', why: refusal, ref: 'CON-1' },
        { id: commandId(2), state: 'late', why: null, ref: 'CON-1' },
      ],
      after: { items: [] },
    });
  });

  it('C-12: a consultation is sent like the rest and never shown; refused, it is over', () => {
    keep({ kind: 'consult' });
    outbox.connected(0);
    const first = sent();
    outbox.answered(res(1, { status: 'refused', refusal: { code: 'unknown-contact' }, lsn: null }));
    expect([first, outbox.state(writer, () => null), store.outbox()]).toEqual([[1], { items: [] }, []]);
  });

  it('L-16: HELLO says below which number everything is answered', () => {
    const heard = [outbox.lastAcknowledged];
    keep(note('1'), note('2'), note('3'));
    heard.push(outbox.lastAcknowledged);
    outbox.answered(res(2, { lsn: null }));
    heard.push(outbox.lastAcknowledged);
    outbox.answered(res(1, { lsn: null }));
    heard.push(outbox.lastAcknowledged);
    outbox.answered(res(3, { status: 'late' }));
    expect([...heard, outbox.lastAcknowledged]).toEqual([0, 0, 0, 2, 3]);
  });
});

describe('claims and a red link', () => {
  const linkDown = { code: 'link-down' } as const;
  const withdrawn = (n: number) => answer(n, claim, { status: 'refused', refusal: linkDown });
  const standings = () => store.outbox().map(({ seq, standing }) => [seq, standing.kind]);

  it('X-08: at red, claims that were never sent are refused at once, and what waits behind them closes up', () => {
    outbox.connected(0);
    outbox.disconnected();
    keep(note('1'), claim, note('3'));
    const told = outbox.expire();
    expect([told, standings()]).toEqual([
      [withdrawn(2)],
      [
        [1, 'waiting'],
        [0, 'refused'],
        [2, 'waiting'],
      ],
    ]);
  });

  it('X-08: a claim that was sent and never received is refused when the queue says so', () => {
    outbox.connected(0);
    keep(note('1'), claim, note('3'));
    outbox.toSend();
    outbox.disconnected();
    const atRed = outbox.expire();
    const back = outbox.connected(1);
    expect([atRed, back, sent(), standings()]).toEqual([
      [],
      [withdrawn(2)],
      [1, 2],
      [
        [1, 'waiting'],
        [0, 'refused'],
        [2, 'waiting'],
      ],
    ]);
  });

  it('X-08: a claim that was received is asked for again, and its stored answer is heard', () => {
    outbox.connected(0);
    keep(claim);
    outbox.toSend();
    outbox.disconnected();
    outbox.expire();
    const back = outbox.connected(1);
    const again = sent();
    store.commitEvents([], { storeEpoch, lsn: asLsn(1) });
    expect([back, again, outbox.answered(res(1, { status: 'duplicate' }))]).toEqual([
      [],
      [1],
      answer(1, claim),
    ]);
  });

  it('X-08: a claim that was received is not withdrawn in another life of the desk either: it is asked for again', () => {
    outbox.connected(0);
    keep(claim);
    outbox.toSend();
    outbox.disconnected();
    outbox.expire();
    outbox.connected(1);
    store.renewIncarnation(asIncarnation(anId(2)));
    outbox.reread();
    expect([outbox.connected(0), sent()]).toEqual([[], [1]]);
  });

  it('X-08: after a short cut, without red, a claim goes again', () => {
    outbox.connected(0);
    keep(claim);
    outbox.toSend();
    outbox.disconnected();
    expect([outbox.connected(0), sent()]).toEqual([[], [1]]);
  });

  it('X-08: a claim given after the link came back is not one of those that went red', () => {
    keep(note());
    outbox.expire();
    outbox.connected(0);
    keep(claim);
    outbox.disconnected();
    expect([outbox.connected(0), sent()]).toEqual([[], [1, 2]]);
  });

  it('X-08: claims of an earlier run are withdrawn if the queue never received them, and heard if it did', () => {
    keep(claim, note('2'), claim);
    outbox = begin();
    expect([outbox.connected(2), sent(), standings()]).toEqual([
      [withdrawn(3)],
      [1, 2],
      [
        [1, 'waiting'],
        [2, 'waiting'],
        [0, 'refused'],
      ],
    ]);
  });
});
