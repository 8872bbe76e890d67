import { unreachable } from '../lib/assert.ts';
import { channelFacts, type Channel } from './channel.ts';
import type { Call, HandOver, LineType } from './call.ts';
import { asInstant, type Instant } from './time.ts';

/** What the exchange may tell of a line at any moment. `null` was not told: silence never undoes what was told before. */
export interface Particulars {
  readonly line: LineType | null;
  readonly subscriber: Call['subscriber'];
  readonly network: string | null;
  readonly cell: string | null;
  readonly marks: Call['marks'] | null;
  readonly operatorHeard: string | null;
  readonly waited: Call['waited'];
  readonly recording: string | null;
}

export const nothingTold: Particulars = {
  line: null,
  subscriber: null,
  network: null,
  cell: null,
  marks: null,
  operatorHeard: null,
  waited: null,
  recording: null,
};

/** One thing that the exchange tells of a call, at the instant of the exchange's own clock. */
export type CallEvent = { readonly at: Instant; readonly told: Particulars } & (
  | {
      readonly kind: 'ring';
      /** Whose call it is, when another force or service could not take it. */
      readonly takenFor: string | null;
    }
  | {
      readonly kind:
        | 'queued'
        | 'operator-on-line'
        | 'operator-left'
        | 'answer'
        | 'hold'
        | 'resume'
        | 'end'
        | 'drop'
        /** Nothing has happened to the line: more has become known of it. */
        | 'particulars';
    }
  | {
      /** Of a call that was answered here; before that it is a diversion, and never was ours. */
      readonly kind: 'transfer';
      readonly to: string;
    }
);

/**
 * The whole call after the exchange has told something more (rule TE-01). Tellings may come late: what is older than the newest
 * fills gaps and moves the hand-over forward where nothing newer contradicts, and never undoes anything (rule TE-03). `call` is
 * `null` when nothing was told of it before; `id` is the exchange's name of it then.
 */
export function callAfter(call: Call | null, event: CallEvent, id: string): Call {
  const before = call ?? firstHeardOf(event, id);
  const isLate = event.at < before.asOf;
  return {
    ...before,
    ...(isLate ? gapsFilled(before, event.told) : replaced(before, event.told)),
    ...standing(before, event, { isLate }),
    asOf: isLate ? before.asOf : event.at,
  };
}

const firstHeardOf = ({ at }: CallEvent, id: string): Call => ({
  id,
  handOver: 'offered',
  line: 'unknown',
  subscriber: null,
  network: null,
  cell: null,
  marks: [],
  operatorHeard: null,
  waited: null,
  recording: null,
  otherAgency: null,
  offeredAt: at,
  answeredAt: null,
  endedAt: null,
  asOf: at,
  claimedAt: null,
});

type Known = Pick<Call, keyof Particulars>;

function replaced(call: Call, told: Particulars): Known {
  return {
    line: told.line ?? call.line,
    subscriber: told.subscriber ?? call.subscriber,
    network: told.network ?? call.network,
    cell: told.cell ?? call.cell,
    marks: told.marks ?? call.marks,
    operatorHeard: told.operatorHeard ?? call.operatorHeard,
    waited: told.waited ?? call.waited,
    recording: told.recording ?? call.recording,
  };
}

function gapsFilled(call: Call, told: Particulars): Known {
  return {
    line: call.line === 'unknown' ? (told.line ?? call.line) : call.line,
    subscriber: call.subscriber ?? told.subscriber,
    network: call.network ?? told.network,
    cell: call.cell ?? told.cell,
    marks: call.marks.length === 0 ? (told.marks ?? []) : call.marks,
    operatorHeard: call.operatorHeard ?? told.operatorHeard,
    waited: call.waited ?? told.waited,
    recording: call.recording ?? told.recording,
  };
}

type Standing = Partial<Pick<Call, 'handOver' | 'otherAgency' | 'offeredAt' | 'answeredAt' | 'endedAt'>>;

/** How the call stands after the event: only what changes (rule TE-02). */
function standing(call: Call, event: CallEvent, { isLate }: { readonly isLate: boolean }): Standing {
  const { at } = event;
  switch (event.kind) {
    case 'particulars':
      return {};
    case 'ring': {
      const otherAgency = event.takenFor ?? call.otherAgency;
      const isAlive = call.endedAt === null;
      if (isAlive && isLate) return { otherAgency: call.otherAgency ?? event.takenFor };
      if (isAlive) return { handOver: 'offered', offeredAt: at, answeredAt: null, otherAgency };
      return isNewLife(call, at)
        ? { ...revived(call, event.takenFor), handOver: 'offered', offeredAt: at }
        : {};
    }
    case 'queued':
      if (isNewLife(call, at)) return { ...revived(call, null), handOver: 'queued', offeredAt: at };
      return isLate || call.endedAt !== null ? {} : { handOver: 'queued', answeredAt: null };
    case 'answer':
      return answered(call, at, { isLate });
    case 'operator-on-line':
      return !isLate && isUnanswered(call.handOver) ? { handOver: 'operator-on-line' } : {};
    case 'operator-left':
      if (isLate) return {};
      if (call.handOver === 'connected') return { handOver: 'operator-left' };
      return call.handOver === 'operator-on-line' ? { handOver: 'offered' } : {};
    case 'hold':
      return !isLate && isTalking(call.handOver) ? { handOver: 'held' } : {};
    case 'resume':
      return !isLate && call.handOver === 'held' ? { handOver: talkingOf(call.otherAgency) } : {};
    case 'transfer': {
      const handOver = call.answeredAt === null ? 'diverted' : 'transferred';
      return isOver(call, at) ? { handOver, endedAt: at, otherAgency: event.to } : {};
    }
    case 'end':
      return isOver(call, at) ? { handOver: 'ended', endedAt: at } : {};
    case 'drop':
      return isOver(call, at) ? { handOver: 'caller-dropped', endedAt: at } : {};
    default:
      return unreachable(event);
  }
}

function answered(call: Call, at: Instant, { isLate }: { readonly isLate: boolean }): Standing {
  // Of an earlier offer: it was answered, then lost, and now it rings again.
  if (at < call.offeredAt) return {};
  if (isNewLife(call, at)) {
    const again = revived(call, null);
    return { ...again, handOver: talkingOf(again.otherAgency ?? null), answeredAt: at };
  }
  const answeredAt = asInstant(Math.min(call.answeredAt ?? at, at));
  const moves = call.endedAt === null && (!isLate || isUnanswered(call.handOver));
  return moves ? { handOver: talkingOf(call.otherAgency), answeredAt } : { answeredAt };
}

/** After an end the exchange presents, or connects, the same call once more. */
const isNewLife = ({ endedAt }: Call, at: Instant): boolean => endedAt !== null && at > endedAt;

/** Ours again: whoever had it since does not any more, and nobody here has answered it yet. */
function revived({ handOver, otherAgency }: Call, takenFor: string | null): Standing {
  const wasGivenAway = handOver === 'transferred' || handOver === 'diverted';
  return { answeredAt: null, endedAt: null, otherAgency: takenFor ?? (wasGivenAway ? null : otherAgency) };
}

/**
 * Whether the end that an event tells is the call's: of several the first is, since what follows a drop is the exchange tidying
 * up, and the duty to ring back must stay (rule C-08). Not when it has been offered or answered since.
 */
function isOver({ offeredAt, answeredAt, endedAt }: Call, at: Instant): boolean {
  if (endedAt !== null) return at < endedAt && at >= offeredAt;
  return at >= offeredAt && (answeredAt === null || at >= answeredAt);
}

/**
 * Whether a telling has presented the call once more: it rings, waits or is answered after its end, or rings or waits again without one (rule
 * TE-02). What becomes known of a call does not.
 */
export function isPresentedAgain(before: Call | null, after: Call): boolean {
  if (before === null || after.endedAt !== null) return false;
  const waitsAgain = after.handOver === 'queued' && !isUnanswered(before.handOver);
  return before.endedAt !== null || after.offeredAt > before.offeredAt || waitsAgain;
}

const isUnanswered = (handOver: HandOver): boolean =>
  handOver === 'offered' || handOver === 'queued' || handOver === 'operator-on-line';
const isTalking = (handOver: HandOver): boolean =>
  handOver === 'connected' || handOver === 'operator-left' || handOver === 'taken-for-another';
const talkingOf = (otherAgency: string | null): HandOver =>
  otherAgency === null ? 'connected' : 'taken-for-another';

const lineWords: Readonly<Record<LineType, string | null>> = {
  fixed: 'a landline',
  mobile: 'a mobile',
  internet: 'an internet line',
  payphone: 'a payphone',
  relay: 'a relay user',
  car: 'a car',
  unknown: null,
};

/** What a row shows of a call of which nobody has said yet what it is about. Holds nothing personal (rule C-11). */
export function titleOfCall(channel: Channel, line: LineType): string {
  const { word } = channelFacts[channel];
  const isCall = channel !== '999-text' && channel !== 'crash-alert';
  const from = lineWords[line];
  return `${word}${isCall ? ' call' : ''}${from === null ? '' : ` from ${from}`}`;
}
