import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContact, anId } from '../../../tests/harness/builders.ts';
import { asFrame } from '../../../tests/harness/log-script.ts';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { summaryOf } from '../../shared/domain/contact.ts';
import { asContactId, asLsn, type ContactId } from '../../shared/domain/ids.ts';
import { EVENTS_AT_ONCE } from './log-intake.ts';

let desk: SteppedDesk;

beforeEach(async () => {
  desk = new SteppedDesk();
  await desk.live();
});
afterEach(() => desk.end());

/** How far the copy is, and how often the window was told of a change. */
const taken = () => ({
  at: desk.store.cursor()?.lsn,
  told: desk.said.filter(({ name }) => name === 'inbox.changed').length,
});

describe('events that keep coming', () => {
  it('L-21: the first after a rest is taken in at once, those behind it together a moment later', async () => {
    desk.clock.advance(1_000);
    const before = taken();
    desk.log.arrives();
    await desk.tell(1);
    const first = taken();
    desk.log.arrives();
    await desk.tell(2);
    desk.log.arrives();
    await desk.tell(3);
    const gathered = taken();
    desk.clock.advance(100);
    expect(
      [first, gathered, taken()].map(({ at, told }) => [Number(at) - Number(before.at), told - before.told]),
    ).toEqual([
      [1, 1],
      [1, 1],
      [3, 2],
    ]);
  });

  it('L-21: words of somebody whose contact is this desk’s wait 20 ms at most; the same about another’s wait with the rest', async () => {
    const from = desk.log.entries.length;
    const mine = desk.log.arrives({ channel: 'web-chat' });
    desk.log.happens(mine.contact, { kind: 'claim' });
    const other = desk.log.arrives({ channel: 'web-chat' });
    await desk.tell(from);
    /** How many of two events are taken in 20 ms after the one before them, and after 100 ms. */
    const saying = async (contact: ContactId): Promise<readonly number[]> => {
      desk.clock.advance(1_000);
      const comes = async (what: () => unknown) => {
        what();
        await desk.tell(desk.log.entries.length - 1);
      };
      await comes(() => desk.log.arrives());
      const before = Number(taken().at);
      await comes(() => desk.log.arrives());
      await comes(() => desk.log.says(contact, 'Are you there?'));
      const far: number[] = [];
      for (const ms of [20, 80]) {
        desk.clock.advance(ms);
        await turn();
        far.push(Number(taken().at) - before);
      }
      return far;
    };
    expect([await saying(mine.contact), await saying(other.contact)]).toEqual([
      [2, 2],
      [0, 2],
    ]);
  });

  /** How far the copy was each time the window was told of a change, and of how many contacts. */
  function watched() {
    const far: (readonly [lsn: number, contacts: number])[] = [];
    desk.said.push = (...said) => {
      for (const { name, payload } of said)
        if (name === 'inbox.changed')
          far.push([Number(desk.store.cursor()?.lsn), (payload as { upserts: unknown[] }).upserts.length]);
      return far.length;
    };
    return far;
  }

  it('L-21: a flash waits for one small commit and not for all that came before it', async () => {
    desk.clock.advance(1_000);
    const from = desk.log.entries.length;
    for (let n = 0; n < 2 * EVENTS_AT_ONCE + 5; n += 1) desk.log.arrives();
    const emergency = aContact({ id: asContactId(anId(0x999)), channel: '999-voice', band: 'A' });
    const far = watched();
    for (const entry of desk.log.entries.slice(from)) desk.network.last.says(asFrame(entry));
    await turn();
    desk.network.last.says({ t: 'FLASH', lsn: asLsn(1_000), summary: summaryOf(emergency) });
    await turn();
    await turn();
    const begin = from + EVENTS_AT_ONCE;
    expect(far).toEqual([
      [begin, EVENTS_AT_ONCE],
      [begin, 1],
      [begin + EVENTS_AT_ONCE, EVENTS_AT_ONCE],
      [begin + EVENTS_AT_ONCE + 5, 5],
    ]);
  });

  it('L-06: what comes between two commits follows them, and a new connection begins with its own events', async () => {
    desk.clock.advance(1_000);
    const from = desk.log.entries.length;
    for (let n = 0; n < EVENTS_AT_ONCE + 3; n += 1) desk.log.arrives();
    for (const entry of desk.log.entries.slice(from)) desk.network.last.says(asFrame(entry));
    await turn();
    desk.network.last.says(asFrame(desk.log.arrives()));
    await turn();
    const first = Number(desk.store.cursor()?.lsn);
    desk.clock.advance(100);
    const second = Number(desk.store.cursor()?.lsn);
    expect([first, second]).toEqual([from + EVENTS_AT_ONCE + 3, from + EVENTS_AT_ONCE + 4]);

    // Cut off between two commits: the rest comes again, and once.
    const again = desk.log.entries.length;
    for (let n = 0; n < 2 * EVENTS_AT_ONCE; n += 1) desk.log.arrives();
    desk.clock.advance(1_000);
    for (const entry of desk.log.entries.slice(again)) desk.network.last.says(asFrame(entry));
    await turn();
    desk.network.last.closes(1006);
    desk.connect({ resumed: true });
    await desk.tell(again + EVENTS_AT_ONCE);
    await turn();
    await turn();
    expect([Number(desk.store.cursor()?.lsn), desk.network.sockets.length]).toEqual([
      again + 2 * EVENTS_AT_ONCE,
      2,
    ]);
    expect((await desk.rows()).length).toBe(desk.log.contacts.length);
  });
});
