import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../platform/log.ts';
import { deskStatusReasons, type DeskStatus } from '../../shared/domain/desk-status.ts';
import { asInstant, type Timers } from '../../shared/domain/time.ts';
import { Emitter } from '../../shared/lib/emitter.ts';
import { AgentTeller, type StatusTold, type ToldAgent } from './agent-teller.ts';
import type { PostAnswer } from './post-act.ts';

const status = (kind: DeskStatus['kind'], n: number): DeskStatus => ({
  kind,
  reason: deskStatusReasons[kind][0] ?? null,
  since: asInstant(n),
});

/** An exchange whose answers, and a clock whose turns, the test gives one by one. */
function anExchange() {
  const statuses = new Emitter<StatusTold>();
  const posted: ToldAgent[] = [];
  const answers: ((answer: PostAnswer) => void)[] = [];
  const pauses: { readonly ms: number; readonly task: () => void }[] = [];
  const timers: Timers = {
    after: (ms, task) => {
      pauses.push({ ms, task });
      return { [Symbol.dispose]: () => undefined };
    },
  };
  const teller = new AgentTeller({
    source: 'telephony',
    statuses,
    timers,
    log: silentLogger,
    post: async (body) => {
      posted.push(JSON.parse(body) as ToldAgent);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    teller,
    posted,
    pauses,
    says: (deskNumber: number, kind: DeskStatus['kind'] | null, n: number) =>
      statuses.emit({ deskNumber, status: kind === null ? null : status(kind, n), at: asInstant(n) }),
    answer: async (answer: PostAnswer) => {
      answers.shift()?.(answer);
      await settle();
    },
    wake: async () => {
      pauses.shift()?.task();
      await settle();
    },
  };
}

const taken: PostAnswer = { kind: 'taken' };
const away: PostAnswer = { kind: 'later', why: 'no answer' };

describe('TE-11 what an exchange is told of the desks', () => {
  it('is told the state of a desk and never the reason, and that nobody is there any more', async () => {
    const { says, posted, answer } = anExchange();
    says(7, 'break', 1);
    await answer(taken);
    says(7, null, 2);
    await answer(taken);
    expect(posted).toEqual([
      { act: 'agent', desk: 7, extension: null, state: 'break', at: 1 },
      { act: 'agent', desk: 7, extension: null, state: 'signed-off', at: 2 },
    ]);
  });

  it('is told the newest of each desk, when several came while one was on its way', async () => {
    const { says, posted, answer } = anExchange();
    says(7, 'busy', 1);
    says(7, 'break', 2);
    says(8, 'available', 3);
    says(7, 'available', 4);
    for (let turn = 0; turn < 3; turn += 1) await answer(taken);
    expect(posted.map(({ desk, state }) => `${desk} ${state}`)).toEqual([
      '7 busy',
      '7 available',
      '8 available',
    ]);
  });

  it('is told again and again while it takes nothing, less and less often, and then all that waited', async () => {
    const { teller, says, posted, pauses, answer, wake } = anExchange();
    says(7, 'busy', 1);
    const waits: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      await answer(away);
      waits.push(pauses[0]?.ms ?? 0);
      await wake();
    }
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    expect(teller.isAway).toBe(true);
    says(8, 'break', 2);
    await answer(taken);
    await answer(taken);
    expect(teller.isAway).toBe(false);
    expect(posted.slice(-2).map(({ desk, state }) => `${desk} ${state}`)).toEqual(['7 busy', '8 break']);
  });

  it('goes on after a status that it refuses for ever', async () => {
    const { says, posted, answer } = anExchange();
    says(7, 'busy', 1);
    says(8, 'busy', 2);
    await answer({ kind: 'refused', why: '422' });
    await answer(taken);
    says(7, 'available', 3);
    expect(posted.map(({ desk }) => desk)).toEqual([7, 8, 7]);
  });

  it('is told nothing once the queue ends', async () => {
    const { teller, says, posted, answer } = anExchange();
    teller[Symbol.dispose]();
    says(7, 'busy', 1);
    await answer(taken);
    expect(posted).toEqual([]);
  });
});
