import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anActor, aPerson, testStart } from '../../../tests/harness/builders.ts';
import { knownPin } from '../../../tests/harness/kept-sign-in.ts';
import { resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import type { Act } from '../../shared/domain/command.ts';
import { asHandlerId, type ContactId } from '../../shared/domain/ids.ts';
import { HOUR, later } from '../../shared/domain/time.ts';

const one = aPerson();
const two = aPerson({ handler: asHandlerId('handler-2'), name: 'Priya Nair', role: 'trainee' });
const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };
const draft = { text: 'Half a sen', caret: 4 };

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk({ signIn: null });
});

afterEach(() => desk.end());

/** Somebody signs in at the queue. */
async function arrive(person = one): Promise<void> {
  const until = later(desk.clock.now(), 12 * HOUR);
  const token = `a token of ${person.handler}`;
  desk.signInReply = { kind: 'signed-in', signedIn: { token, person, until } };
  await desk.request('session.sign-in', { handler: person.handler, pin: knownPin });
  desk.signInReply = { kind: 'unreachable' };
}

const leave = () => desk.request('session.sign-off', {});

/** Somebody is there, and has a contact. */
async function arriveWithOne(): Promise<ContactId> {
  await arrive();
  const contact = await desk.live();
  desk.log.happens(contact, { kind: 'claim' }, { by: anActor() });
  await desk.tell(1);
  return contact;
}

it('W-16: a desk without a queue, too, says at its start who is there: printing goes by it', async () => {
  await arrive();
  const from = desk.said.length;
  desk.beginAgain({ queueUrl: null });
  expect(
    desk.said.slice(from).flatMap(({ name, payload }) => (name === 'desk.changed' ? [payload] : [])),
  ).toMatchObject([{ session: { kind: 'signed-in', locked: false } }]);
});

describe('behind the lock', () => {
  it('A-09: nobody signs the handler off, sees what they own, or takes the copy away with the link down', async () => {
    const contact = await arriveWithOne();
    await desk.request('session.lock', {});
    await expect(leave()).rejects.toThrow('session.sign-off failed: Locked');
    desk.clock.advance(13_000);
    await expect(leave()).rejects.toThrow('session.sign-off failed: Locked');
    expect([desk.store.held(contact) !== null, (await desk.state()).session.kind]).toEqual([
      true,
      'signed-in',
    ]);
  });

  it('A-08, A-09: half-typed words are taken in, and taken away only with the writer there', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.request('session.lock', {});
    const saved = await desk.request('draft.save', { contact, draft });
    await expect(desk.request('draft.save', { contact, draft: null })).rejects.toThrow('Locked');
    const locked = desk.store.draft(one.handler, contact);
    await desk.request('session.unlock', { pin: knownPin });
    await desk.request('draft.save', { contact, draft: null });
    expect([saved.kind, locked, desk.store.draft(one.handler, contact)]).toEqual(['kept', draft, null]);
  });
});

describe('what was missed', () => {
  /** The desk was cut off, somebody else took its contact, and what was noted meanwhile was refused. */
  async function missSomething(): Promise<void> {
    const contact = await arriveWithOne();
    desk.clock.advance(13_000);
    await desk.submit(contact, { kind: 'grade', grade: 'G1', reason: 'risk' });
    const from = desk.log.head;
    desk.log.happens(contact, { kind: 'free', reason: 'dead' }, { by: anActor({ deskNumber: 3 }) });
    desk.log.happens(contact, { kind: 'claim' }, { by: anActor({ deskNumber: 3 }) });
    desk.connect();
    await desk.tell(from);
    const refusal = { code: 'fenced', by: null } as const;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'refused', refusal }));
    await turn();
  }

  it('X-11, A-08: the report is its handler’s and goes with them, also when their sign-in ends by itself', async () => {
    await missSomething();
    const told = (await desk.state()).missed?.conflicts.length;
    desk.network.last.closes(4005, 'run out');
    const kept = desk.store.missed();
    await arrive(two);
    const shown = (await desk.state()).missed;
    desk.beginAgain();
    expect([told, kept, shown, (await desk.state()).missed]).toEqual([1, null, null, null]);
  });

  it('X-11, A-08: is gone when the time ran out while the program was closed', async () => {
    await missSomething();
    desk.stop();
    desk.clock.advance(13 * HOUR);
    desk.begin();
    const kept = desk.store.missed();
    await arrive(two);
    expect([kept, (await desk.state()).missed]).toEqual([null, null]);
  });

  it('X-11, A-08: another handler’s refused acts are in nobody else’s report', async () => {
    const contact = await arriveWithOne();
    desk.clock.advance(13_000);
    await desk.submit(contact, note);
    await leave();
    await arrive(two);
    desk.clock.advance(13_000);
    desk.connect({ signedIn: { person: two, until: later(testStart, 12 * HOUR) } });
    desk.network.last.says(resTo(desk.commands()[0], { status: 'late' }));
    await desk.tell(2);
    expect([desk.commands().map(({ by }) => by), (await desk.state()).missed]).toEqual([[one.handler], null]);
  });
});

describe('nobody is there any more', () => {
  it('A-07, S-13: what a sign-off could not wipe is wiped at the next start', async () => {
    await arrive();
    const contact = await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['wipe']) };
    await leave();
    const before = desk.store.held(contact) !== null;
    desk.refuse = null;
    desk.beginAgain();
    expect([before, desk.store.held(contact), desk.store.cursor()]).toEqual([true, null, null]);
  });

  it('A-07: what is unsent keeps the copy over a start', async () => {
    const contact = await arriveWithOne();
    desk.clock.advance(13_000);
    await desk.submit(contact, note);
    await leave();
    desk.beginAgain();
    expect(desk.store.held(contact)).not.toBeNull();
  });

  it('A-02: a sign-in that ended by itself leaves the copy', async () => {
    await arrive();
    const contact = await desk.live();
    desk.network.last.closes(4005, 'run out');
    desk.beginAgain();
    expect(desk.store.held(contact)).not.toBeNull();
  });
});

it('A-08: nobody puts away what another handler has not seen', async () => {
  const contact = await arriveWithOne();
  desk.clock.advance(13_000);
  await desk.submit(contact, note);
  const id = desk.store.outbox()[0]?.command.id;
  if (id === undefined) throw new Error('nothing was kept');
  desk.connect();
  desk.network.last.says(resTo(desk.commands()[0], { status: 'late' }));
  desk.network.last.closes(4005, 'run out');
  await arrive(two);
  await desk.request('outbox.dismiss', { id });
  const others = desk.store.outbox().length;
  desk.network.last.closes(4005, 'run out');
  await desk.request('session.sign-off', {}).catch(() => null);
  expect(others).toBe(1);
});
