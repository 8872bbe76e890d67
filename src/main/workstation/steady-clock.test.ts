import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aPerson, testStart } from '../../../tests/harness/builders.ts';
import { knownPin } from '../../../tests/harness/kept-sign-in.ts';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { asHandlerId } from '../../shared/domain/ids.ts';
import { HOUR, later, MINUTE } from '../../shared/domain/time.ts';

let desk: SteppedDesk;
const me = asHandlerId('handler-1');

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

const unlock = (pin: string) => desk.request('session.unlock', { pin });
const wrongFive = async () => {
  for (let tries = 0; tries < 5; tries += 1) await unlock('0000');
};

describe('a clock that somebody moves', () => {
  it('A-06: set back, it does not make the twelve hours longer, in one run or over a restart', async () => {
    desk.clock.advance(11 * HOUR);
    desk.clock.moveWall(-10 * HOUR);
    desk.clock.advance(59 * MINUTE);
    const before = (await desk.state()).session.kind;
    desk.beginAgain();
    const again = (await desk.state()).session.kind;
    desk.clock.advance(2 * MINUTE);
    const after = (await desk.state()).session;
    const known = await desk.request('session.sign-in', { handler: me, pin: knownPin });
    expect([before, again, after, known.kind]).toMatchObject([
      'signed-in',
      'signed-in',
      { kind: 'signed-out', because: 'expired', knownHere: [] },
      'unreachable',
    ]);
  });

  it('A-06: a time that was over stays over when the clock is set back before the next start', async () => {
    desk.clock.advance(12 * HOUR);
    desk.stop();
    desk.clock.moveWall(-10 * HOUR);
    desk.begin();
    const known = await desk.request('session.sign-in', { handler: me, pin: knownPin });
    expect([(await desk.state()).session, known.kind]).toMatchObject([{ knownHere: [] }, 'unreachable']);
  });

  it('A-09: set back before the next start, it does not keep the desk open', async () => {
    await desk.request('tabs.read', {});
    desk.stop();
    desk.clock.moveWall(-HOUR);
    desk.begin();
    expect((await desk.state()).session).toMatchObject({ kind: 'signed-in', locked: true });
  });

  it('A-06: the highest time is kept with the session, at most once a minute', async () => {
    const { store, clock } = desk;
    clock.advance(5 * MINUTE);
    const kept = store.latestAt();
    clock.advance(MINUTE - 1);
    const sameMinute = store.latestAt();
    clock.advance(1);
    expect([kept, sameMinute, store.latestAt()]).toEqual([
      later(testStart, 5 * MINUTE),
      later(testStart, 5 * MINUTE),
      later(testStart, 6 * MINUTE),
    ]);
  });

  it('A-06: set forward and right again, somebody can still sign in and stays so for twelve hours', async () => {
    desk.clock.moveWall(24 * HOUR);
    await desk.state();
    desk.beginAgain();
    desk.clock.moveWall(-24 * HOUR);
    desk.signInReply = {
      kind: 'signed-in',
      signedIn: {
        token: 'a token',
        person: aPerson(),
        until: later(testStart, 12 * HOUR),
      },
    };
    const answer = await desk.request('session.sign-in', { handler: me, pin: knownPin });
    desk.signInReply = { kind: 'unreachable' };
    desk.clock.advance(11 * HOUR);
    const during = (await desk.state()).session.kind;
    desk.clock.advance(HOUR);
    expect([answer, during, (await desk.state()).session.kind]).toEqual([
      { kind: 'signed-in' },
      'signed-in',
      'signed-out',
    ]);
  });

  it('A-06, A-09: set forward or back, it does not make the wait after wrong PINs shorter', async () => {
    await desk.request('session.lock', {});
    await wrongFive();
    desk.clock.moveWall(HOUR);
    const forward = await unlock(knownPin);
    desk.clock.moveWall(-2 * HOUR);
    const back = await unlock(knownPin);
    desk.clock.advance(30_000);
    expect([forward.kind, back.kind, await unlock(knownPin)]).toEqual([
      'too-many',
      'too-many',
      { kind: 'unlocked' },
    ]);
  });
});

describe('a disk that does not keep how often a PIN was wrong', () => {
  it('A-06, A-09: no PIN is looked at, not even the right one, until it does', async () => {
    await desk.request('session.lock', {});
    desk.refuse = { kind: 'io', calls: new Set(['keepPerson']) };
    const wrong = await unlock('0000');
    desk.beginAgain();
    const right = await unlock(knownPin);
    desk.refuse = null;
    expect([wrong, right, await unlock(knownPin)]).toEqual([
      { kind: 'too-many', retryAfterMs: 30_000 },
      { kind: 'too-many', retryAfterMs: 30_000 },
      { kind: 'unlocked' },
    ]);
  });
});
