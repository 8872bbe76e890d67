import { refusalByRole } from '../authorisation.ts';
import type { Actor, ContactSummary } from '../contact.ts';
import type { DeskStatusKind } from '../desk-status.ts';
import type { ChatPolicy } from '../policy/chat.ts';
import type { Role } from '../role.ts';

/** Somebody signed in at a desk, as far as others need to know to hand a chat on (rule CH-16). No history, and no reason of a status (rule A-11). */
export interface Colleague {
  readonly actor: Actor;
  readonly name: string;
  readonly role: Role;
  readonly status: DeskStatusKind;
  /** Chats in hand that go on. */
  readonly chats: number;
  /** Risk is flagged in one of them, or one is an emergency. */
  readonly hasRisk: boolean;
}

/**
 * Why a chat cannot be offered to somebody.
 * - `yourself`, `gone`: it is theirs already, or nobody is signed in there any more
 * - `not-available`: on a break, with a call, in training …
 * - `limit`, `risk`: as many as their role has at once; one alone where risk is flagged, in theirs or in this one (rule CH-14)
 * - `role`: an emergency is not for a trainee (rule A-03)
 */
export const cannotTakes = ['yourself', 'gone', 'not-available', 'limit', 'risk', 'role'] as const;
export type CannotTake = (typeof cannotTakes)[number];

/** `null`: it can be offered to them. `atOnce` is missing where the policy is not there yet: then no number keeps anybody out. */
export function whyCannotTake(
  contact: ContactSummary,
  colleague: Colleague | null,
  { by, atOnce }: { readonly by: Actor; readonly atOnce: ChatPolicy['atOnce'] | undefined },
): CannotTake | null {
  if (colleague === null) return 'gone';
  const { actor, role, status, chats, hasRisk } = colleague;
  if (actor.desk === by.desk) return 'yourself';
  if (refusalByRole(role, 'answer-offer', contact) !== null) return 'role';
  if (status !== 'available') return 'not-available';
  if (atOnce === undefined) return null;
  const isRisk = hasRisk || contact.flags.lookFirst || contact.band === 'A';
  if (isRisk && chats >= atOnce.whenRisk) return 'risk';
  return chats >= atOnce[role] ? 'limit' : null;
}
