import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emergencyPeriodEnd, isAbandoned, lineOfCall, type Call } from './call.ts';
import {
  callAfter,
  isPresentedAgain,
  nothingTold,
  titleOfCall,
  type CallEvent,
  type Particulars,
} from './call-events.ts';
import { asInstant, later, MINUTE, SECOND } from './time.ts';

const start = asInstant(Date.UTC(2026, 10, 22, 14, 0));
const second = (n: number) => later(start, n * SECOND);
const told = (over: Partial<Particulars>): Particulars => ({ ...nothingTold, ...over });

type Plain = Exclude<CallEvent['kind'], 'ring' | 'transfer'>;
const ring = (n = 0, over: Partial<Particulars> = {}, takenFor: string | null = null): CallEvent => ({
  kind: 'ring',
  at: second(n),
  told: told(over),
  takenFor,
});
const event = (kind: Plain, n: number, over: Partial<Particulars> = {}): CallEvent => ({
  kind,
  at: second(n),
  told: told(over),
});
const transfer = (n: number, to: string): CallEvent => ({
  kind: 'transfer',
  at: second(n),
  told: nothingTold,
  to,
});

/** A call as it stands when these were told, in this order. */
const callOf = (first: CallEvent, ...others: readonly CallEvent[]): Call =>
  others.reduce((call, one) => callAfter(call, one, 'c-1'), callAfter(null, first, 'c-1'));

const offered: Call = {
  id: 'c-1',
  handOver: 'offered',
  line: 'mobile',
  subscriber: null,
  network: 'EE',
  cell: 'Mast at Ware, 2 km',
  marks: [],
  operatorHeard: null,
  waited: null,
  recording: null,
  otherAgency: null,
  offeredAt: start,
  answeredAt: null,
  endedAt: null,
  asOf: start,
  claimedAt: null,
};
const mobile = { line: 'mobile', network: 'EE', cell: 'Mast at Ware, 2 km' } as const;

describe('TE-01: a call is told whole', () => {
  it('is whole from its first ring, with what the exchange knows of the line', () => {
    expect(callOf(ring(0, mobile))).toEqual(offered);
  });

  it('keeps all that was told before when something else is told', () => {
    const heard = 'A struggle, then nothing.';
    const call = callOf(
      ring(0, mobile),
      event('operator-on-line', 2, { operatorHeard: heard }),
      event('answer', 9, { recording: 'R-7' }),
      event('end', 300, { waited: { menu: 0, queue: 9 } }),
    );
    expect(call).toEqual({
      ...offered,
      handOver: 'ended',
      operatorHeard: heard,
      recording: 'R-7',
      waited: { menu: 0, queue: 9 },
      answeredAt: second(9),
      endedAt: second(300),
      asOf: second(300),
    });
  });

  it('takes what becomes known after the end, and stays ended', () => {
    const subscriber = { name: 'A. Renter', address: '4 Sallow Walk, Ware' };
    const call = callOf(ring(), event('drop', 5), event('particulars', 30, { line: 'fixed', subscriber }));
    expect(call).toMatchObject({ handOver: 'caller-dropped', endedAt: second(5), line: 'fixed', subscriber });
  });

  it('is begun by whatever is told of it first', () => {
    expect(callOf(event('answer', 4))).toMatchObject({
      id: 'c-1',
      handOver: 'connected',
      offeredAt: second(4),
    });
  });
});

describe('TE-02: the hand-over', () => {
  it.each<[string, readonly CallEvent[], Call['handOver']]>([
    ['waits while everybody is busy', [event('queued', 1)], 'queued'],
    ['is offered again after the queue', [event('queued', 1), ring(20)], 'offered'],
    ['is in the operator’s hands', [event('operator-on-line', 1)], 'operator-on-line'],
    [
      'is offered still when the operator leaves first',
      [event('operator-on-line', 1), event('operator-left', 2)],
      'offered',
    ],
    ['is connected when answered', [event('operator-on-line', 1), event('answer', 4)], 'connected'],
    ['is without the operator', [event('answer', 4), event('operator-left', 8)], 'operator-left'],
    [
      'stays connected when the operator speaks again',
      [event('answer', 4), event('operator-on-line', 8)],
      'connected',
    ],
    ['is held', [event('answer', 4), event('hold', 8)], 'held'],
    ['is resumed', [event('answer', 4), event('hold', 8), event('resume', 9)], 'connected'],
    ['cannot be held before it is answered', [event('hold', 8)], 'offered'],
    [
      'is transferred once it was answered',
      [event('answer', 4), transfer(60, 'Metropolitan Police')],
      'transferred',
    ],
    ['is diverted when nobody here answered', [transfer(60, 'Essex Police')], 'diverted'],
    [
      'stays transferred when the exchange ends its leg',
      [event('answer', 4), transfer(60, 'X'), event('end', 61)],
      'transferred',
    ],
    [
      'stays dropped when the exchange tidies up',
      [event('answer', 4), event('drop', 60), event('end', 60.2)],
      'caller-dropped',
    ],
    ['rings again after a drop', [event('drop', 5), ring(120)], 'offered'],
    ['waits again after a drop', [event('drop', 5), event('queued', 120)], 'queued'],
    ['is connected again after a drop', [event('drop', 5), event('answer', 120)], 'connected'],
    [
      'is not opened again by an operator who speaks after it',
      [event('drop', 5), event('operator-on-line', 6)],
      'caller-dropped',
    ],
  ])('%s', (_, events, handOver) => {
    expect(callOf(ring(), ...events).handOver).toBe(handOver);
  });

  it('names whose call it is that we took, through a hold, and who has it after a transfer', () => {
    const taken = callOf(
      ring(0, {}, 'Essex Police'),
      event('answer', 3),
      event('hold', 9),
      event('resume', 12),
    );
    expect(taken).toMatchObject({ handOver: 'taken-for-another', otherAgency: 'Essex Police' });
    const given = callAfter(taken, transfer(90, 'Essex Police, Chelmsford'), 'c-1');
    expect(given).toMatchObject({ handOver: 'transferred', otherAgency: 'Essex Police, Chelmsford' });
    expect(callAfter(given, ring(200), 'c-1')).toMatchObject({
      handOver: 'offered',
      otherAgency: null,
      endedAt: null,
    });
  });

  it('C-08 means a dropped line for the contact, and only then', () => {
    expect(lineOfCall(callOf(ring(), event('drop', 3)))).toBe('dropped');
    expect(lineOfCall(callOf(ring(), event('answer', 2), event('end', 3)))).toBe('ended');
  });

  it.each<[string, readonly CallEvent[], boolean]>([
    ['that rings off', [event('end', 30)], true],
    ['that gives up in the queue', [event('queued', 1), event('end', 30)], true],
    ['that gives up while the operator speaks', [event('operator-on-line', 1), event('end', 30)], true],
    [
      'that was answered, lost, offered again and rings off',
      [event('answer', 2), event('drop', 5), ring(20), event('end', 40)],
      true,
    ],
    [
      'that was answered, lost, queued again and rings off',
      [event('answer', 2), event('drop', 5), event('queued', 20), event('end', 40)],
      true,
    ],
    [
      'that was offered once more without an end and rings off',
      [event('answer', 2), ring(20), event('end', 40)],
      true,
    ],
    ['that was answered', [event('answer', 2), event('end', 30)], false],
    ['whose answer is told after its end', [event('end', 30), event('answer', 2)], false],
    [
      'that was offered again and answered',
      [event('answer', 2), event('drop', 5), ring(20), event('answer', 22), event('end', 40)],
      false,
    ],
    ['that another force took', [transfer(20, 'Essex Police'), event('end', 21)], false],
  ])('C-08 a call %s was given up: %#', (_, events, given) => {
    const call = callOf(ring(), ...events);
    expect([isAbandoned(call), lineOfCall(call)]).toEqual([given, given ? 'dropped' : 'ended']);
  });

  it.each<[string, readonly CallEvent[], CallEvent, boolean]>([
    ['a ring after the end', [event('answer', 2), event('end', 9)], ring(60), true],
    ['a wait after the end', [event('drop', 9)], event('queued', 60), true],
    ['an answer after the end', [event('drop', 9)], event('answer', 60), true],
    ['a ring of a call that has not ended', [event('answer', 2)], ring(60), true],
    ['a wait of a call that has not ended', [event('answer', 2)], event('queued', 60), true],
    ['the recording after the end', [event('end', 9)], event('particulars', 60), false],
    ['a second end', [event('end', 9)], event('drop', 60), false],
    ['an answer told late', [event('end', 9)], event('answer', 4), false],
    ['a ring told late', [event('answer', 2), event('end', 30)], ring(1), false],
    ['a hold', [event('answer', 2)], event('hold', 60), false],
    ['the first answer', [], event('answer', 2), false],
  ])('C-32 %s presents the call again: %#', (_, events, last, again) => {
    const before = callOf(ring(), ...events);
    expect(isPresentedAgain(before, callAfter(before, last, 'c-1'))).toBe(again);
  });
});

describe('TE-03: what is told late', () => {
  it('fills a gap and replaces nothing newer', () => {
    const call = callOf(
      ring(0, { line: 'internet' }),
      event('particulars', 30, { network: 'New Net' }),
      event('particulars', 10, { network: 'Old Net', cell: 'Mast at Ware', line: 'fixed' }),
    );
    expect(call).toMatchObject({
      network: 'New Net',
      cell: 'Mast at Ware',
      line: 'internet',
      asOf: second(30),
    });
  });

  it('corrects an address when it is newer', () => {
    const at = (address: string) => ({ subscriber: { name: null, address } });
    const call = callOf(ring(0, at('1 Old Road, Ware')), event('particulars', 9, at('7 New Road, Ware')));
    expect(call.subscriber?.address).toBe('7 New Road, Ware');
  });

  it('keeps the first answer, and does not put back on hold what was resumed', () => {
    const call = callOf(
      ring(),
      event('answer', 4),
      event('hold', 20),
      event('resume', 30),
      event('hold', 10),
    );
    expect(call).toMatchObject({ handOver: 'connected', answeredAt: second(4) });
    expect(callOf(ring(), event('particulars', 9), event('answer', 5))).toMatchObject({
      handOver: 'connected',
      answeredAt: second(5),
    });
  });

  it('is the end when it is the earlier of two', () => {
    const call = callOf(ring(), event('answer', 4), event('end', 61), event('drop', 60));
    expect(call).toMatchObject({ handOver: 'caller-dropped', endedAt: second(60) });
  });

  it('ends no call that was offered or answered since', () => {
    expect(callOf(ring(), event('drop', 5), ring(20), event('end', 6)).handOver).toBe('offered');
    expect(callOf(ring(), event('drop', 5), event('answer', 20), event('end', 6)).handOver).toBe('connected');
    expect(callOf(ring(), event('drop', 5), ring(20), event('answer', 4))).toMatchObject({
      handOver: 'offered',
      answeredAt: null,
    });
  });

  it('ends a call of which only particulars came since', () => {
    expect(callOf(ring(), event('particulars', 30), event('drop', 20))).toMatchObject({
      handOver: 'caller-dropped',
      endedAt: second(20),
    });
  });

  const someEvent = fc
    .tuple(
      fc.constantFrom<Plain | 'ring' | 'transfer'>(
        'ring',
        'queued',
        'operator-on-line',
        'operator-left',
        'answer',
        'hold',
        'resume',
        'end',
        'drop',
        'particulars',
        'transfer',
      ),
      fc.nat(60),
      fc.record({
        network: fc.constantFrom(null, 'A', 'B'),
        recording: fc.constantFrom(null, 'R-1', 'R-2'),
        operatorHeard: fc.constantFrom(null, 'a cough', 'a shout'),
      }),
    )
    .map(([kind, n, some]): CallEvent => {
      if (kind === 'ring') return ring(n, some);
      return kind === 'transfer' ? transfer(n, 'X') : event(kind, n, some);
    });

  it('never undoes what is newer, never loses what is known, and telling it twice is telling it once (any history)', () => {
    fc.assert(
      fc.property(fc.array(someEvent, { maxLength: 12 }), someEvent, (history, last) => {
        const before = callOf(ring(), ...history);
        const after = callAfter(before, last, 'c-1');
        expect(after.asOf).toBe(Math.max(before.asOf, last.at));
        for (const name of ['network', 'recording', 'operatorHeard'] as const) {
          if (before[name] !== null) expect(after[name]).not.toBeNull();
          if (before[name] !== null && last.at < before.asOf) expect(after[name]).toBe(before[name]);
          if (before[name] === null) expect(after[name]).toBe(last.told[name]);
        }
        // Over is over, unless it rings or is answered anew.
        if (before.endedAt !== null && last.at <= before.endedAt) expect(after.endedAt).not.toBeNull();
        expect(after.endedAt === null).toBe(!['dropped', 'ended'].includes(lineOfCall(after)));
        expect(callAfter(after, last, 'c-1')).toEqual(after);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('TE-05: the emergency period', () => {
  it('runs for sixty minutes from the end, and begins anew with a later one', () => {
    expect(emergencyPeriodEnd(callOf(ring()))).toBeNull();
    const dropped = callOf(ring(), event('drop', 5));
    expect(emergencyPeriodEnd(dropped)).toBe(later(second(5), 60 * MINUTE));
    const again = callAfter(dropped, ring(60), 'c-1');
    expect(emergencyPeriodEnd(again)).toBeNull();
    expect(emergencyPeriodEnd(callAfter(again, event('end', 90), 'c-1'))).toBe(
      later(second(90), 60 * MINUTE),
    );
  });
});

describe('C-11: the title of a call of which nobody has said anything', () => {
  it('says the channel and the kind of line, and nothing of a person', () => {
    expect(titleOfCall('999-voice', 'mobile')).toBe('999 call from a mobile');
    expect(titleOfCall('999-silent', 'fixed')).toBe('999 silent call from a landline');
    expect(titleOfCall('101-voice', 'unknown')).toBe('101 call');
    expect(titleOfCall('crash-alert', 'car')).toBe('Crash alert from a car');
    expect(titleOfCall('999-text', 'mobile')).toBe('999 text from a mobile');
  });
});
