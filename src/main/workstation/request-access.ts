import type { RequestName } from '../../shared/contract/workstation-names.ts';
import type { RequestHandlers } from '../../shared/contract/workstation.ts';

/** When a request is answered. `signed-in`: also behind the lock. `unlocked`: only with the handler before the desk. */
export type Access = 'always' | 'signed-in' | 'unlocked';

/** The one table (rules W-15, W-16, A-09). */
export const requestAccess: Readonly<Record<RequestName, Access>> = {
  'desk.read': 'always',
  'desk.set-status': 'signed-in',
  'session.sign-in': 'always',
  // Behind the lock it would show what the handler owns, or take the copy away without them (rule A-09).
  'session.sign-off': 'unlocked',
  'session.lock': 'always',
  'session.unlock': 'always',
  // Behind the lock the emergencies alone: what the strip shows.
  'inbox.read': 'signed-in',
  'contact.read': 'unlocked',
  'command.submit': 'unlocked',
  // A window that has not noticed yet hands over the last words typed in it; they go to who typed them (rule X-09).
  // Taking them away needs the writer there (`isTakenAway`).
  'draft.save': 'always',
  'drafts.read': 'unlocked',
  'search.read': 'unlocked',
  'history.read': 'unlocked',
  'contact.related': 'unlocked',
  'contact.by-reference': 'unlocked',
  'contact.ask': 'unlocked',
  'photo.read': 'unlocked',
  'colleagues.read': 'unlocked',
  'missed.dismiss': 'unlocked',
  'tabs.read': 'unlocked',
  'tabs.save': 'unlocked',
  'chat.typing': 'unlocked',
  // Rules of the trade, nobody's words: also for what is shown behind the lock.
  'policy.read': 'signed-in',
  'paper.reserve': 'unlocked',
  'paper.print': 'unlocked',
  'outbox.read': 'unlocked',
  'outbox.dismiss': 'unlocked',
  'fault.dismiss': 'unlocked',
  'settings.read': 'always',
  'settings.save': 'always',
  'window.attend': 'always',
  // The shell's own, and asked for where nobody is signed in.
  'training.start': 'always',
};

/** Who is before the desk, as far as requests go. */
export type Presence = 'nobody' | 'locked' | 'there';

/** A request that is not answered now. Its name is what the window is told (`serve`). */
export class AccessRefused extends Error {
  constructor(presence: Exclude<Presence, 'there'>) {
    super(`not while ${presence === 'nobody' ? 'nobody is signed in' : 'locked'}`);
    this.name = presence === 'nobody' ? 'SignedOut' : 'Locked';
  }
}

/** Throws `AccessRefused` when the request is not one to be answered now. */
export function checkAccess(name: RequestName, presence: Presence, input?: unknown): void {
  const access = isTakenAway(name, input) ? 'unlocked' : requestAccess[name];
  if (presence === 'nobody' && access !== 'always') throw new AccessRefused('nobody');
  if (presence === 'locked' && access === 'unlocked') throw new AccessRefused('locked');
}

/** Half-typed words are to be deleted: anybody could ask that at a locked desk, and they wait for their writer (rule A-08). */
const isTakenAway = (name: RequestName, input: unknown): boolean =>
  name === 'draft.save' &&
  typeof input === 'object' &&
  input !== null &&
  'draft' in input &&
  input.draft === null;

/** The same handlers, each behind its line of the table; `onAsked` hears of every one. */
export function guarded<H extends Partial<RequestHandlers>>(
  handlers: H,
  { presence, onAsked }: { readonly presence: () => Presence; readonly onAsked: () => void },
): H {
  const guard =
    (name: RequestName, handler: (input: never) => Promise<unknown>) =>
    async (input: never): Promise<unknown> => {
      checkAccess(name, presence(), input);
      onAsked();
      return handler(input);
    };
  const entries = Object.entries(handlers) as [RequestName, (input: never) => Promise<unknown>][];
  return Object.fromEntries(entries.map(([name, handler]) => [name, guard(name, handler)])) as H;
}
