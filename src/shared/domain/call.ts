import type { ChannelState } from './contact.ts';
import { later, MINUTE, type Instant } from './time.ts';

/**
 * Where a call stands between the exchange and us (rule TE-02). The national handling agency presents an emergency call, may
 * speak first, and stays until the connection is good.
 */
export const handOvers = [
  /** Presented to us; nobody has answered. */
  'offered',
  /** Everybody was busy: it waits in the queue of the exchange. */
  'queued',
  /** The agency's operator is on the line with the caller and may say what was heard. */
  'operator-on-line',
  /** Caller and handler. */
  'connected',
  /** The operator has left; nothing else has changed. */
  'operator-left',
  'held',
  /** The line is gone before the talk was over: somebody must ring back. */
  'caller-dropped',
  /** We could not take it; another force or its critical number has. */
  'diverted',
  /** We have taken another force's call and owe it the log. */
  'taken-for-another',
  'transferred',
  'ended',
] as const;
export type HandOver = (typeof handOvers)[number];

export const lineTypes = ['fixed', 'mobile', 'internet', 'payphone', 'relay', 'car', 'unknown'] as const;
/** `internet`: the address of such a line may be of another house, or of last year. */
export type LineType = (typeof lineTypes)[number];

export const callMarks = ['relay-user', 'no-speech', 'limited-service', 'nuisance-line'] as const;
/** What the exchange knows of the line. `limited-service`: it has no number that can be rung back. */
export type CallMark = (typeof callMarks)[number];

/** How long an exchange's own name of a call may be: what the queue's door takes, every desk reads. Characters. */
export const CALL_ID_LIMIT = 150;

/** The telephone's side of a contact, as the exchange tells it; whole after each telling (rule TE-01). */
export interface Call {
  /** The exchange's own name of the call; at most `CALL_ID_LIMIT` characters. */
  readonly id: string;
  readonly handOver: HandOver;
  readonly line: LineType;
  /** Who rents the line, and where it was put in: may be neither the caller nor where the caller is. */
  readonly subscriber: { readonly name: string | null; readonly address: string | null } | null;
  readonly network: string | null;
  /** The area of the mast, in words; `null` for a line in the ground. */
  readonly cell: string | null;
  readonly marks: readonly CallMark[];
  /** What the agency's operator heard before we did, in the operator's words. */
  readonly operatorHeard: string | null;
  /** Seconds in a recorded menu, and in the queue after it: the public feels both. */
  readonly waited: { readonly menu: number; readonly queue: number } | null;
  /** Where the recording is, as the recorder names it. */
  readonly recording: string | null;
  /** Another force or service at the other end: whose call we took, or who has it now. */
  readonly otherAgency: string | null;
  readonly offeredAt: Instant;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  /** When the exchange last told us anything. */
  readonly asOf: Instant;
  /** What its clock said then, where that was ahead of the queue's by more than a minute; the others are on the queue's time then (rule TE-03). */
  readonly claimedAt: Instant | null;
}

/**
 * For so long after an emergency call has ended the provider answers questions about the caller outside the ordinary
 * authorisation. Source: the code of practice on acquiring communications data. Milliseconds.
 */
export const EMERGENCY_PERIOD_MS = 60 * MINUTE;

/** Until when the provider may still be asked; `null` while the call goes on (rule TE-05). */
export function emergencyPeriodEnd(call: Call): Instant | null {
  return call.endedAt === null ? null : later(call.endedAt, EMERGENCY_PERIOD_MS);
}

/**
 * It ended, and since it was last offered nobody here had answered: whoever rang has given up, or could not go on (rule TE-02). The exchange
 * calls that an end like any other.
 */
export function isAbandoned({ handOver, offeredAt, answeredAt }: Call): boolean {
  return handOver === 'ended' && (answeredAt === null || answeredAt < offeredAt);
}

/** The state of the contact's line, by how the call stands. */
export function lineOfCall(call: Call): ChannelState {
  return isAbandoned(call) ? 'dropped' : lineOf[call.handOver];
}

/** The state of the contact's line that a hand-over means by itself. While only the operator speaks with the caller it still rings here. */
export const lineOf: Readonly<Record<HandOver, ChannelState>> = {
  offered: 'ringing',
  queued: 'queued',
  'operator-on-line': 'ringing',
  connected: 'connected',
  'operator-left': 'connected',
  held: 'connected',
  'caller-dropped': 'dropped',
  diverted: 'ended',
  'taken-for-another': 'connected',
  transferred: 'ended',
  ended: 'ended',
};
