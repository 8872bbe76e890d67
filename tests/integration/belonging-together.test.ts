import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { attempt, claim, grade, link, note } from '../harness/card-acts.ts';
import { rings } from '../harness/card-exchange.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { kindThatFits } from '../../src/renderer/app/link-words.ts';
import { post } from '../harness/arrivals.ts';
import { asContactId } from '../../src/shared/domain/ids.ts';
import { playCard, seconds } from '../harness/card.ts';

const agreed = (words: string, detail: string, latitude: number): Act => ({
  kind: 'place',
  spot: { words, detail, point: { latitude, longitude: -0.1894 }, readBack: true },
});

describe('calls of which nobody has written a word', () => {
  it('AS-28, AS-11, W-21: belong together by the agreed place, by a plate in the notes and by whose line it is, each with its reason', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const subscriber = { name: 'A. Renter', address: '4 Sallow Walk, Ware SG12 9MO' };
    const call = async (n: number, told: object, ...acts: readonly Act[]) => {
      const contact = await rings(card, `bare-${n}`, { number: `07700 90080${n}`, ...told });
      const handler = card.handler.on({ contact });
      await handler.does(claim, ...acts);
      card.wait(30_000);
      return { contact, handler };
    };
    const first = await call(1, {}, agreed('Larkmere Close, Stevenage', '4', 51.9031));
    const there = await call(2, {}, agreed('Larkmere Close, Stevenage', '', 51.9031));
    const plate = note('Silver Golf LB71 QIV has hit a cyclist');
    const hit = await call(3, {}, plate);
    const seen = await call(4, {}, note('LB71 QIV, driving without lights'));
    const line = await call(5, { subscriber });
    const again = await call(6, { subscriber });
    await call(7, { number: null });

    const suggested = async ({ handler }: typeof first) => {
      await handler.sees();
      const { suggestions } = await handler.related();
      return suggestions.map(({ summary, because }) => [summary.id, because.join(' ')]);
    };
    expect(await suggested(there)).toEqual([
      [first.contact, expect.stringContaining('In the same place.') as string],
    ]);
    expect(await suggested(seen)).toEqual([
      [hit.contact, expect.stringContaining('Both name the plate LB71QIV.') as string],
    ]);
    expect(await suggested(again)).toEqual([
      [line.contact, expect.stringContaining('The same address, where a line was put in.') as string],
    ]);
    // And the other way round, and in what is known of the caller from before.
    expect((await suggested(first)).map(([id]) => id)).toEqual([there.contact]);
    const { items } = await card.desk.request('history.read', { contact: again.contact });
    expect(items.map(({ summary, because }) => [summary.id, because])).toEqual([
      [line.contact, ['same-address']],
    ]);
  });
});

describe('a caller who rings again', () => {
  it('T-17, C-24: asks for another look whatever one key links it as, because it is the same number', async () => {
    await using card = await playCard('E18', { upTo: seconds(20) });
    const { handler } = card;
    const inside = { 'inside-with': 'yes' } as const;
    await handler.does(claim, await handler.look('burglary-now', inside), grade('G1', 'They are inside'));
    await card.goOn();
    // The line has dropped; that was looked at before the second call.
    await handler.does(await handler.look('burglary-now', inside));
    expect((await card.contact()).marks.duties).toEqual([]);

    const again = handler.on({ n: 2 });
    const suggestion = must((await again.related()).suggestions[0], 'a suggestion');
    expect(kindThatFits(suggestion)).toBe('same-incident');
    await again.does(claim, link(await card.id(), 'same-incident', ''));
    const open = (await card.contact()).duties.filter(({ done }) => done === null);
    expect(open.map(({ because }) => because)).toEqual(['caller-rang-back']);
    expect((await card.contact()).links).toMatchObject([{ side: 'parent', rangAgain: true, found: [] }]);
  });
});

describe('a call from the number of an emergency call that was lost', () => {
  const lost = async () => {
    const card = await playCard('E18', { upTo: seconds(20) });
    await card.goOn();
    const [first, again] = [await card.id(), await card.id({ n: 2 })];
    const rows = async () => {
      const found = await card.desk.inbox();
      return [first, again].map((id) =>
        (found.find(({ summary }) => summary.id === id)?.sameNumber ?? []).map(({ contact, is }) => [
          contact,
          is,
        ]),
      );
    };
    const untilRows = (said: Awaited<ReturnType<typeof rows>>) =>
      card.desk.until(rows, (now) => isDeepStrictEqual(now, said));
    const both = [[[again, 'ringing']], [[first, 'due']]] as const;
    await untilRows(both.map((row) => row.map((one) => [...one])));
    return { card, first, again, rows, untilRows };
  };

  it('TE-10, W-21: is said in both rows at once, links nothing, and is over when they are linked', async () => {
    const { card, first, again, untilRows } = await lost();
    await using _ = card;
    // Told to the window by itself, before it has asked for anything.
    const pushed = card.desk.pushes.flatMap(({ name, payload }) =>
      name === 'inbox.changed' ? payload.upserts : [],
    );
    for (const id of [first, again])
      expect(pushed.findLast(({ summary }) => summary.id === id)?.sameNumber).toHaveLength(1);
    expect((await card.all()).flatMap(({ links }) => links)).toEqual([]);
    const handler = card.handler.on({ contact: again });
    await handler.does(claim);
    await untilRows([[[again, 'ringing']], [[first, 'due']]]);
    await handler.does(link(first, 'same-caller', ''));
    await untilRows([[], []]);
  });

  it('TE-10, C-20: is over when the call-back is done, and was never in the log', async () => {
    const { card, untilRows } = await lost();
    await using _ = card;
    await card.handler.does(claim, attempt('yes', 'voice', 'answered', 'She whispers that she is upstairs'));
    await untilRows([[], []]);
  });
});

describe('twenty calls on one crash', () => {
  it('A9, AS-10, C-24: m 1 is the first of them for every call, and who bleeds raises it', async () => {
    await using card = await playCard('E04', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(claim, await handler.look('collision', { trapped: 'yes' }), grade('G1', 'Trapped'));
    const parent = await card.id();
    const crash = async (n: number, account: string) => {
      // The last of them is later than calls are compared with the first.
      card.wait(150_000);
      const { body } = await post(card.queue, {
        channel: '999-voice',
        title: 'Crash on the A414',
        place: 'A414, Hatfield',
        caller: { name: null, number: `07700 9006${10 + n}`, address: null },
        account,
        location: {
          method: 'aml',
          latitude: 51.7671,
          longitude: -0.2007,
          radiusMetres: 20,
          at: new Date(card.now()).toISOString(),
        },
      });
      return handler.on({ contact: asContactId((body as { readonly id: string }).id) });
    };
    for (let n = 1; n < 20; n += 1) {
      const hurt = n === 19;
      const hand = await crash(n, hurt ? 'A child is bleeding and not breathing.' : 'A crash on the A414.');
      await hand.sees();
      const [first, ...others] = (await hand.related()).suggestions;
      expect([n, first?.summary.id, others]).toEqual([n, parent, []]);
      if (hurt) await handler.does(await handler.look('collision', { trapped: 'yes' }));
      if (hurt) expect((await card.contact()).marks.duties).toEqual([]);
      await hand.does(claim, link(parent, 'same-incident', ''));
    }
    const { marks, links } = await card.contact();
    expect([marks.duties, links.length, links.at(-1)?.found]).toEqual([
      ['re-thrive'],
      19,
      expect.arrayContaining(['injury']),
    ]);
  });
});
