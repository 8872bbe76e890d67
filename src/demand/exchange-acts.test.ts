import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openExchangeDoor, type ActOfHandler, type AgentTold, type ExchangeDoor } from './exchange-acts.ts';

const key = 'the-key-of-the-demo-source';
const act = { act: 'answer', epoch: 'e-1', n: 12, callId: 'c-1', at: 1_000, desk: 7, extension: null };

describe('D-08: the address at which the generator is told what handlers do', () => {
  let acts: ActOfHandler[];
  let agents: AgentTold[];
  let door: ExchangeDoor;
  beforeEach(async () => {
    acts = [];
    agents = [];
    const onAgent = (one: AgentTold) => agents.push(one);
    door = await openExchangeDoor({ port: 0, key, onAct: (one) => acts.push(one), onAgent });
  });
  afterEach(() => door[Symbol.asyncDispose]());

  const post = async (text: string, signedWith = key, method = 'POST') => {
    const signature = createHmac('sha256', signedWith).update(text).digest('hex');
    const headers = { 'x-queue-signature': `sha256=${signature}` };
    const body = method === 'GET' ? {} : { body: text };
    return (await fetch(`http://127.0.0.1:${door.port}/acts`, { method, headers, ...body })).status;
  };

  it('takes an act that is signed with its key, and says which desk', async () => {
    expect(await post(JSON.stringify(act))).toBe(200);
    expect(acts).toEqual([{ act: 'answer', epoch: 'e-1', n: 12, callId: 'c-1', extension: 'desk-7' }]);
  });

  it('TE-11: keeps what each desk’s person is doing, the newest whatever comes last, and hands it to nobody as an act', async () => {
    const agent = { act: 'agent', desk: 7, extension: null };
    for (const [state, at] of [
      ['available', 10],
      ['break', 20],
      ['available', 15],
    ])
      expect(await post(JSON.stringify({ ...agent, state, at }))).toBe(200);
    await post(JSON.stringify({ ...agent, desk: 8, extension: '4711', state: 'wrap-up', at: 5 }));
    expect(await post(JSON.stringify({ ...agent, state: 'on the moon', at: 30 }))).toBe(200);
    expect([...door.agents.values()]).toEqual([
      { extension: 'desk-7', state: 'break', at: 20 },
      { extension: '4711', state: 'wrap-up', at: 5 },
    ]);
    expect(acts).toEqual([]);
    // What was overtaken is handed to nobody.
    expect(agents.map(({ extension, state }) => [extension, state])).toEqual([
      ['desk-7', 'available'],
      ['desk-7', 'break'],
      ['4711', 'wrap-up'],
    ]);
  });

  it('takes an act it does not know, and leaves it alone', async () => {
    expect(await post(JSON.stringify({ ...act, act: 'conference' }))).toBe(200);
    expect(acts).toEqual([]);
  });

  it.each([
    ['signed with another key', 'another-key', 'POST', JSON.stringify(act), 401],
    ['longer than an act can be', key, 'POST', 'x'.repeat(9_000), 413],
    ['no POST', key, 'GET', '', 405],
  ])('refuses what is %s', async (_what, signedWith, method, text, status) => {
    expect(await post(text, signedWith, method)).toBe(status);
    expect(acts).toEqual([]);
  });
});
