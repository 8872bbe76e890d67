import type { Realm } from '../shared/contract/realm.ts';
import type { Register } from '../shared/domain/assist/on-record.ts';
import type { Actor, Contact } from '../shared/domain/contact.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { HandlerId } from '../shared/domain/ids.ts';
import type { Refusal } from '../shared/domain/lifecycle.ts';
import type { Role } from '../shared/domain/role.ts';
import type { DecisionPolicy } from '../shared/domain/decision-policy.ts';
import type { Instant } from '../shared/domain/time.ts';

/** What a command is decided in. `by`: who is signed in at the desk that sent it. */
export interface CommandContext {
  readonly by: Actor;
  readonly now: Instant;
  readonly policy: DecisionPolicy;
  readonly register: Register;
  readonly realm: Realm;
}

/** The same with the one who gave the command: `by` is the actor of its event. */
export interface GivenCommand extends CommandContext {
  /** Theirs at this moment, and that of who sent it when that is somebody else; each must allow it (rule A-08). */
  readonly roles: readonly Role[];
  /** Who was signed in when the desk sent it, or `null` when they gave it themselves. */
  readonly sentBy: HandlerId | null;
}

/** What a command does to its contact. */
export interface Effect {
  readonly refusal: Refusal | null;
  readonly before: Contact | null;
  readonly after: Contact | null;
  readonly event: ContactEvent | null;
  /** What it does to contacts at the other end of a link (rules C-22, C-34); mostly none. */
  readonly others: readonly OtherEnd[];
}

export interface OtherEnd {
  readonly before: Contact;
  readonly after: Contact;
  readonly event: ContactEvent;
}

/** A command that changes nothing: refused, or accepted and only to be audited. */
export function nothing(refusal: Refusal | null, before: Contact | null = null): Effect {
  return { refusal, before, after: null, event: null, others: [] };
}
