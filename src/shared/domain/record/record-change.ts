import { assert, unreachable } from '../../lib/assert.ts';
import { isSureMatch } from '../assist/markers.ts';
import type { Call } from '../call.ts';
import { lineAfterCall } from '../call-line.ts';
import type { Actor, Contact, Grading } from '../contact.ts';
import type { Happening } from '../event.ts';
import type { CommandId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { entryOf, isWeighed, type TriageEntry } from '../triage/entry.ts';
import { DO_NOT_COME } from '../triage/re-thrive.ts';
import type { CallerTold } from './closing-record.ts';
import {
  isSameCaller,
  openDuties,
  type CallBackAttempt,
  type Done,
  type Duty,
  type DutyKind,
  type Link,
  type MarkerOnRecord,
} from './parts.ts';

const recordKinds = [
  'graded',
  'grade-asked',
  'grade-answered',
  'triaged',
  'placed',
  'tried',
  'heard',
  'linked',
  'joined',
  'parted',
  'discharged',
  'incident-opened',
  'crime-decided',
  'passed-on',
  'major-declared',
  'stood-down',
  'contributed',
] as const;

/** What adds to the record and leaves ownership, band and line as they are. */
export type RecordHappening = Extract<Happening, { kind: (typeof recordKinds)[number] }>;

export function isRecordHappening(what: Happening): what is RecordHappening {
  return (recordKinds as readonly string[]).includes(what.kind);
}

/** An event of this kind, as far as it matters here. */
export interface RecordEvent {
  readonly at: Instant;
  readonly by: Actor;
  readonly what: RecordHappening;
}

/** What such an event changes. Total, like `apply` (rule C-09). */
export function recordedIn(contact: Contact, { at, by, what }: RecordEvent): Partial<Contact> {
  const done: Done = { by, at };
  const duty = (kind: DutyKind, because: string): readonly Duty[] =>
    withDuty(contact.duties, kind, because, at);
  switch (what.kind) {
    case 'graded': {
      const { grading: id, grade, reason, due, rationale, tellCaller, undoes } = what;
      // What was asked before is settled by a grade that needed no leave.
      const left = discharged(contact.duties, (open) => open.kind === 'agree', done, reason);
      // Only where the grade is again what the caller believes is there nothing to tell: to yet another level there still is.
      const believed = (open: Duty): boolean => open.kind === 'tell-caller' && open.believes === grade;
      const kept = discharged(left, believed, done, reason);
      const isBelieved = openDuties({ duties: left }).some(believed);
      const duties = tellCaller && !isBelieved ? withTelling(kept, contact, at) : kept;
      const grading: Grading = { id, grade, reason, rationale, ...takingBack(contact, undoes), ...done };
      return { ...regraded(contact, grading), due, asked: null, duties };
    }
    case 'grade-asked': {
      const { grading: id, grade, reason, rationale } = what;
      return { asked: { id, grade, reason, rationale, ...done }, duties: duty('agree', 'downgrade') };
    }
    case 'grade-answered':
      return answered(contact, what, done);
    case 'triaged': {
      const triage = [...contact.triage, { id: what.triage, entry: what.entry, ...done }];
      // Who has weighed nothing has not looked again.
      const settles = (open: Duty): boolean => open.kind === 're-thrive' && isWeighed(what.entry);
      const left = discharged(contact.duties, settles, done, '');
      const isNew = saysNotToCome(what.entry) && !saysNotToCome(entryOf(contact));
      return { triage, duties: isNew ? withDuty(left, 're-thrive', 'do-not-come', at) : left };
    }
    case 'placed': {
      const spot = { id: what.spot, ...what.said, ...done };
      return {
        spots: [...contact.spots, spot],
        place: what.said.words,
        ...foundOnRecord(contact, what.markers, at),
      };
    }
    case 'tried': {
      const { attempt: id, tried, corrects } = what;
      const wrong = contact.attempts.find((each) => each.id === corrects);
      const isDue = contact.callBackDue || wrong?.endedDuty === true;
      const ends = isDue && tried.result === 'answered';
      const attempt: CallBackAttempt = {
        id,
        ...tried,
        ...(corrects === undefined ? {} : { corrects }),
        ...(ends ? { endedDuty: true } : {}),
        ...done,
      };
      return { attempts: [...contact.attempts, attempt], callBackDue: isDue && !ends };
    }
    case 'heard':
      return {
        heard: [...contact.heard, { id: what.heard, ...what.sound, ...done }],
        ...dutiesOfWords(contact, what.riskWords, at),
      };
    case 'linked': {
      const { link: id, as: kind, parent: other, fact, found } = what;
      return {
        links: [...contact.links, { id, kind, side: 'child', other, fact, found, parted: null, ...done }],
        // The log may be closed, and on no list: whoever has told more of it is weighed where the handler is (rule C-24).
        ...(kind === 'repeat' && { duties: duty('re-thrive', 'linked-adds-facts') }),
      };
    }
    case 'joined': {
      const { link: id, as: kind, child: other, fact, found, due, rangAgain } = what;
      const again = rangAgain === undefined ? {} : { rangAgain };
      const link: Link = { id, kind, side: 'parent', other, fact, found, ...again, parted: null, ...done };
      const links = [...contact.links, link];
      if (due === null) return { links };
      const flags = { ...contact.flags, lookFirst: true };
      // The same caller once more, with nothing new in words: that they ring again is what is new (rule T-17).
      const isBareCall = isSameCaller(link) && fact.trim() === '' && found.length === 0;
      const because = isBareCall ? 'caller-rang-back' : 'linked-adds-facts';
      return { links, due, flags, duties: duty('re-thrive', because) };
    }
    case 'parted': {
      const parted = { reason: what.reason, ...done };
      return { links: contact.links.map((link) => (link.id === what.link ? { ...link, parted } : link)) };
    }
    case 'discharged':
      return { duties: discharged(contact.duties, ({ id }) => id === what.duty, done, what.words) };
    case 'incident-opened': {
      const { incident: id, ref, provisionalRef, category } = what;
      return { incident: { id, ref, provisionalRef, category, ...done } };
    }
    case 'crime-decided': {
      const { crime: id, decision, ref } = what;
      return { crime: { id, decision, ref: ref ?? contact.crime?.ref ?? null, ...done } };
    }
    case 'passed-on':
      return { passedOn: [...contact.passedOn, { id: what.passing, ...what.passed, ...done }] };
    case 'major-declared': {
      const { major: id, name, report } = what;
      const { major: before, earlierMajors } = contact;
      return {
        major: { id, name, report, stoodDown: null, ...done },
        earlierMajors: before === null ? earlierMajors : [...earlierMajors, before],
      };
    }
    case 'stood-down': {
      const { major } = contact;
      assert(major !== null, `no major incident on contact ${contact.id}`);
      return { major: { ...major, stoodDown: { reason: what.reason, ...done } } };
    }
    case 'contributed':
      return { late: [...contact.late, { id: what.contribution, said: what.said, ...done }] };
    default:
      return unreachable(what);
  }
}

function regraded(contact: Contact, grading: Grading): Partial<Contact> {
  return { grade: grading.grade, gradings: [...contact.gradings, grading] };
}

/** What stands again has the leave that it had. */
function takingBack({ gradings }: Contact, undoes: CommandId | undefined): Partial<Grading> {
  if (undoes === undefined) return {};
  const leave = gradings.at(-2)?.leave;
  return leave === undefined ? { undoes } : { undoes, leave };
}

/** The second person's word. What they agreed to counts as graded by the one who asked, then. */
function answered(
  contact: Contact,
  what: Extract<RecordHappening, { kind: 'grade-answered' }>,
  done: Done,
): Partial<Contact> {
  const { asked } = contact;
  assert(asked !== null, `nothing was asked about contact ${contact.id}`);
  const duties = discharged(contact.duties, ({ kind }) => kind === 'agree', done, what.reason);
  if (!what.agreed || what.due === null) return { asked: null, duties };
  const leave = { by: done.by, floors: what.floors ?? [] };
  const grading: Grading = { ...asked, leave, at: done.at };
  return {
    ...regraded(contact, grading),
    due: what.due,
    asked: null,
    duties: withTelling(duties, contact, done.at),
  };
}

/** Somebody has weighed it: from then on what changes is to be weighed again. */
const isLookedAt = ({ triage, grade }: Contact): boolean => triage.length > 0 || grade !== null;

/** Words that must not end it by themselves: whoever asks nobody to come may be made to (rule T-17). */
const saysNotToCome = ({ answers }: TriageEntry): boolean => answers[DO_NOT_COME]?.kind === 'yes';

/**
 * Given back or taken from a desk after the risk was looked at: whoever has it next looks before they go by another's judgement (rule
 * T-17). It is open from now on, so that the room sees what waits for a look.
 */
export function dutiesOfHandover(contact: Contact, at: Instant): Pick<Contact, 'duties'> {
  const { duties } = contact;
  return { duties: isLookedAt(contact) ? withDuty(duties, 're-thrive', 'shift-change', at) : duties };
}

/** A line that is lost after the risk was looked at changes the risk (rules T-17, C-25). */
export function dutiesOfCall(contact: Contact, call: Call, at: Instant): Pick<Contact, 'duties'> {
  const { duties, call: before, channelState } = contact;
  const isLost =
    call.handOver === 'caller-dropped'
      ? before?.handOver !== 'caller-dropped'
      : channelState !== 'dropped' && lineAfterCall(contact, call) === 'dropped';
  if (!isLost || contact.ownership.kind === 'closed' || !isLookedAt(contact)) return { duties };
  return { duties: withDuty(duties, 're-thrive', 'line-dropped', at) };
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
function withDuty(duties: readonly Duty[], kind: DutyKind, because: string, since: Instant): readonly Duty[] {
  if (duties.some((duty) => duty.kind === kind && duty.done === null)) return duties;
  const nth = duties.filter((duty) => duty.kind === kind).length + 1;
  return [...duties, { id: `${kind}@${nth}`, kind, because, since, done: null }];
}

/** The caller believes the grade that stood until now, unless an earlier one is still to be told. */
function withTelling(duties: readonly Duty[], { grade }: Contact, since: Instant): readonly Duty[] {
  const isNew = ({ id }: Duty): boolean => duties.every((before) => before.id !== id);
  return withDuty(duties, 'tell-caller', 'downgrade', since).map((duty) =>
    isNew(duty) ? { ...duty, believes: grade } : duty,
  );
}

function discharged(
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
