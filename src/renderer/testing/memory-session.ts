import type { RequestName } from '../../shared/contract/workstation-names.ts';
import type { DeskState, RequestHandlers } from '../../shared/contract/workstation.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { summaryOf } from '../../shared/domain/contact.ts';
import type { DeskStatus } from '../../shared/domain/desk-status.ts';
import type { HandlerId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/role.ts';
import { asInstant, HOUR, type Instant } from '../../shared/domain/time.ts';
import { people } from './builders.ts';

type SessionHandlers = Pick<
  RequestHandlers,
  | 'desk.set-status'
  | 'session.sign-in'
  | 'session.sign-off'
  | 'session.lock'
  | 'session.unlock'
  | 'missed.dismiss'
>;

/** What of the desk the session needs and changes. */
export interface SessionSurroundings {
  readonly desk: () => DeskState;
  readonly setDesk: (change: Partial<DeskState>) => void;
  /** The actor of whoever signs in. */
  readonly actorOf: (handler: HandlerId) => NonNullable<DeskState['me']>;
  readonly owned: () => readonly Contact[];
  readonly unsent: () => number;
  /** The rows the window may see have changed altogether. */
  readonly reset: () => void;
  readonly now: () => Instant;
}

/** Wrong PINs in a row after which there is a wait, and how long. */
const ATTEMPTS = 5;
const WAIT_MS = 30_000;

const available = (since: Instant): DeskStatus => ({ kind: 'available', reason: null, since });

export const signedIn = (role: Role, since: Instant): Pick<DeskState, 'session' | 'status'> => {
  const { handler, name } = people[role];
  const person = { handler, name, role };
  return {
    session: { kind: 'signed-in', person, locked: false, until: asInstant(since + 12 * HOUR) },
    status: available(since),
  };
};

export const signedOut = (
  change: Partial<Extract<DeskState['session'], { readonly kind: 'signed-out' }>> = {},
): Pick<DeskState, 'session' | 'status' | 'me'> => ({
  session: { kind: 'signed-out', because: null, knownHere: [], unsent: 0, demo: demoAccounts, ...change },
  status: null,
  me: null,
});

const demoAccounts = Object.values(people).map(({ pin, ...person }) => ({ person, pin }));

const always: ReadonlySet<RequestName> = new Set([
  'desk.read',
  'session.sign-in',
  'session.sign-off',
  'session.lock',
  'session.unlock',
  'draft.save',
  'settings.read',
  'settings.save',
  'window.attend',
  'training.start',
]);
const behindTheLock: ReadonlySet<RequestName> = new Set(['inbox.read', 'desk.set-status', 'policy.read']);

/** Refuses what is not answered now: with nobody signed in, or behind the lock (rules W-15, W-16). */
export function checkAccess(name: RequestName, session: DeskState['session']): void {
  if (always.has(name)) return;
  if (session.kind === 'signed-out') throw new Error(`${name}: nobody is signed in`);
  if (session.locked && !behindTheLock.has(name)) throw new Error(`${name}: the desk is locked`);
}

/** Signing in and off, the lock and the desk's status, as a workstation answers them (rules ). */
export class MemorySession {
  readonly #around: SessionSurroundings;
  #wrong = 0;
  #waitUntil = 0;
  #lockedBefore: DeskStatus | null = null;
  readonly handlers: SessionHandlers;

  constructor(around: SessionSurroundings) {
    this.#around = around;
    this.handlers = {
      'desk.set-status': async ({ kind, reason }) => {
        const status = { kind, reason, since: around.now() } as DeskStatus;
        around.setDesk({ status });
        return {};
      },
      'session.sign-in': async ({ handler, pin }) => {
        const desk = around.desk();
        const found = Object.values(people).find((each) => each.handler === handler);
        const answers = desk.link.kind !== 'down' && desk.link.kind !== 'connecting';
        const known =
          desk.session.kind === 'signed-out' && desk.session.knownHere.some((id) => id === handler);
        if (!answers && !known) return { kind: 'unreachable', address: 'ws://queue.example:8443/desk' };
        const refused = this.#check(found?.pin === pin);
        if (refused !== null) return refused;
        if (found === undefined) return { kind: 'wrong', attemptsLeft: 0 };
        around.setDesk({ ...signedIn(found.role, around.now()), me: around.actorOf(found.handler) });
        around.reset();
        return { kind: 'signed-in' };
      },
      'session.sign-off': async () => {
        const contacts = around.owned().map(summaryOf);
        if (contacts.length > 0 && around.desk().link.kind !== 'down')
          return { kind: 'still-yours', contacts };
        const unsent = around.unsent();
        around.setDesk(signedOut({ unsent }));
        around.reset();
        return { kind: 'signed-off', unsent };
      },
      'session.lock': async () => {
        const { session, status } = around.desk();
        if (session.kind !== 'signed-in' || session.locked) return {};
        this.#lockedBefore = status;
        around.setDesk({
          session: { ...session, locked: true },
          status: { kind: 'away', reason: 'locked', since: around.now() },
        });
        around.reset();
        return {};
      },
      'session.unlock': async ({ pin }) => {
        const { session } = around.desk();
        if (session.kind !== 'signed-in') throw new Error('nobody is signed in');
        const right = Object.values(people).some(
          (each) => each.handler === session.person.handler && each.pin === pin,
        );
        const refused = this.#check(right);
        if (refused !== null) return refused;
        const status = this.#lockedBefore ?? available(around.now());
        around.setDesk({ session: { ...session, locked: false }, status });
        around.reset();
        return { kind: 'unlocked' };
      },
      'missed.dismiss': async () => {
        around.setDesk({ missed: null });
        return {};
      },
    };
  }

  #check(right: boolean) {
    const now = this.#around.now();
    if (now < this.#waitUntil) return { kind: 'too-many', retryAfterMs: this.#waitUntil - now } as const;
    if (right) {
      this.#wrong = 0;
      return null;
    }
    this.#wrong += 1;
    const attemptsLeft = ATTEMPTS - this.#wrong;
    if (attemptsLeft === 0) {
      this.#wrong = 0;
      this.#waitUntil = now + WAIT_MS;
    }
    return { kind: 'wrong', attemptsLeft } as const;
  }
}
