import { loggedContact, refusalOfLog } from '../../shared/domain/arrival.ts';
import { refusalByRole } from '../../shared/domain/authorisation.ts';
import type { Act, Command, LoggedContact } from '../../shared/domain/command.ts';
import type { Actor, Contact, ContactSummary } from '../../shared/domain/contact.ts';
import { asCommandId, type ContactId, type Fence } from '../../shared/domain/ids.ts';
import { decide, type Refusal } from '../../shared/domain/lifecycle.ts';
import type { Role } from '../../shared/domain/role.ts';
import { refusalOfParent } from '../../shared/domain/record/close-duplicate.ts';
import { refusalOfAgreeing } from '../../shared/domain/record/floor-agreement.ts';
import { noParts } from '../../shared/domain/record/parts.ts';
import type { DecisionPolicy } from '../../shared/domain/decision-policy.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { assume, type Undecided } from '../../shared/domain/view.ts';
import type { Held } from '../cache/desk-store.ts';

/** Who acts, in which role, and by which policy due instants are set. */
export interface Acting {
  readonly actor: Actor;
  readonly role: Role;
  readonly policy: DecisionPolicy;
}

export interface SubmissionInput extends Acting {
  readonly held: Held;
  readonly undecided: readonly Undecided[];
  readonly act: Act;
  /** By the queue's clock as far as this desk knows it. */
  readonly now: Instant;
  /** The contact in which this one would end, where the act says so and the desk has it. */
  readonly parent?: ContactSummary | null;
}

/** Under which fence and revision the act is to be kept, or why the queue would refuse it for sure. */
export interface Submission {
  readonly refusal: Refusal | null;
  readonly fence: Fence;
  readonly rev: number;
}

/**
 * Asks the domain before anything is kept: a sure refusal costs no round trip. The act is judged on the contact as it
 * will be if everything undecided is accepted, so that a grade may follow a claim without waiting for its answer; first
 * of all comes whether this role may do it (rule A-03).
 */
export function refusalBeforehand({
  held,
  undecided,
  act,
  now,
  actor,
  role,
  policy,
  parent = null,
}: SubmissionInput): Submission {
  const base = contactOf(held);
  const contact = assume(base, undecided, actor, policy);
  // The fence of the ownership on screen, or of the claim just asked for.
  const { fence } = contact;
  const command: Command = {
    id: asCommandId('00000000-0000-0000-0000-000000000000'),
    contact: base.id,
    fence,
    baseRev: base.rev,
    by: actor.handler,
    act,
  };
  const refusal = refusalOf(contact, command, { actor, role, policy }, now);
  const byParent = parent === null ? null : refusalOfParent(contact, parent);
  return { refusal: refusal ?? byParent, fence, rev: base.rev };
}

function refusalOf(
  contact: Contact,
  command: Command,
  { actor, role, policy }: Acting,
  now: Instant,
): Refusal | null {
  const byRole = refusalByRole(role, command.act.kind, contact);
  if (byRole !== null) return byRole;
  const { act } = command;
  const byFloor = act.kind === 'agree' ? refusalOfAgreeing(contact, act, role, policy) : null;
  if (byFloor !== null) return byFloor;
  const decision = decide(contact, command, actor, policy, now);
  return decision.kind === 'refused' ? decision.refusal : null;
}

/** A contact that a handler has written down, as it stands on this desk until the queue has answered; or why not. */
export type WrittenDown =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'provisional'; readonly contact: Contact };

/** Where a contact that a handler wrote down came from. */
const SOURCE = 'desk';

/**
 * Makes the provisional contact of a `log` (rules P-03, P-04): theirs, at revision 0, under the provisional reference.
 * `now`: by the queue's clock as far as this desk knows it.
 */
export function writeDown(
  id: ContactId,
  logged: LoggedContact,
  { actor, role, policy }: Acting,
  now: Instant,
): WrittenDown {
  const refusal = refusalByRole(role, 'log', null) ?? refusalOfLog(logged);
  if (refusal !== null) return { kind: 'refused', refusal };
  const numbers = { id, ref: logged.provisionalRef, seq: 0, source: SOURCE };
  return { kind: 'provisional', contact: { ...loggedContact(logged, numbers, actor, now, policy), rev: 0 } };
}

/** The newest the desk has. What only the log brings is empty while a flash is ahead of it; no decision looks at that. */
function contactOf({ contact, summary }: Held): Contact {
  return contact === null
    ? { ...emptyDetails, ...summary, enteredAt: summary.receivedAt }
    : { ...contact, ...newer(contact, summary) };
}

const newer = (contact: Contact, summary: ContactSummary): Partial<ContactSummary> =>
  summary.rev > contact.rev ? summary : {};

const emptyDetails = {
  ...noParts,
  claimedReceivedAt: null,
  provisionalRef: null,
  paperLog: null,
  source: '',
  caller: { name: null, number: null, address: null },
  account: '',
  locations: [],
  messages: [],
  notes: [],
  gradings: [],
  bandChanges: [],
  closing: null,
} as const;
