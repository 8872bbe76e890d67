import type { Call } from './call.ts';
import { callAfter, type CallEvent } from './call-events.ts';
import { asInstant, later, MINUTE, type Instant } from './time.ts';

/**
 * So much may an exchange's clock be ahead of the queue's. Beyond that its times are not used: a call that rang next year could never be
 * answered, lost or rung back (rule TE-03). Milliseconds.
 */
export const AHEAD_LIMIT_MS = MINUTE;

const isAhead = (at: Instant, now: Instant): boolean => at > later(now, AHEAD_LIMIT_MS);

/** The call after an event that is told at `now`, the queue's time: one from the future happens now, and what was claimed is kept beside. */
export function callToldAt(call: Call | null, event: CallEvent, id: string, now: Instant): Call {
  const before = call === null ? null : callOnTime(call, now);
  if (!isAhead(event.at, now))
    return { ...callAfter(before, event, id), claimedAt: before?.claimedAt ?? null };
  // In the order in which they are told: never before what is known, which may be within the minute.
  const at = asInstant(Math.max(now, before?.asOf ?? now));
  return { ...callAfter(before, { ...event, at }, id), claimedAt: event.at };
}

/** A call all of whose times have come. */
export function callOnTime(call: Call, now: Instant): Call {
  const { offeredAt, answeredAt, endedAt, asOf } = call;
  if (![offeredAt, answeredAt ?? now, endedAt ?? now, asOf].some((at) => isAhead(at, now))) return call;
  const come = (at: Instant): Instant => asInstant(Math.min(at, now));
  return {
    ...call,
    offeredAt: come(offeredAt),
    answeredAt: answeredAt === null ? null : come(answeredAt),
    endedAt: endedAt === null ? null : come(endedAt),
    asOf: come(asOf),
    claimedAt: asOf,
  };
}
