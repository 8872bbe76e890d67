import { isExitUnchecked } from '../chat/chat.ts';
import type { Act, Command } from '../command.ts';
import type { Actor, Contact } from '../contact.ts';
import { accept, refusalOfEffect, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import type { CommandId } from '../ids.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { isDecided } from '../record/crime-decision.ts';
import { withDuty } from '../record/duties.ts';
import type { Done } from '../record/parts.ts';
import type { Instant } from '../time.ts';
import { wayOutOf, type WayOut } from './reach.ts';

/**
 * Why a message did not reach anybody.
 * - `not-set-up`: this queue has nobody to hand such a message to
 * - `refused`: whoever carries messages will not take it: no such address, no such number
 * - `gave-up`: nobody took it, for hours
 * - `left-by-exit`, `other-way`: meanwhile it must not go out, or not there
 */
export const sendingFaults = ['not-set-up', 'refused', 'gave-up', 'left-by-exit', 'other-way'] as const;
export type SendingFault = (typeof sendingFaults)[number];

/** How a sending ended: taken by whoever carries it, or never. */
export interface Carried {
  readonly fault: SendingFault | null;
  /** What the other side said of it, without names: `550 5.1.1`. */
  readonly detail: string;
}

/** A reference on its way to somebody (rules MX-01, MX-06). */
export interface Sending extends WayOut, Done {
  /** The command that ordered it: under this one name it goes out, however often it is tried. */
  readonly id: CommandId;
  /** `null` while it is on its way. */
  readonly carried: (Carried & { readonly at: Instant }) | null;
}

/** What stands on the other side's refusal is at most this long. Characters. */
export const DETAIL_LIMIT = 120;

type SendAct = Extract<Act, { kind: 'send-reference' }>;

/**
 * What it does when a handler sends somebody their reference, or why not (rules MX-01 to MX-03): theirs to do while they have the contact and
 * once they have closed it.
 */
export function decideSending(
  contact: Contact,
  command: Command & { readonly act: SendAct },
  by: Actor,
): Decision {
  const refusal = refusalOfSending(contact, command, by);
  if (refusal !== null) return refuse(refusal);
  const { way, to, neutral } = command.act;
  return accept({ kind: 'reference-ordered', sending: command.id, way, to, neutral });
}

function refusalOfSending(
  contact: Contact,
  command: Command & { readonly act: SendAct },
  by: Actor,
): Refusal | null {
  const { ownership } = contact;
  const isOwnClosing =
    ownership.kind === 'closed' && ownership.by.desk === by.desk && command.fence === contact.fence;
  const { act } = command;
  return (
    (isOwnClosing ? null : refusalOfEffect(contact, command, by)) ??
    whyNotSent(contact) ??
    notThatWay(contact, act) ??
    sentAlready(contact, act)
  );
}

/** Why nothing may go to this person now, whoever asks: also asked again just before it goes (rule MX-03). */
export function whyNotSent(contact: Contact): Refusal | null {
  if (isExitUnchecked(contact)) return { code: 'left-by-exit' };
  const found = wayOutOf(contact);
  if (found.kind === 'shut') return { code: 'no-safe-way', because: found.because };
  return isRecorded(contact) ? null : { code: 'not-recorded' };
}

/** It goes where they said, and as they said: what stood on the handler's screen must be what stands on the record. */
export function notThatWay(contact: Contact, { way, to, neutral }: WayOut): Refusal | null {
  const found = wayOutOf(contact);
  if (found.kind === 'shut') return { code: 'no-safe-way', because: found.because };
  const { out } = found;
  const isSame = out.way === way && out.to === to && (neutral || !out.neutral);
  return isSame ? null : { code: 'not-that-way', way: out.way };
}

/** The same message to the same place once: a second one there says nothing new, and may be read by somebody else. */
function sentAlready({ sendings }: Contact, { way, to }: WayOut): Refusal | null {
  const before = sendings.findLast((sending) => sending.way === way && sending.to === to);
  const stands = before !== undefined && (before.carried?.fault ?? null) === null;
  return stands ? { code: 'sent-already', at: before.at } : null;
}

/** There is something to refer to: an incident, a decision about a crime, or an end. */
const isRecorded = ({ incident, crime, closing }: Contact): boolean =>
  incident !== null || isDecided(crime?.decision ?? null) || closing !== null;

/** It is on its way. */
export function orderedIn(
  { sendings }: Contact,
  { sending: id, way, to, neutral }: Extract<Happening, { kind: 'reference-ordered' }>,
  done: Done,
): Pick<Contact, 'sendings'> {
  return { sendings: [...sendings, { id, way, to, neutral, ...done, carried: null }] };
}

/**
 * It was taken, or it never will be: then somebody believes that they are told who is not, which is a duty as long as the contact is open (rule
 * MX-07).
 */
export function carriedIn(
  { sendings, duties, ownership }: Contact,
  { sending, fault, detail }: Extract<Happening, { kind: 'carried' }>,
  at: Instant,
): Pick<Contact, 'sendings' | 'duties'> {
  const isDuty = fault !== null && ownership.kind !== 'closed';
  return {
    sendings: sendings.map((each) =>
      each.id === sending ? { ...each, carried: { fault, detail, at } } : each,
    ),
    duties: isDuty ? withDuty(duties, 'tell-caller', 'not-delivered', at) : duties,
  };
}
