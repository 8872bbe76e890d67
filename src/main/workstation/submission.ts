import type { Act, Command } from '../../shared/domain/command.ts';
import type { Actor, Contact, ContactSummary } from '../../shared/domain/contact.ts';
import { asCommandId, type Fence } from '../../shared/domain/ids.ts';
import { decide, type Refusal } from '../../shared/domain/lifecycle.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import { assume, type Undecided } from '../../shared/domain/view.ts';
import type { Held } from '../cache/desk-store.ts';

export interface SubmissionInput {
  readonly held: Held;
  readonly undecided: readonly Undecided[];
  readonly act: Act;
  readonly actor: Actor;
  readonly policy: ServicePolicy;
}

/** Under which fence and revision the act is to be kept, or why the queue would refuse it for sure. */
export interface Submission {
  readonly refusal: Refusal | null;
  readonly fence: Fence;
  readonly rev: number;
}

/**
 * Asks the domain before anything is kept: a sure refusal costs no round trip. The act is judged on the contact as it
 * will be if everything undecided is accepted, so that a grade may follow a claim without waiting for its answer.
 */
export function refusalBeforehand({ held, undecided, act, actor, policy }: SubmissionInput): Submission {
  const base = contactOf(held);
  const contact = assume(base, undecided, actor, policy);
  // The fence of the ownership on screen, or of the claim just asked for.
  const { fence } = contact;
  const command: Command = {
    id: asCommandId('00000000-0000-0000-0000-000000000000'),
    contact: base.id,
    fence,
    baseRev: base.rev,
    act,
  };
  const decision = decide(contact, command, actor, policy);
  return { refusal: decision.kind === 'refused' ? decision.refusal : null, fence, rev: base.rev };
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
  claimedReceivedAt: null,
  source: '',
  caller: { name: null, number: null, address: null },
  account: '',
  notes: [],
  gradings: [],
  bandChanges: [],
  closing: null,
} as const;
