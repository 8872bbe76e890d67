import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { claim, grade } from '../harness/card-acts.ts';
import { rings } from '../harness/card-exchange.ts';
import { playCard, seconds, type PlayedCard } from '../harness/card.ts';

const saysWho = (name: string): Act => ({
  kind: 'describe',
  said: {
    title: 'Row about the eviction',
    caller: { name, number: null, address: null },
    language: null,
  },
});

/** A call of which the exchange knows a number and nothing else, taken and looked at. */
async function unknownCall(card: PlayedCard) {
  const contact = await rings(card, 'who-1', { number: '07700 900999' });
  const handler = card.handler.on({ contact });
  await handler.does(claim, await handler.look('asb', {}), grade('G4', 'A quarrel, nobody near'));
  return handler;
}

describe('a caller who says who they are', () => {
  it('R-24, AS-16, T-17: what is on record under that name stands on the contact at once, and the risk is looked at again', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const handler = await unknownCall(card);
    expect((await handler.sees()).markers).toEqual([]);
    await handler.does(saysWho('Mara Quested'));
    const { title, caller, markers, duties } = await handler.sees();
    expect([title, caller.name, caller.number]).toEqual([
      'Row about the eviction',
      'Mara Quested',
      '07700 900999',
    ]);
    expect(markers.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([['MK-0101', ['same-name']]]);
    expect(duties.map(({ kind, because }) => [kind, because])).toContainEqual(['re-thrive', 'marker-found']);
  });

  it('R-24, AS-18: an agreed plan is found by the name, and a name that nobody knows finds nothing', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const handler = await unknownCall(card);
    await handler.does(saysWho('Imogen Vale'));
    expect([(await handler.sees()).plan, (await handler.sees()).markers]).toEqual([null, []]);
    await handler.does(saysWho('Graham Tolhurst'));
    expect((await handler.sees()).plan).toMatchObject({ ref: 'PL-0417' });
  });
});
