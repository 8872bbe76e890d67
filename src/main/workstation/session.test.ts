import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aCommand, aContact, anActor, aPerson, testStart } from '../../../tests/harness/builders.ts';
import { knownPin } from '../../../tests/harness/kept-sign-in.ts';
import { everyWrite, resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import type { SignedIn } from '../../shared/contract/sign-in.ts';
import type { Act } from '../../shared/domain/command.ts';
import { asHandlerId } from '../../shared/domain/ids.ts';
import { HOUR, later, MINUTE } from '../../shared/domain/time.ts';
import { nobodyNamed } from '../cache/kept-session.ts';
import type { SignInReply } from './sign-in-client.ts';

const one = aPerson();
const two = aPerson({ handler: asHandlerId('handler-2'), name: 'Priya Nair', role: 'trainee' });
const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };
const draft = { text: 'Half a sen', caret: 4 };

const signedIn = (person = one, token = `a token of ${person.handler}`): SignInReply => {
  const answer: SignedIn = { token, person, until: later(testStart, 12 * HOUR) };
  return { kind: 'signed-in', signedIn: answer };
};
const refused = (refusal: Extract<SignInReply, { kind: 'refused' }>['refusal']): SignInReply => ({
  kind: 'refused',
  refusal,
});

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk({ signIn: null });
});

afterEach(() => desk.end());

const signIn = (handler: string = one.handler, pin = knownPin) =>
  desk.request('session.sign-in', { handler, pin });
const session = async () => (await desk.state()).session;

/** Somebody signs in at the queue. */
async function arrive(person = one): Promise<void> {
  desk.signInReply = signedIn(person);
  await signIn(person.handler);
  desk.signInReply = { kind: 'unreachable' };
}

/** … and signs off again. */
const leave = () => desk.request('session.sign-off', {});

describe('before anybody has signed in', () => {
  it('W-15: there is no link, nobody acts, and what is not about signing in is refused by name', async () => {
    const state = await desk.state();
    desk.clock.advance(60_000);
    expect(state.session).toEqual({ kind: 'signed-out', because: null, knownHere: [], unsent: 0, demo: [] });
    expect([state.me, state.status, state.missed, desk.network.sockets.length]).toEqual([
      null,
      null,
      null,
      0,
    ]);
    await expect(desk.rows()).rejects.toThrow('inbox.read failed: SignedOut');
    await expect(desk.request('outbox.read', {})).rejects.toThrow('outbox.read failed: SignedOut');
  });

  it('W-15: it is seen whether the queue is there', async () => {
    await turn();
    const before = await desk.linkKind();
    desk.answers = false;
    desk.clock.advance(12_000);
    await turn();
    expect([before, await desk.linkKind(), desk.payloads('desk.changed').at(-1)?.link.kind]).toEqual([
      'live',
      'down',
      'down',
    ]);
  });

  it('W-15: a queue that does not answer is named with its address, and the desk can be asked again', async () => {
    const first = await signIn();
    desk.signInReply = signedIn();
    expect([first, await signIn()]).toEqual([
      { kind: 'unreachable', address: 'ws://127.0.0.1/desk' },
      { kind: 'signed-in' },
    ]);
  });
});

describe('signing in at the queue', () => {
  it('A-02: says who, where and in which realm; the link then begins with the token', async () => {
    await arrive();
    desk.open();
    expect([desk.asked, desk.network.last.sentOf('HELLO')[0]?.signIn, await session()]).toEqual([
      [{ desk: anActor().desk, realm: 'demo', handler: one.handler, pin: knownPin }],
      { handler: one.handler, token: 'a token of handler-1' },
      { kind: 'signed-in', person: one, locked: false, until: later(testStart, 12 * HOUR) },
    ]);
  });

  it('A-02: asked twice at once, the queue is asked once', async () => {
    desk.signInReply = signedIn();
    const answers = await Promise.all([signIn(), signIn()]);
    expect([answers, desk.asked.length]).toEqual([[{ kind: 'signed-in' }, { kind: 'signed-in' }], 1]);
  });

  it.each<[SignInReply, unknown]>([
    [refused({ code: 'wrong', attemptsLeft: 3 }), { kind: 'wrong', attemptsLeft: 3 }],
    [refused({ code: 'too-many', retryAfterMs: 30_000 }), { kind: 'too-many', retryAfterMs: 30_000 }],
    [refused({ code: 'other-realm', realm: 'live' }), { kind: 'other-realm', realm: 'live' }],
  ])('A-01: the queue’s refusal is told as it is: %o', async (reply, told) => {
    desk.signInReply = reply;
    expect([await signIn(), (await session()).kind, desk.network.sockets]).toEqual([told, 'signed-out', []]);
  });

  it('A-01: what cannot be a PIN asks nobody and is wrong like any other', async () => {
    expect([await signIn(one.handler, 'abcd'), await signIn('', '1234'), desk.asked]).toEqual([
      { kind: 'wrong', attemptsLeft: 5 },
      { kind: 'wrong', attemptsLeft: 5 },
      [],
    ]);
  });

  it('S-09, S-14: with a disk that refuses everything somebody can sign in for this run, and sees every emergency', async () => {
    desk.signInReply = signedIn();
    desk.refuse = { kind: 'io', calls: everyWrite };
    const answer = await signIn();
    const { contact } = desk.log.arrives({ channel: '999-voice' });
    desk.connect({ resumed: false, emergencies: [desk.log.summary(contact)] });
    const seen = [(await session()).kind, (await desk.rows()).map(({ summary }) => summary.id)];
    const faults = await desk.faults();
    desk.beginAgain();
    expect([answer, seen, faults, (await session()).kind]).toEqual([
      { kind: 'signed-in' },
      ['signed-in', [contact]],
      ['cache-write-failed'],
      'signed-out',
    ]);
  });

  it('S-14: with the disk full a sign-in gives the reserve up, and is kept', async () => {
    let room = 1;
    const disk = {
      freeBytes: () => 0,
      makeReserve: () => undefined,
      giveUpReserve: () => {
        desk.refuse = null;
        return room-- > 0;
      },
    };
    desk.beginAgain({ disk });
    desk.signInReply = signedIn();
    desk.refuse = { kind: 'io', calls: new Set(['keepSignIn']), isFull: true };
    const answer = await signIn();
    expect([answer, desk.store.session().kind, await desk.faults()]).toEqual([
      { kind: 'signed-in' },
      'signed-in',
      [],
    ]);
  });

  it('S-14: with the disk full the lock is opened, and the try counted, with the reserve', async () => {
    const disk = {
      freeBytes: () => 0,
      makeReserve: () => undefined,
      giveUpReserve: () => {
        desk.refuse = null;
        return true;
      },
    };
    desk.beginAgain({ disk });
    await arrive();
    await desk.request('session.lock', {});
    desk.refuse = { kind: 'io', calls: new Set(['keepPerson']), isFull: true };
    expect(await desk.request('session.unlock', { pin: knownPin })).toEqual({ kind: 'unlocked' });
  });

  it('S-06: a file found broken while somebody signs in lets nobody in: the desk begins again', async () => {
    desk.signInReply = signedIn();
    desk.refuse = { kind: 'damaged', calls: new Set(['keepSignIn']) };
    expect([await signIn(), desk.broken.map(({ kind }) => kind)]).toEqual([
      { kind: 'not-kept', code: 'damaged' },
      ['damaged'],
    ]);
  });

  it('A-08: work that bears no name is the one’s who signs in first, and is sent in theirs', async () => {
    desk.stop();
    const command = aCommand({ on: aContact(), by: nobodyNamed, act: note });
    desk.store.keep(command, { keptAt: testStart, mono: 0, clearsDraft: false });
    desk.begin();
    await arrive();
    desk.connect({ resumed: false });
    expect([
      desk.commands().map(({ by }) => by),
      (await desk.request('outbox.read', {})).items.map(({ id }) => id),
    ]).toEqual([[one.handler], [command.id]]);
  });

  it('A-03: the role in force is the one of the last greeting', async () => {
    await arrive();
    desk.connect({
      resumed: false,
      signedIn: { person: { ...one, role: 'mentor' }, until: later(testStart, HOUR) },
    });
    expect(await session()).toMatchObject({ person: { role: 'mentor' } });
  });

  it('L-17: until when it holds is counted by this desk’s clock', async () => {
    await arrive();
    desk.open();
    const ahead = later(desk.clock.now(), 20 * HOUR);
    const before = desk.clock.now();
    desk.network.last.says(
      desk.welcome({
        resumed: false,
        serverTime: ahead,
        signedIn: { person: one, until: later(ahead, 2 * HOUR) },
      }),
    );
    // The link stands: from now on the twelve hours run.
    expect(await session()).toMatchObject({ until: later(before, 12 * HOUR) });
  });
});

describe('when the program is started again', () => {
  it('A-06: goes on without asking', async () => {
    await arrive();
    desk.clock.advance(9 * MINUTE);
    desk.beginAgain();
    desk.open();
    expect([await session(), desk.network.last.sentOf('HELLO')[0]?.signIn.handler]).toMatchObject([
      { kind: 'signed-in', locked: false },
      one.handler,
    ]);
  });

  it('A-09: comes up locked when nothing was asked for more than ten minutes', async () => {
    await arrive();
    desk.stop();
    desk.clock.advance(10 * MINUTE + 1);
    desk.begin();
    expect([await session(), (await desk.state()).status]).toMatchObject([
      { kind: 'signed-in', locked: true },
      { kind: 'away', reason: 'locked' },
    ]);
  });

  it('A-09: a locked desk stays locked', async () => {
    await arrive();
    await desk.request('session.lock', {});
    desk.beginAgain();
    expect(await session()).toMatchObject({ locked: true });
  });

  it('A-06: is over when the time is over, also while the program runs', async () => {
    await arrive();
    desk.clock.advance(12 * HOUR - 1);
    const during = (await session()).kind;
    desk.clock.advance(1);
    const after = await session();
    desk.beginAgain();
    expect([during, after, await session()]).toMatchObject([
      'signed-in',
      { kind: 'signed-out', because: 'expired', knownHere: [] },
      { kind: 'signed-out', because: 'expired' },
    ]);
  });
});

describe('without the queue', () => {
  beforeEach(async () => {
    await arrive();
    await leave();
  });

  it('A-06: who signed in here can do so again; nobody else', async () => {
    const known = await session();
    const other = await signIn(two.handler);
    expect([known, other, await signIn(), (await session()).kind]).toMatchObject([
      { knownHere: [one.handler] },
      { kind: 'unreachable' },
      { kind: 'signed-in' },
      'signed-in',
    ]);
  });

  it('A-06: after twelve hours it is over', async () => {
    desk.clock.advance(12 * HOUR);
    expect([await session(), await signIn()]).toMatchObject([{ knownHere: [] }, { kind: 'unreachable' }]);
  });

  it('A-06: wrong PINs are counted, across restarts and with growing waits, and a right one begins anew', async () => {
    const wrong = async () => signIn(one.handler, '9999');
    const first = [await wrong(), await wrong()];
    desk.beginAgain();
    const then = [await wrong(), await wrong(), await wrong()];
    const waits = [await signIn(), (desk.clock.advance(30_000), await wrong()), await signIn()];
    desk.clock.advance(60_000);
    const right = await signIn();
    await leave();
    expect([first, then, waits, right, await wrong()]).toEqual([
      [4, 3].map((attemptsLeft) => ({ kind: 'wrong', attemptsLeft })),
      [2, 1, 0].map((attemptsLeft) => ({ kind: 'wrong', attemptsLeft })),
      [
        { kind: 'too-many', retryAfterMs: 30_000 },
        { kind: 'wrong', attemptsLeft: 0 },
        { kind: 'too-many', retryAfterMs: 60_000 },
      ],
      { kind: 'signed-in' },
      { kind: 'wrong', attemptsLeft: 4 },
    ]);
  });

  it('A-06: tries made at the same moment are counted one by one', async () => {
    const tries = await Promise.all([1, 2, 3, 4, 5, 6].map(() => signIn(one.handler, '9999')));
    expect(tries.map(({ kind }) => kind)).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'too-many']);
  });

  it('A-06: when the queue is back it gives the token, and nobody is asked again', async () => {
    await signIn();
    desk.open();
    const hello = desk.network.last.sentOf('HELLO')[0]?.signIn;
    desk.signInReply = signedIn(one, 'a later token of handler-1');
    desk.network.last.closes(4005, 'sign in');
    await turn();
    desk.open();
    expect([
      hello?.token,
      desk.network.last.sentOf('HELLO')[0]?.signIn.token,
      (await session()).kind,
    ]).toEqual(['', 'a later token of handler-1', 'signed-in']);
  });

  it('A-12: whom the queue refuses with the PIN that was right here cannot sign in here any more', async () => {
    desk.signInReply = refused({ code: 'wrong', attemptsLeft: 4 });
    await signIn();
    desk.signInReply = { kind: 'unreachable' };
    expect([await session(), await signIn()]).toMatchObject([{ knownHere: [] }, { kind: 'unreachable' }]);
  });
});

describe('the queue ends a sign-in', () => {
  it.each([
    [4005, 'expired', [one.handler]],
    [4004, 'revoked', []],
  ] as const)(
    'A-02, A-12: with %i nobody is signed in any more (%s), and what was kept stays',
    async (code, because, knownHere) => {
      await arrive();
      const contact = await desk.live();
      desk.network.last.closes(1006);
      await desk.submit(contact, note);
      await desk.request('draft.save', { contact, draft });
      desk.open();
      desk.network.last.closes(code, 'over');
      const state = await desk.state();
      desk.clock.advance(60_000);
      expect(state.session).toEqual({ kind: 'signed-out', because, knownHere, unsent: 1, demo: [] });
      expect([state.faults, desk.network.open, desk.store.held(contact) !== null]).toEqual([[], 0, true]);
      await arrive();
      desk.connect();
      expect(desk.commands().map(({ body, by }) => [body.kind, by])).toEqual([['note', one.handler]]);
      expect(await desk.request('contact.read', { contact })).toMatchObject({ draft });
    },
  );

  it('X-09: the last words of a window that has not noticed yet go to who typed them', async () => {
    await arrive();
    const contact = await desk.live();
    desk.network.last.closes(4005, 'over');
    const saved = await desk.request('draft.save', { contact, draft });
    expect([saved.kind, desk.store.draft(one.handler, contact)]).toEqual(['kept', draft]);
  });
});

describe('the lock', () => {
  it('A-09, W-16: behind it there are the emergencies and nothing else', async () => {
    await arrive();
    await desk.live();
    const emergency = desk.log.arrives({ channel: '999-voice' }).contact;
    await desk.tell(1);
    await desk.request('session.lock', {});
    const shown = (await desk.rows()).map(({ summary }) => summary.id);
    const from = desk.said.length;
    const ordinary = desk.log.arrives().contact;
    const second = desk.log.arrives({ channel: '999-silent' }).contact;
    await desk.tell(2);
    // Ordinary events are gathered for a moment.
    desk.clock.advance(100);
    const pushed = desk.said
      .slice(from)
      .flatMap(({ name, payload }) =>
        name === 'inbox.changed' ? (payload as { upserts: { summary: { id: string } }[] }).upserts : [],
      );
    expect([shown, pushed.map(({ summary }) => summary.id)]).toEqual([[emergency], [second]]);
    await expect(desk.request('contact.read', { contact: ordinary })).rejects.toThrow(
      'contact.read failed: Locked',
    );
    await expect(desk.submit(ordinary, note)).rejects.toThrow('Locked');
  });

  it('A-09: only the PIN of who is signed in opens it; wrong ones are counted', async () => {
    await arrive();
    await desk.request('session.lock', {});
    const tries = [
      await desk.request('session.unlock', { pin: '0000' }),
      await desk.request('session.unlock', { pin: knownPin }),
    ];
    expect([tries, await session()]).toMatchObject([
      [{ kind: 'wrong', attemptsLeft: 4 }, { kind: 'unlocked' }],
      { locked: false },
    ]);
  });

  it('A-09: five wrong PINs close it for half a minute, also for the right one', async () => {
    await arrive();
    await desk.request('session.lock', {});
    for (let tries = 0; tries < 5; tries += 1) await desk.request('session.unlock', { pin: '0000' });
    const right = () => desk.request('session.unlock', { pin: knownPin });
    const early = await right();
    desk.clock.advance(30_000);
    expect([early, await right()]).toEqual([
      { kind: 'too-many', retryAfterMs: 30_000 },
      { kind: 'unlocked' },
    ]);
  });

  it('A-10: it says away, and afterwards the status is the one from before', async () => {
    await arrive();
    desk.connect({ resumed: false });
    await desk.request('desk.set-status', { kind: 'busy', reason: 'call-back' });
    await desk.request('session.lock', {});
    await desk.request('session.unlock', { pin: knownPin });
    const told = desk.network.last.sentOf('DESK').map(({ status: { kind, reason } }) => [kind, reason]);
    expect(told).toEqual([
      ['available', null],
      ['busy', 'call-back'],
      ['away', 'locked'],
      ['busy', 'call-back'],
    ]);
  });
});

describe('the status of the desk', () => {
  it('A-10: said without a link, it is told with the next greeting; the newest counts', async () => {
    await arrive();
    await desk.request('desk.set-status', { kind: 'break', reason: 'meal' });
    await desk.request('desk.set-status', { kind: 'wrap-up', reason: null });
    desk.beginAgain();
    desk.connect({ resumed: false });
    expect([
      desk.network.last.sentOf('DESK').map(({ status }) => status.kind),
      (await desk.state()).status,
    ]).toMatchObject([['wrap-up'], { kind: 'wrap-up' }]);
  });

  it('A-11: what somebody is away for does not leave the desk', async () => {
    await arrive();
    desk.connect({ resumed: false });
    await desk.request('desk.set-status', { kind: 'away', reason: 'welfare' });
    expect([(await desk.state()).status, desk.network.last.sentOf('DESK').at(-1)?.status]).toMatchObject([
      { kind: 'away', reason: 'welfare' },
      { kind: 'away', reason: 'other' },
    ]);
    expect(JSON.stringify(desk.network.last.sent)).not.toContain('welfare');
  });

  it('A-10: a reason that is not one of the state’s is not taken', async () => {
    await arrive();
    await expect(desk.request('desk.set-status', { kind: 'available', reason: 'meal' })).rejects.toThrow(
      'failed',
    );
    expect((await desk.state()).status).toMatchObject({ kind: 'available', reason: null });
  });
});

describe('signing off', () => {
  it('A-07: who still owns contacts is shown them, and stays', async () => {
    await arrive();
    const contact = await desk.live();
    desk.log.happens(contact, { kind: 'claim' }, { by: anActor() });
    await desk.tell(1);
    expect([await leave(), (await session()).kind]).toEqual([
      { kind: 'still-yours', contacts: [desk.log.summary(contact)] },
      'signed-in',
    ]);
  });

  it('A-07, S-13: ends the token and the link, and wipes contacts, tabs and report; who signed in here is still known', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.request('tabs.save', { tabs: [contact], active: contact });
    const socket = desk.network.last;
    const left = await leave();
    expect({
      left,
      said: socket.sent.at(-1),
      ended: desk.ended,
      open: desk.network.open,
      here: [
        desk.store.held(contact),
        desk.store.cursor(),
        desk.store.tabs(one.handler),
        desk.store.missed(),
      ],
      session: await session(),
    }).toMatchObject({
      left: { kind: 'signed-off', unsent: 0 },
      said: { t: 'BYE', code: 'sign-off' },
      ended: ['a token of handler-1'],
      open: 0,
      here: [null, null, null, null],
      session: { kind: 'signed-out', because: null, knownHere: [one.handler] },
    });
  });

  it('A-07: with the link down it is possible, says what stays unsent, and keeps what that needs', async () => {
    await arrive();
    const contact = await desk.live();
    desk.log.happens(contact, { kind: 'claim' }, { by: anActor() });
    await desk.tell(1);
    desk.clock.advance(12_000);
    await desk.submit(contact, note);
    expect([await leave(), desk.store.held(contact) !== null]).toEqual([
      { kind: 'signed-off', unsent: 1 },
      true,
    ]);
  });

  it('A-08: the next handler sends it in the name of the first, and sees neither it nor the first one’s drafts', async () => {
    await arrive();
    const contact = await desk.live();
    desk.clock.advance(12_000);
    await desk.submit(contact, note);
    const { contact: other } = desk.log.arrives();
    await desk.request('draft.save', { contact, draft });
    await leave();
    await arrive(two);
    desk.connect({ resumed: false, signedIn: { person: two, until: later(testStart, 12 * HOUR) } });
    const seen = {
      outbox: await desk.request('outbox.read', {}),
      reading: await desk.request('contact.read', { contact }),
      drafts: await desk.request('drafts.read', {}),
    };
    const sent = desk.commands().map(({ by, body }) => [by, body.kind]);
    desk.snapshot();
    expect(seen).toMatchObject({
      outbox: { items: [] },
      reading: { kind: 'here', pending: [], keptHere: [], draft: null, contact: { notes: [] } },
      drafts: { drafts: [] },
    });
    expect([sent[0], desk.store.held(other) !== null]).toEqual([[one.handler, 'note'], true]);
  });

  it('A-08: drafts wait for their writer', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.request('draft.save', { contact, draft });
    await leave();
    await arrive(two);
    await desk.request('draft.save', { contact, draft: { text: 'Mine', caret: 1 } });
    await leave();
    await arrive();
    expect(await desk.request('drafts.read', {})).toMatchObject({
      drafts: [{ contact, ref: 'CON-1', characters: 10 }],
    });
  });

  it('A-07: what was just done is received before the link ends', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.submit(contact, note);
    const leaving = leave();
    await turn();
    const during = (await session()).kind;
    desk.network.last.says(resTo(desk.commands()[0], { status: 'late' }));
    expect([during, await leaving]).toEqual(['signed-in', { kind: 'signed-off', unsent: 0 }]);
  });

  it('A-07: a queue that does not answer in time does not hold anybody up', async () => {
    await arrive();
    const contact = await desk.live();
    await desk.submit(contact, note);
    const leaving = leave();
    await turn();
    desk.clock.advance(2_000);
    expect(await leaving).toEqual({ kind: 'signed-off', unsent: 1 });
  });
});
