import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anActor, testStart } from '../../../tests/harness/builders.ts';
import { asFrame } from '../../../tests/harness/log-script.ts';
import { resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { must } from '../../shared/lib/assert.ts';
import { HOUR } from '../../shared/domain/time.ts';

const me = anActor();
const other = anActor({ deskNumber: 3 });
let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

const report = async () => (await desk.state()).missed;

describe('what was missed, when the program ends while the copy is being brought up to date', () => {
  it('X-11: is told whole: what was taken in before and after, since when nothing was heard', async () => {
    await desk.live();
    const mine = desk.log.arrives().contact;
    desk.log.happens(mine, { kind: 'claim' }, { by: me });
    await desk.tell(1);
    const heard = desk.clock.now();
    desk.clock.advance(13_000);
    desk.clock.advance(HOUR);
    const from = desk.log.head;
    desk.log.happens(mine, { kind: 'free', reason: 'dead' }, { by: other });
    desk.log.happens(mine, { kind: 'claim' }, { by: other });
    for (let count = 0; count < 5; count += 1) desk.log.arrives({ channel: '999-voice' });
    desk.log.arrives();
    desk.connect();
    for (const entry of desk.log.entries.slice(from, from + 4)) desk.network.last.says(asFrame(entry));
    await turn();
    desk.beginAgain();
    desk.connect();
    await desk.tell(from + 4);
    const told = must(await report(), 'report');
    expect({
      emergencies: told.newEmergencies.length,
      taken: told.takenByOthers.map(({ id }) => id),
      arrived: told.arrived,
      from: told.from - heard < 60_000,
    }).toEqual({ emergencies: 5, taken: [mine], arrived: 1, from: true });
  });

  it('X-11: an emergency that was told ahead of the log is still new after the restart', async () => {
    await desk.live();
    desk.clock.advance(13_000);
    const from = desk.log.head;
    const { contact } = desk.log.arrives({ channel: '999-voice' });
    desk.connect({ emergencies: [desk.log.summary(contact)] });
    desk.beginAgain();
    desk.connect();
    await desk.tell(from);
    expect((await report())?.newEmergencies.map(({ id }) => id)).toEqual([contact]);
  });

  it('X-11: own acts that were answered before the end belong to it', async () => {
    const contact = await desk.live({ ownership: { kind: 'owned', by: me, since: testStart } });
    desk.clock.advance(13_000);
    await desk.submit(contact, { kind: 'grade', grade: 'G1', reason: 'risk' });
    const from = desk.log.head;
    desk.log.arrives();
    desk.connect();
    const refusal = { code: 'not-yours' } as const;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'refused', refusal }));
    desk.beginAgain();
    desk.connect({ lastCmdSeq: 1 });
    await desk.tell(from);
    expect((await report())?.conflicts).toMatchObject([{ contact, act: 'grade', outcome: 'refused' }]);
  });

  it('X-11: once told, nothing of it is collected any more', async () => {
    await desk.live();
    desk.clock.advance(13_000);
    const from = desk.log.head;
    desk.log.arrives();
    desk.connect();
    await desk.tell(from);
    const told = await report();
    desk.beginAgain();
    desk.connect();
    expect([told?.arrived, desk.store.outage(), (await report())?.arrived]).toEqual([1, null, 1]);
  });
});

it('X-11: a desk counts as up to date only when its copy is whole', async () => {
  await desk.live();
  const heard = desk.store.heardAt();
  desk.clock.advance(13_000);
  desk.clock.advance(HOUR);
  const from = desk.log.head;
  desk.log.arrives();
  desk.connect();
  const during = desk.store.heardAt();
  await desk.tell(from);
  expect([during, must(desk.store.heardAt(), 'time') - must(heard, 'time') > HOUR]).toEqual([heard, true]);
});
