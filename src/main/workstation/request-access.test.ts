import { describe, expect, it } from 'vitest';
import { requestNames, type RequestName } from '../../shared/contract/workstation-names.ts';
import { checkAccess, guarded, requestAccess, type Presence } from './request-access.ts';

const allowed = (presence: Presence): RequestName[] =>
  requestNames.filter((name) => {
    try {
      checkAccess(name, presence);
      return true;
    } catch {
      return false;
    }
  });

describe('which requests are answered', () => {
  it('W-15: the table has every request of the contract, and no other', () => {
    expect(Object.keys(requestAccess).sort()).toEqual([...requestNames].sort());
  });

  it('W-15: with nobody signed in: the desk itself, signing in, settings, pointing at the window, its last words, and the way into training', () => {
    expect(allowed('nobody')).toEqual([
      'desk.read',
      'session.sign-in',
      'session.lock',
      'session.unlock',
      'draft.save',
      'settings.read',
      'settings.save',
      'window.attend',
      'training.start',
    ]);
  });

  it('W-16: behind the lock: besides those, only the strip, the status and policy', () => {
    const beyond = allowed('locked').filter((name) => !allowed('nobody').includes(name));
    expect(beyond).toEqual(['desk.set-status', 'inbox.read', 'policy.read']);
  });

  it('A-09: with the handler there everything is answered', () => {
    expect(allowed('there')).toEqual([...requestNames]);
  });

  it('W-16: a request that is refused does not reach its handler, and is told by name', async () => {
    let reached = 0;
    let asked = 0;
    const handlers = guarded(
      {
        'tabs.read': async () => {
          reached += 1;
          return { tabs: [], active: null };
        },
      },
      { presence: () => 'locked', onAsked: () => (asked += 1) },
    );
    await expect(handlers['tabs.read']()).rejects.toMatchObject({ name: 'Locked' });
    expect([reached, asked]).toEqual([0, 0]);
  });
});
