import { isSureMatch } from '../assist/markers.ts';
import type { Call } from '../call.ts';
import { isPresentedAgain } from '../call-events.ts';
import { isBack, isLost, lineAfterCall } from '../call-line.ts';
import type { ChannelState, Contact, Grade } from '../contact.ts';
import { MINUTE, type Instant } from '../time.ts';
import { isDowngrade } from '../triage/downgrade.ts';
import { isWeighed } from '../triage/entry.ts';
import type { CallerTold } from './closing-record.ts';
import type { Done, Duty, DutyKind, MarkerOnRecord } from './parts.ts';

/** What opens a duty and what ends one (rules C-25, T-17, R-17). No duty is lost, and of one kind no more than one is open. */

/** A look at the risk that is no older than this is the one a lower grade was given by. Milliseconds. */
const FRESH_LOOK_MS = 10 * MINUTE;

/**
 * A lower grade, given or asked for, is a reason to look at the risk again (rule T-17): but for whoever has looked since the grade that is
 * lowered, just before, which is what the lower one rests on.
 */
export function withLowering(
  duties: readonly Duty[],
  { gradings, triage }: Contact,
  { from, to }: { readonly from: Grade | null; readonly to: Grade | null },
  { by, at }: Done,
): readonly Duty[] {
  if (!isDowngrade(from, to)) return duties;
  const gradedAt = gradings.at(-1)?.at;
  const look = triage.findLast(({ entry }) => isWeighed(entry));
  const isFresh =
    look !== undefined &&
    gradedAt !== undefined &&
    look.by.handler === by.handler &&
    look.at > gradedAt &&
    at - look.at <= FRESH_LOOK_MS;
  return isFresh ? duties : withDuty(duties, 're-thrive', 'downgrade', at);
}

/** What only a lower grade had opened. */
export const isOfLowering = ({ kind, because }: Duty): boolean =>
  kind === 're-thrive' && because === 'downgrade';

/** Somebody has weighed it: from then on what changes is to be weighed again. */
const isLookedAt = ({ triage, grade }: Contact): boolean => triage.length > 0 || grade !== null;

/**
 * Given back or taken from a desk after the risk was looked at: whoever has it next looks before they go by another's judgement (rule
 * T-17). It is open from now on, so that the room sees what waits for a look.
 */
export function dutiesOfHandover(contact: Contact, at: Instant): Pick<Contact, 'duties'> {
  const { duties } = contact;
  return { duties: isLookedAt(contact) ? withDuty(duties, 're-thrive', 'shift-change', at) : duties };
}

/** A call that is lost after the risk was looked at, or comes in once more, changes the risk (rules T-17, C-25). */
export function dutiesOfCall(contact: Contact, call: Call, at: Instant): Pick<Contact, 'duties'> {
  const { call: before, channelState } = contact;
  const isDropped =
    call.handOver === 'caller-dropped'
      ? before?.handOver !== 'caller-dropped'
      : channelState !== 'dropped' && lineAfterCall(contact, call) === 'dropped';
  const isAgain = isPresentedAgain(before, call);
  return dutiesOfPresence(contact, isDropped ? 'line-dropped' : isAgain ? 'caller-rang-back' : null, at);
}

/** The same of a chat, which has a line without a call: lost or left by the exit, and back again. */
export function dutiesOfLine(contact: Contact, state: ChannelState, at: Instant): Pick<Contact, 'duties'> {
  const { channelState } = contact;
  const isGone = isLost(channelState, state);
  const because = isGone ? 'line-dropped' : isBack(channelState, state) ? 'caller-rang-back' : null;
  return dutiesOfPresence(contact, because, at);
}

/** Who was there is gone, or who was gone is there: weighed again as long as the contact is open and was weighed before. */
function dutiesOfPresence(
  contact: Contact,
  because: 'line-dropped' | 'caller-rang-back' | null,
  at: Instant,
): Pick<Contact, 'duties'> {
  const { duties, ownership } = contact;
  if (because === null || ownership.kind === 'closed' || !isLookedAt(contact)) return { duties };
  return { duties: withDuty(duties, 're-thrive', because, at) };
}

/** Who was done with is on the line once more: that they ring again is what is new (rules C-32, T-17). */
export function dutiesOfReturn(contact: Contact, at: Instant): Pick<Contact, 'duties'> {
  const { duties } = contact;
  return { duties: isLookedAt(contact) ? withDuty(duties, 're-thrive', 'caller-rang-back', at) : duties };
}

/**
 * Danger in what was written or heard after the risk was looked at (rule T-23). Which words those are the queue has read by the policy in
 * force when it wrote them down; whoever plays the event again reads no policy.
 */
export function dutiesOfWords(
  contact: Contact,
  riskWords: readonly string[] | undefined,
  at: Instant,
): Pick<Contact, 'duties'> {
  const { duties } = contact;
  if (riskWords === undefined || riskWords.length === 0 || !isLookedAt(contact)) return { duties };
  return { duties: withDuty(duties, 're-thrive', 'risk-words', at) };
}

/**
 * What is found on record after the arrival, or known by more than before: a graver risk than the one that was looked at (rules T-17, AS-16).
 */
export function foundOnRecord(
  contact: Contact,
  found: readonly MarkerOnRecord[] | undefined,
  at: Instant,
): Partial<Contact> {
  if (found === undefined || found.length === 0) return {};
  const { markers, duties } = contact;
  // A better match of what could be relied on already, or the area of a mast, changes no risk.
  const isGraver = found.some(({ id, matchedBy }) => {
    const before = markers.find((known) => known.id === id)?.matchedBy;
    return before === undefined
      ? matchedBy.some((by) => by !== 'wide-place')
      : isSureMatch(matchedBy) && !isSureMatch(before);
  });
  return {
    markers: [
      ...markers.map((known) => found.find(({ id }) => id === known.id) ?? known),
      ...found.filter(({ id }) => markers.every((known) => known.id !== id)),
    ],
    duties: isGraver && isLookedAt(contact) ? withDuty(duties, 're-thrive', 'marker-found', at) : duties,
  };
}

/**
 * One more duty; none when one of the kind is open already: one thing to do is one line on the screen. Its name is the same on a desk
 * that has not heard the queue yet: it counts what there was, not revisions.
 */
export function withDuty(
  duties: readonly Duty[],
  kind: DutyKind,
  because: string,
  since: Instant,
): readonly Duty[] {
  if (duties.some((duty) => duty.kind === kind && duty.done === null)) return duties;
  const nth = duties.filter((duty) => duty.kind === kind).length + 1;
  return [...duties, { id: `${kind}@${nth}`, kind, because, since, done: null }];
}

/** The caller believes the grade that stood until now, unless an earlier one is still to be told. */
export function withTelling(duties: readonly Duty[], { grade }: Contact, since: Instant): readonly Duty[] {
  const isNew = ({ id }: Duty): boolean => duties.every((before) => before.id !== id);
  return withDuty(duties, 'tell-caller', 'downgrade', since).map((duty) =>
    isNew(duty) ? { ...duty, believes: grade } : duty,
  );
}

export function discharged(
  duties: readonly Duty[],
  which: (duty: Duty) => boolean,
  done: Done,
  words: string,
): readonly Duty[] {
  return duties.map((duty) =>
    duty.done === null && which(duty) ? { ...duty, done: { ...done, words } } : duty,
  );
}

/**
 * Closing says whether the caller was told, which is what that duty asks for: told, or not to be reached, in so many words. Nothing else
 * ends it (rule R-17).
 */
export function dutiesAfterClosing(
  duties: readonly Duty[],
  done: Done,
  told: CallerTold | null,
): readonly Duty[] {
  if (told === null || told.kind === 'not-needed' || told.words.trim() === '') return duties;
  return discharged(duties, ({ kind }) => kind === 'tell-caller', done, told.words);
}

/** What only the closing had settled is to be done again once that is taken back: nobody knows any more what the caller believes. */
export function dutiesAfterReopening({
  duties,
  closing,
}: Pick<Contact, 'duties' | 'closing'>): readonly Duty[] {
  return duties.map((duty) =>
    duty.kind === 'tell-caller' && duty.done !== null && duty.done.at === closing?.at
      ? { ...duty, done: null }
      : duty,
  );
}
