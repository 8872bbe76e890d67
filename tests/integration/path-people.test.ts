import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountChanges } from '../../src/queue/accounts/account-changes.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { asContactId, type ContactId } from '../../src/shared/domain/ids.ts';
import { aBody, aLog, post } from '../harness/arrivals.ts';
import { aClosing, anId } from '../harness/builders.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';
import { testPin } from '../harness/test-pin.ts';

const written = asContactId(anId(0xbeef));
const log: Act = { kind: 'log', ...aLog({ provisionalRef: 'PROV-7KQ4TX', paperLog: 'P1-0001' }) };
const note: Act = { kind: 'note', text: 'She has the frame number', happenedAt: null };
const close: Act = aClosing();

let queue: TestQueue;
let wire: CutProxy;
let desk: Desk;

beforeEach(async () => {
  queue = await startTestQueue({ store: 'memory' });
  wire = await startCutProxy(queue.deskUrl);
  desk = startDesk({ queueUrl: wire.deskUrl, handler: '4711' });
  await desk.untilLink('live');
});

afterEach(async () => {
  desk.stop();
  await wire[Symbol.asyncDispose]();
  await queue.stop();
});

async function arrive(over: Readonly<Record<string, unknown>> = {}): Promise<ContactId> {
  const { body } = await post(queue, aBody(over));
  const { id } = body as { id: ContactId };
  await desk.until(
    () => desk.inbox(),
    (rows) => rows.some(({ summary }) => summary.id === id),
  );
  return id;
}

const truth = async (id: ContactId) => (await queue.service.contacts([id]))[0];
const effects = async () =>
  (await queue.store.auditAfter(0, 1_000))
    .filter(({ command, act }) => command !== null && act !== 'consult')
    .map(({ handler, act, outcome }) => [handler, act, outcome]);
const session = async () => (await desk.request('desk.read', {})).session;
const signIn = (handler: string) => desk.request('session.sign-in', { handler, pin: testPin });

describe('people at a desk, with a real queue', () => {
  it('P-03, P-04, P-05: written down, noted and closed without a link, it is at the queue once, with both references', async () => {
    wire.cut();
    await desk.untilLink('suspect');
    for (const act of [log, note, close]) expect((await desk.submit(written, act)).kind).toBe('kept');
    wire.mend();
    await desk.untilReceived();
    const again = await desk.submit(asContactId(anId(0xbeee)), log);
    await desk.untilReceived();
    const contact = await truth(written);
    expect({
      again: again.kind,
      left: (await desk.request('outbox.read', {})).items.map(({ act, refusal }) => [act.kind, refusal]),
      contact: [contact?.provisionalRef, contact?.paperLog, contact?.ownership.kind, contact?.notes.length],
      effects: await effects(),
    }).toEqual({
      again: 'kept',
      left: [['log', { code: 'already-logged', ref: contact?.ref }]],
      contact: ['PROV-7KQ4TX', 'P1-0001', 'closed', 1],
      effects: [
        ['4711', 'log', 'applied'],
        ['4711', 'note', 'applied'],
        ['4711', 'close', 'applied'],
        ['4711', 'log', 'already-logged'],
      ],
    });
  });

  it('A-07, A-08: what was unsent at a sign-off goes with the next handler, in the name of the first', async () => {
    const id = await arrive();
    wire.cut();
    await desk.untilLink('down');
    await desk.submit(id, note);
    const left = await desk.request('session.sign-off', {});
    const nobody = await signIn('4712');
    wire.mend();
    const second = await signIn('4712');
    await desk.until(
      async () => (await truth(id))?.notes ?? [],
      (notes) => notes.length > 0,
    );
    expect([left, nobody.kind, second.kind, (await truth(id))?.notes.map(({ by }) => by.handler)]).toEqual([
      { kind: 'signed-off', unsent: 1 },
      'unreachable',
      'signed-in',
      ['4711'],
    ]);
  }, 30_000);

  it('A-06: signed in again without the queue, the handler works on, and is asked nothing when it is back', async () => {
    const id = await arrive();
    wire.cut();
    await desk.untilLink('down');
    await desk.request('session.sign-off', {});
    const back = await signIn('4711');
    wire.mend();
    await desk.until(
      () => desk.request('desk.read', {}),
      ({ link }) => link.kind === 'live',
    );
    await desk.until(
      () => desk.inbox(),
      (rows) => rows.some(({ summary }) => summary.id === id),
    );
    expect([back.kind, (await session()).kind]).toEqual(['signed-in', 'signed-in']);
  }, 30_000);

  it('A-12: a closed account’s desk is told so at once, and its work stays', async () => {
    const id = await arrive();
    await desk.request('draft.save', { contact: id, draft: { text: 'Half', caret: 4 } });
    const accounts = new AccountChanges({
      store: queue.store,
      clock: systemClock,
      random: randomBytes,
      from: 'test',
    });
    await accounts.close('4711');
    const out = await desk.until(session, ({ kind }) => kind === 'signed-out');
    expect([out, (await signIn('4711')).kind]).toMatchObject([
      { because: 'revoked', knownHere: [] },
      'wrong',
    ]);
  });

  it('S-08, W-22: restarted without a link, the desk shows the same inbox, tabs and half-typed words', async () => {
    const id = await arrive();
    await desk.request('tabs.save', { tabs: [id], active: id });
    await desk.request('draft.save', { contact: id, draft: { text: 'Half', caret: 4 } });
    const before = await desk.inbox();
    wire.cut();
    desk.stop({ keepFolder: true });
    desk = startDesk({ queueUrl: wire.deskUrl, folder: desk.folder, handler: '4711' });
    expect([
      await desk.inbox(),
      await desk.request('tabs.read', {}),
      (await desk.request('drafts.read', {})).drafts.map(({ contact }) => contact),
    ]).toEqual([before, { tabs: [id], active: id }, [id]]);
  });

  it('X-11: what other desks did while the link was cut is told once', async () => {
    const [taken, closed] = [await arrive(), await arrive()];
    using other = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
    await other.untilLink('live');
    await other.until(
      () => other.inbox(),
      (rows) => rows.length === 2,
    );
    wire.cut();
    await desk.untilLink('down');
    await other.submit(taken, { kind: 'claim' });
    await other.submit(closed, { kind: 'claim' });
    await other.submit(closed, close);
    const emergency = (await post(queue, aBody({ channel: '999-voice' }))).body as { id: ContactId };
    await other.untilReceived();
    wire.mend();
    const { missed } = await desk.until(
      () => desk.request('desk.read', {}),
      (state) => state.missed !== null,
    );
    expect([
      missed?.newEmergencies.map(({ id }) => id),
      missed?.takenByOthers.map(({ id }) => id),
      missed?.closed.map(({ id }) => id),
    ]).toEqual([[emergency.id], [taken], [closed]]);
  }, 30_000);
});
