import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aLog } from '../../../tests/harness/arrivals.ts';
import { anActor, anId, aPerson, testStart } from '../../../tests/harness/builders.ts';
import { knownPin } from '../../../tests/harness/kept-sign-in.ts';
import { resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { asContactId, asHandlerId, asLsn, type ContactId } from '../../shared/domain/ids.ts';
import { HOUR, later } from '../../shared/domain/time.ts';

const one = aPerson();
const two = aPerson({ handler: asHandlerId('handler-2'), name: 'Priya Nair' });
let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk({ signIn: null });
});

afterEach(() => desk.end());

async function arrive(person = one): Promise<void> {
  const until = later(testStart, 12 * HOUR);
  desk.signInReply = {
    kind: 'signed-in',
    signedIn: { token: `a token of ${person.handler}`, person, until },
  };
  await desk.request('session.sign-in', { handler: person.handler, pin: knownPin });
  desk.signInReply = { kind: 'unreachable' };
}

/** Signs off, with the two seconds for last words. */
async function leave() {
  const leaving = desk.request('session.sign-off', {});
  await turn();
  desk.clock.advance(2_000);
  return leaving;
}

const listed = (answer: Awaited<ReturnType<typeof leave>>): ContactId[] | string =>
  answer.kind === 'still-yours' ? answer.contacts.map(({ id }) => id) : answer.kind;
const sent = () => desk.commands().map(({ by, body }) => [by, body.kind]);

describe('a claim of somebody who has left', () => {
  const secondSignIn = { person: two, until: later(testStart, 24 * HOUR) };
  const standings = () => desk.store.outbox().map(({ command, standing }) => [command.by, standing]);

  it('X-08, A-07: holds them while the queue may answer, and is not sent hours later by the next sign-in', async () => {
    await arrive();
    const contact = await desk.live({ channel: '999-voice' });
    desk.clock.advance(8_000);
    await desk.submit(contact, { kind: 'claim' });
    const kind = await desk.linkKind();
    const first = listed(await leave());
    desk.clock.advance(13_000);
    const second = listed(await leave());
    desk.clock.advance(5 * HOUR);
    await arrive(two);
    desk.connect({ signedIn: secondSignIn, lastCmdSeq: 0 });
    expect([kind, first, second, sent(), standings()]).toEqual([
      'suspect',
      [contact],
      'signed-off',
      [],
      [[one.handler, { kind: 'refused', refusal: { code: 'link-down' } }]],
    ]);
  });

  it('X-08: does not go out with the next sign-in although it was given back at once: that would hold a call for nobody', async () => {
    await arrive();
    const contact = await desk.live();
    desk.clock.advance(8_000);
    await desk.submit(contact, { kind: 'claim' });
    await desk.submit(contact, { kind: 'release' });
    const left = await leave();
    await arrive(two);
    desk.connect({ signedIn: secondSignIn, lastCmdSeq: 0 });
    expect([left, sent()]).toEqual([{ kind: 'signed-off', unsent: 2 }, [[one.handler, 'release']]]);
  });

  it('X-08: taking up again is no better: when the sign-in has run out, it is not sent by the next', async () => {
    await arrive();
    const contact = await desk.live({ ownership: { kind: 'closed', by: anActor(), since: testStart } });
    desk.clock.advance(8_000);
    await desk.submit(contact, { kind: 'reopen', reason: 'She rang again' });
    desk.network.last.closes(4005, 'run out');
    await turn();
    await arrive(two);
    desk.connect({ signedIn: secondSignIn, lastCmdSeq: 0 });
    expect([sent(), standings()]).toEqual([
      [],
      [[one.handler, { kind: 'refused', refusal: { code: 'link-down' } }]],
    ]);
  });
});

describe('signing off', () => {
  it('A-07: a contact whose claim the queue has granted is still theirs before its event has come', async () => {
    await arrive();
    const contact = await desk.live({ channel: '999-voice' });
    await desk.submit(contact, { kind: 'claim' });
    desk.network.last.says(resTo(desk.commands().at(-1), { lsn: asLsn(2) }));
    expect(listed(await leave())).toEqual([contact]);
  });

  it('A-07: a contact asked for or written down, and not yet answered, is theirs; one that they give back is not', async () => {
    await arrive();
    const contact = await desk.live();
    const written = asContactId(anId(0xbeef));
    await desk.submit(contact, { kind: 'claim' });
    await desk.submit(written, { kind: 'log', ...aLog({ provisionalRef: 'PROV-7KQ4TX' }) });
    const both = listed(await leave());
    await desk.submit(contact, { kind: 'release' });
    expect([both, listed(await leave())]).toEqual([[written, contact], [written]]);
  });

  it('A-07: waits until the copy has what was just done, and no longer', async () => {
    await arrive();
    const { contact } = desk.log.arrives();
    desk.log.happens(contact, { kind: 'claim' }, { by: anActor() });
    desk.connect({ resumed: false });
    desk.snapshot();
    await turn();
    await desk.submit(contact, { kind: 'release' });
    const [release] = desk.commands();
    desk.network.last.says(resTo(release, { lsn: asLsn(3) }));
    const before = desk.clock.now();
    const leaving = desk.request('session.sign-off', {});
    await turn();
    if (release !== undefined) desk.log.happens(contact, release.body, { id: release.cmdId, by: anActor() });
    await desk.tell(2);
    expect([await leaving, desk.clock.now() - before]).toEqual([{ kind: 'signed-off', unsent: 0 }, 0]);
  });

  it('A-07: an answer alone does not end the wait while an event is on its way', async () => {
    await arrive();
    const { contact } = desk.log.arrives();
    desk.log.happens(contact, { kind: 'claim' }, { by: anActor() });
    desk.connect({ resumed: false });
    desk.snapshot();
    await turn();
    await desk.submit(contact, { kind: 'release' });
    await desk.submit(contact, { kind: 'note', text: 'He is back', happenedAt: null });
    const [release, note] = desk.commands();
    const leaving = desk.request('session.sign-off', {});
    await turn();
    desk.network.last.says(resTo(release, { lsn: asLsn(3) }));
    desk.network.last.says(resTo(note, { lsn: null }));
    await turn();
    if (release !== undefined) desk.log.happens(contact, release.body, { id: release.cmdId, by: anActor() });
    await desk.tell(2);
    expect(await leaving).toEqual({ kind: 'signed-off', unsent: 0 });
  });

  it('A-07: a program that ends during the wait has signed nobody off', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.submit(contact, { kind: 'claim' });
    const leaving = desk.request('session.sign-off', {});
    await turn();
    desk.stop();
    await expect(leaving).rejects.toThrow('session.sign-off failed');
    expect(desk.store.session().kind).toBe('signed-in');
  });

  it('A-07: a contact that the queue has refused to take in holds nobody, and its words stay', async () => {
    await arrive();
    await desk.live();
    const written = asContactId(anId(0xbeef));
    await desk.submit(written, { kind: 'log', ...aLog({ provisionalRef: 'PROV-1', paperLog: 'P1-0001' }) });
    const refusal = { code: 'already-logged', ref: 'CON-9' } as const;
    desk.network.last.says(resTo(desk.commands().at(-1), { status: 'refused', refusal }));
    const left = await leave();
    await arrive();
    const { items } = await desk.request('outbox.read', {});
    expect([left, items.map(({ act }) => act.kind)]).toEqual([{ kind: 'signed-off', unsent: 0 }, ['log']]);
  });
});
